package boltfile

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"go.etcd.io/bbolt"
)

// filled writes a file with a bucket of some pages, and opens it anew.
func filled(t *testing.T, name string) *DB {
	t.Helper()
	for range 2 { // the second time there are free pages
		db, err := Open(name, &bbolt.Options{Timeout: time.Second, FreelistType: bbolt.FreelistMapType})
		if err != nil {
			t.Fatal(err)
		}
		err = db.Update(func(tx *bbolt.Tx) error {
			b, err := tx.CreateBucketIfNotExists([]byte("b"))
			for n := 0; n < 60 && err == nil; n++ {
				err = b.Put(fmt.Appendf(nil, "%03d", n), bytes.Repeat([]byte("x"), 700))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	db, err := Open(name, &bbolt.Options{Timeout: time.Second, FreelistType: bbolt.FreelistMapType})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func readAll(tx *bbolt.Tx) error {
	return tx.Bucket([]byte("b")).ForEach(func(_, v []byte) error {
		if !bytes.Equal(v, bytes.Repeat([]byte("x"), 700)) {
			return errors.New("another value")
		}
		return nil
	})
}

func changeAll(tx *bbolt.Tx) error {
	for n := range 60 {
		if err := tx.Bucket([]byte("b")).Delete(fmt.Appendf(nil, "%03d", n)); err != nil {
			return err
		}
	}
	return nil
}

// A page that cannot be read, whichever it is, ends neither the process nor the use of
// the file.
func TestUnreadablePage(t *testing.T) {
	size := os.Getpagesize()
	failed := 0
	for page := 0; ; page++ {
		name := filepath.Join(t.TempDir(), "file.db")
		db := filled(t, name)
		if info, err := os.Stat(name); err != nil || int64(page*size) >= info.Size() {
			db.Close()
			break
		}
		if _, _, e := syscall.Syscall(syscall.SYS_MPROTECT, db.Info().Data+uintptr(page*size), uintptr(size), syscall.PROT_NONE); e != 0 {
			t.Fatal(e)
		}
		for what, err := range map[string]error{"read": db.View(readAll), "change": db.Update(changeAll)} {
			if err != nil {
				failed++
				if !errors.Is(err, ErrUnreadable) || !Spoilt(err) {
					t.Errorf("page %d: %s: %v", page, what, err)
				}
			}
		}
		db.Close()
		if err := Free(name); err != nil {
			t.Fatalf("page %d: closed, the file is not free: %v", page, err)
		}
		if db, err := Open(name, &bbolt.Options{Timeout: time.Second}); err != nil || db.Close() != nil {
			t.Errorf("page %d: it cannot be opened again: %v", page, err)
		}
	}
	if failed < 10 {
		t.Errorf("%d uses failed", failed)
	}
}

// So does a file that is cut off while it is used: reading there is a SIGBUS, as it is of
// a broken sector.
func TestCutOffInUse(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file.db")
	db := filled(t, name)
	if err := os.Truncate(name, int64(2*os.Getpagesize())); err != nil {
		t.Fatal(err)
	}
	if err := db.View(readAll); !errors.Is(err, ErrUnreadable) {
		t.Errorf("read: %v", err)
	}
	if err := db.Update(changeAll); !errors.Is(err, ErrUnreadable) {
		t.Errorf("change: %v", err)
	}
	_ = db.Close()
	if err := Free(name); err != nil {
		t.Error(err)
	}
}
