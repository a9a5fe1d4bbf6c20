//go:build unix

package boltfile

import (
	"errors"
	"os"
	"syscall"
)

// ErrOwned is a file that another program has open.
var ErrOwned = errors.New("belongs to another program that is running")

// Free reports, as nil, that nobody has the file open; one that does not exist is free.
func Free(name string) error {
	f, err := os.Open(name)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); errors.Is(err, syscall.EWOULDBLOCK) {
		return ErrOwned
	}
	return nil
}

// unlock lets another have the file, though it is still mapped.
func unlock(f *os.File) { _ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }
