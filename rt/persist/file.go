package persist

import (
	"bytes"
	"errors"
	"fmt"
	"io"
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
	// the next one begins with the file as it is. It is nil as well where there was no room
	// for a new file.
	db *boltfile.DB
	// known is what it holds, number that of its seal.
	known  Stored
	number uint64
	// moved is told that the file was moved aside.
	moved func(text string)
}

// openFile opens a store and reads it. One that is damaged or newer is moved aside, and
// moved is told so; what is whole in a damaged one goes on in a new file, and left says
// what is not. Where there is no room for a new file, that waits for the next write.
func openFile(name string, moved func(text string)) (f *file, stored Stored, left *salvaged, err error) {
	name = place(name)
	if dir := filepath.Dir(name); dir != "." {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, nil, nil, fmt.Errorf("cannot keep the memory of this program: %w", err)
		}
	}
	f, stored, err = readFile(name)
	switch {
	case err == nil:
		f.moved = moved
		return f, stored, nil, nil
	case noRoom(err):
		return &file{name: name, moved: moved}, nil, nil, nil
	case errors.Is(err, berrors.ErrTimeout):
		return nil, nil, nil, fmt.Errorf("%s belongs to another program that is running", name)
	case !damaged(err):
		return nil, nil, nil, fmt.Errorf("cannot keep the memory of this program: %w", err)
	}
	left = &salvaged{}
	if !errors.Is(err, errNewer) {
		left = salvage(name)
	}
	f = &file{name: name, number: left.seal.number, moved: moved}
	aside, newErr := f.renew(left.stored, err)
	text := left.text() + ": " + name + " " + reason(err)
	switch {
	case newErr == nil:
		text += "; it is now " + aside
	case noRoom(newErr):
		text += "; there is no room for a new file"
	default:
		return nil, nil, nil, fmt.Errorf("%s: %w; it cannot be made anew: %w", name, err, newErr)
	}
	moved(text)
	return f, left.stored, left, nil
}

// noRoom reports whether a failure is that of a full disk, or of a limit of another sort.
func noRoom(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}

// renew puts a new file with a snapshot in the place of one that cannot be used, which gets
// another name. Whenever it is cut off, the one or the other has the name.
func (f *file) renew(s Stored, why error) (aside string, err error) {
	fresh := f.name + ".new"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	if err := f.fill(fresh, s); err != nil {
		_ = os.Remove(fresh)
		return "", err
	}
	if aside, err = setAside(f.name, why); err != nil {
		_ = os.Remove(fresh)
		return "", err
	}
	boltfile.SyncFolder(f.name)
	if err := os.Rename(fresh, f.name); err != nil {
		return "", err
	}
	boltfile.SyncFolder(f.name)
	again, _, err := readFile(f.name)
	if err == nil {
		f.db, f.known, f.number = again.db, again.known, again.number
	}
	return aside, err
}

// fill makes a file of a snapshot, which may be empty.
func (f *file) fill(name string, s Stored) error {
	db, err := open(name)
	if err != nil {
		return err
	}
	if len(s) > 0 {
		of := s.sealed(f.number + 1)
		err = db.Update(func(tx *bbolt.Tx) error { return change(tx, nil, of) })
	}
	return errors.Join(err, db.Close())
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

// setAside gives a file that cannot be used a second name; earlier ones are left alone.
// Where a file can have one name only, a copy is made: without the name, a start after a power
// cut would find no file and begin anew without a word. Where what is in it cannot be read
// either, it loses its name after all.
func setAside(name string, why error) (aside string, err error) {
	word := ".damaged"
	if errors.Is(why, errNewer) {
		word = ".newer"
	}
	is, err := os.Stat(name)
	if err != nil {
		return "", err
	}
	aside = name + word
	for n := 2; ; n++ {
		other, err := os.Lstat(aside)
		if errors.Is(err, os.ErrNotExist) {
			break
		}
		if err == nil && os.SameFile(is, other) {
			return aside, nil // by an attempt that was cut off
		}
		if n > mostAside {
			_ = os.Remove(aside)
			break
		}
		aside = name + word + strconv.Itoa(n)
	}
	if link(name, aside) == nil {
		return aside, nil
	}
	if err := duplicate(name, aside); err == nil || noRoom(err) {
		return aside, err
	}
	return aside, os.Rename(name, aside)
}

// link gives a file a second name; a test lets it fail.
var link = os.Link

// duplicate copies a file; what is left of a copy that fails is removed.
func duplicate(name, to string) error {
	from, err := os.Open(name)
	if err != nil {
		return err
	}
	defer from.Close()
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		_ = os.Remove(to)
	}
	return err
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
	db, err = open(name)
	if err != nil {
		return nil, nil, err
	}
	all := Stored{}
	err = db.View(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucket)
		if b == nil {
			return nil
		}
		return b.ForEach(func(k, v []byte) error {
			all[string(k)] = bytes.Clone(v)
			return nil
		})
	})
	if err == nil {
		err = all.intact()
	}
	if err == nil && len(all) > 0 && string(all[formatName]) != format {
		err = errNewer
	}
	if err != nil {
		return nil, nil, err
	}
	of, _ := readSeal(all[sealName])
	return &file{name: name, db: db, known: all, number: of.number}, all.bare(), nil
}

// open opens a file, or makes one; a test lets it fail.
var open = func(name string) (*boltfile.DB, error) {
	return boltfile.Open(name, &bbolt.Options{Timeout: lockWait})
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
	aside, newErr := f.renew(s, err)
	if newErr != nil {
		return errors.Join(err, newErr)
	}
	f.moved(f.name + " is damaged (" + err.Error() + ") and is now " + aside + "; what the program remembers is stored anew")
	return nil
}

// errAgain is a file that was written before and cannot be read any more.
var errAgain = errors.New("it cannot be read again")

func (f *file) put(s Stored) error {
	if f.db == nil {
		again, _, err := readFile(f.name)
		if err != nil {
			return fmt.Errorf("%w: %w", errAgain, err)
		}
		f.db, f.known, f.number = again.db, again.known, max(f.number, again.number)
	}
	of := s.sealed(f.number + 1)
	err := f.db.Update(func(tx *bbolt.Tx) error { return change(tx, f.known, of) })
	if err != nil {
		f.close()
		return err
	}
	f.known = of
	f.number++
	return nil
}

// change writes what is not known, and removes what is not there any more.
func change(tx *bbolt.Tx, known, s Stored) error {
	b, err := tx.CreateBucketIfNotExists(bucket)
	if err != nil {
		return err
	}
	for k, v := range s {
		if old, ok := known[k]; ok && bytes.Equal(old, v) {
			continue
		}
		if err := b.Put([]byte(k), v); err != nil {
			return err
		}
	}
	for k := range known {
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
