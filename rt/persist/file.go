package persist

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"flowc/rt/boltfile"
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
	db *boltfile.DB
	// known is what it holds.
	known Stored
	// moved is told that the file was moved aside.
	moved func(text string)
}

// openFile opens a store and reads it. One that is damaged or newer is moved aside, and
// moved is told so.
func openFile(name string, moved func(text string)) (*file, Stored, error) {
	name = place(name)
	if dir := filepath.Dir(name); dir != "." {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, nil, fmt.Errorf("cannot keep the memory of this program: %w", err)
		}
	}
	f, stored, err := readFile(name)
	switch {
	case err == nil:
		f.moved = moved
		return f, stored, nil
	case errors.Is(err, berrors.ErrTimeout):
		return nil, nil, fmt.Errorf("%s belongs to another program that is running", name)
	case !damaged(err):
		return nil, nil, fmt.Errorf("cannot keep the memory of this program: %w", err)
	}
	aside, moveErr := moveAside(name, err)
	if moveErr != nil {
		return nil, nil, fmt.Errorf("%s: %w; it cannot be moved aside: %w", name, err, moveErr)
	}
	moved("what the program remembered is lost: " + name + " " + reason(err) + "; it is now " + aside)
	f, stored, err = readFile(name)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot keep the memory of this program: %w", err)
	}
	f.moved = moved
	return f, stored, nil
}

// damaged reports whether an error is of the file itself, and not of its disk or of who
// may use it.
func damaged(err error) bool {
	for _, other := range []error{os.ErrPermission, berrors.ErrTimeout, syscall.EROFS, syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG, syscall.EMFILE, syscall.ENFILE} {
		if errors.Is(err, other) {
			return false
		}
	}
	return true
}

func reason(err error) string {
	if errors.Is(err, errNewer) {
		return err.Error()
	}
	return "is damaged (" + err.Error() + ")"
}

// mostAside is how many damaged files are left alone. A disk that fails again and again
// would be filled with them, so the next takes the place of the last.
const mostAside = 9

// moveAside renames a file that cannot be used; earlier ones are left alone.
func moveAside(name string, why error) (aside string, err error) {
	word := ".damaged"
	if errors.Is(why, errNewer) {
		word = ".newer"
	}
	aside = name + word
	for n := 2; n <= mostAside; n++ {
		if _, err := os.Lstat(aside); errors.Is(err, os.ErrNotExist) {
			break
		}
		aside = name + word + strconv.Itoa(n)
	}
	return aside, os.Rename(name, aside)
}

// readFile looks whether a file is whole, opens and reads it.
func readFile(name string) (f *file, stored Stored, err error) {
	var db *boltfile.DB
	defer func() {
		if err != nil && db != nil {
			_ = db.Close()
		}
	}()
	if boltfile.Free(name) == nil {
		if err := verify(name, nil); err != nil {
			return nil, nil, err
		}
	}
	db, err = boltfile.Open(name, &bbolt.Options{Timeout: lockWait})
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

// verify looks at a file; a test lets it fail.
var verify = boltfile.Verify

// write stores what differs from what is stored. A file that is damaged is moved aside:
// all that the program remembers is here, and goes into a new one.
func (f *file) write(s Stored) error {
	err := f.put(s)
	if !boltfile.Spoilt(err) && !(errors.Is(err, errAgain) && damaged(err)) {
		return err
	}
	aside, moveErr := moveAside(f.name, err)
	if moveErr != nil {
		return errors.Join(err, moveErr)
	}
	f.moved(f.name + " is damaged (" + err.Error() + ") and is now " + aside + "; what the program remembers is stored anew")
	return f.put(s)
}

// errAgain is a file that was written before and cannot be read any more.
var errAgain = errors.New("it cannot be read again")

func (f *file) put(s Stored) error {
	if f.db == nil {
		again, known, err := readFile(f.name)
		if err != nil {
			return fmt.Errorf("%w: %w", errAgain, err)
		}
		f.db, f.known = again.db, known
	}
	err := f.db.Update(func(tx *bbolt.Tx) error { return f.change(tx, s) })
	if err != nil {
		f.close()
		return err
	}
	f.known = s
	return nil
}

func (f *file) change(tx *bbolt.Tx, s Stored) error {
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
}

func (f *file) close() {
	if f.db != nil {
		_ = f.db.Close()
		f.db = nil
	}
}
