package persist

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"flowc/rt/boltfile"
	"flowc/rt/flow"
)

// bucket holds a snapshot: what has changed is written, all of it in one transaction.
var bucket = []byte("memory")

// lockWait is how long another program may take to let go of the file.
const lockWait = time.Second

// errNewer is a file of a later version.
var errNewer = errors.New("was written by a newer version")

// file is a store on disk.
type file struct {
	name string
	// db is nil after a write that failed: what the kernel has of it then is not known, so
	// the next one begins with the file as it is.
	db *bbolt.DB
	// known is what it holds.
	known Stored
}

// openFile opens a store and reads it. One that is damaged or newer is moved aside.
func openFile(name string, e *flow.Engine) (*file, Stored, error) {
	name = place(name)
	if dir := filepath.Dir(name); dir != "." {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, nil, fmt.Errorf("cannot keep the memory of this program: %w", err)
		}
	}
	f, stored, err := readFile(name)
	switch {
	case err == nil:
		return f, stored, nil
	case errors.Is(err, berrors.ErrTimeout):
		return nil, nil, fmt.Errorf("%s belongs to another program that is running", name)
	case errors.Is(err, os.ErrPermission):
		return nil, nil, fmt.Errorf("cannot keep the memory of this program: %w", err)
	}
	aside, moveErr := moveAside(name, err, e.Clock().Now())
	if moveErr != nil {
		return nil, nil, fmt.Errorf("%s: %w; it cannot be moved aside: %w", name, err, moveErr)
	}
	e.Note(flow.LevelError, "what the program remembered is lost: "+name+" "+reason(err)+"; it is now "+aside)
	f, stored, err = readFile(name)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot keep the memory of this program: %w", err)
	}
	return f, stored, nil
}

func reason(err error) string {
	if errors.Is(err, errNewer) {
		return err.Error()
	}
	return "is damaged (" + err.Error() + ")"
}

// moveAside renames a file that cannot be used; an earlier one is left alone.
func moveAside(name string, why error, now time.Time) (aside string, err error) {
	word := ".damaged"
	if errors.Is(why, errNewer) {
		word = ".newer"
	}
	aside = name + word
	for n := 2; ; n++ {
		if _, err := os.Lstat(aside); errors.Is(err, os.ErrNotExist) {
			break
		}
		aside = name + word + strconv.Itoa(n)
	}
	return aside, os.Rename(name, aside)
}

// readFile opens and reads; the database may panic on a damaged file.
func readFile(name string) (f *file, stored Stored, err error) {
	var db *bbolt.DB
	defer func() {
		if v := recover(); v != nil {
			f, stored, err = nil, nil, fmt.Errorf("%v", v)
		}
		if err != nil && db != nil {
			_ = db.Close()
		}
	}()
	if boltfile.Free(name) == nil {
		if err := boltfile.Verify(name, nil); err != nil {
			return nil, nil, err
		}
	}
	db, err = bbolt.Open(name, 0o600, &bbolt.Options{Timeout: lockWait})
	if err != nil {
		return nil, nil, err
	}
	stored = Stored{}
	err = db.View(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucket)
		if b == nil {
			return nil
		}
		return b.ForEach(func(k, v []byte) error {
			stored[string(k)] = bytes.Clone(v)
			return nil
		})
	})
	if err == nil && len(stored) > 0 && string(stored[formatName]) != format {
		err = errNewer
	}
	if err != nil {
		return nil, nil, err
	}
	return &file{name: name, db: db}, stored, nil
}

// write stores what differs from what is stored.
func (f *file) write(s Stored) error {
	if f.db == nil {
		again, known, err := readFile(f.name)
		if err != nil {
			return err
		}
		f.db, f.known = again.db, known
	}
	err := f.db.Update(func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists(bucket)
		if err != nil {
			return err
		}
		for k, v := range s {
			if old, ok := f.known[k]; ok && bytes.Equal(old, v) {
				continue
			}
			if err := b.Put([]byte(k), v); err != nil {
				return err
			}
		}
		for k := range f.known {
			if _, ok := s[k]; !ok {
				if err := b.Delete([]byte(k)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		f.close()
		return err
	}
	f.known = s
	return nil
}

func (f *file) close() {
	if f.db != nil {
		_ = f.db.Close()
		f.db = nil
	}
}
