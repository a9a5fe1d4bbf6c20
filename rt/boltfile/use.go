package boltfile

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"syscall"

	"go.etcd.io/bbolt"
)

// ErrUnreadable is a part of a file that the disk does not give back any more.
var ErrUnreadable = errors.New("a part of the file cannot be read")

// ErrBroken is a file that is not as bbolt has written it.
var ErrBroken = errors.New("the file is not as it was written")

// DB is a file of bbolt in use. That maps its file, so that a sector that cannot be read
// is a signal that ends the process, and it panics where pages are damaged; here both are
// errors, and the file can be closed all the same.
type DB struct {
	*bbolt.DB
	file *os.File
	// stuck says that a lock of bbolt's was not let go of.
	stuck atomic.Bool
}

// Open opens a file, or makes one.
func Open(name string, o *bbolt.Options) (d *DB, err error) {
	d = &DB{}
	with := *o
	with.OpenFile = func(name string, flag int, mode os.FileMode) (*os.File, error) {
		f, err := os.OpenFile(name, flag, mode)
		d.file = f
		return f, err
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if v := recover(); v != nil {
			d.letGo()
			d, err = nil, broken(v)
		}
	}()
	if d.DB, err = bbolt.Open(name, 0o600, &with); err != nil {
		return nil, err
	}
	return d, nil
}

// broken is the error for what bbolt, or a page of its file, has panicked with.
func broken(v any) error {
	if _, fault := v.(interface{ Addr() uintptr }); fault {
		return ErrUnreadable
	}
	return fmt.Errorf("%w: %v", ErrBroken, v)
}

// Spoilt reports whether an error is of the file itself, and not of a disk that is full
// or busy.
func Spoilt(err error) bool { return errors.Is(err, ErrUnreadable) || errors.Is(err, ErrBroken) }

// Update makes changes, all or none.
func (d *DB) Update(f func(*bbolt.Tx) error) error { return d.within(true, f) }

// View looks at what is there.
func (d *DB) View(f func(*bbolt.Tx) error) error { return d.within(false, f) }

func (d *DB) within(writable bool, f func(*bbolt.Tx) error) (err error) {
	if d.stuck.Load() {
		return ErrUnreadable
	}
	var tx *bbolt.Tx
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if v := recover(); v != nil {
			err = broken(v)
			if !ended(tx) {
				d.stuck.Store(true)
			}
		}
	}()
	if tx, err = d.DB.Begin(writable); err != nil {
		return err
	}
	if err = f(tx); err != nil || !writable {
		_ = tx.Rollback()
		return err
	}
	return errno(tx.Commit())
}

// errno lets errors.Is find why a file cannot be written, which bbolt tells in words only
// where the file is to grow.
func errno(err error) error {
	for _, e := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG, syscall.EIO} {
		if text := ": " + e.Error(); err != nil && !errors.Is(err, e) && strings.HasSuffix(err.Error(), text) {
			return fmt.Errorf("%s: %w", strings.TrimSuffix(err.Error(), text), e)
		}
	}
	return err
}

// ended ends a transaction that was cut off. bbolt's own Update would read the list of
// free pages anew for that, which may be what cannot be read.
func ended(tx *bbolt.Tx) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	if tx == nil {
		return false
	}
	_ = tx.Rollback()
	return true
}

// Close lets go of the file; what it says to that does not matter where it is damaged.
func (d *DB) Close() (err error) {
	if d.stuck.Load() { // bbolt would wait for ever; its mapping stays until the program ends
		d.letGo()
		return nil
	}
	defer func() {
		if v := recover(); v != nil {
			d.letGo()
			err = broken(v)
		}
	}()
	return d.DB.Close()
}

// letGo closes a file behind the back of bbolt.
func (d *DB) letGo() {
	if d.file != nil {
		unlock(d.file)
		_ = d.file.Close()
	}
}
