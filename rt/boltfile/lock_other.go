//go:build !unix

package boltfile

import (
	"errors"
	"os"
)

// ErrOwned is a file that another program has open.
var ErrOwned = errors.New("belongs to another program that is running")

// Free cannot tell here.
func Free(string) error { return nil }

// unlock has nothing to do: a file that is closed is free.
func unlock(*os.File) {}
