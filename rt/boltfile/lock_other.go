//go:build !unix

package boltfile

import "errors"

// ErrOwned is a file that another program has open.
var ErrOwned = errors.New("belongs to another program that is running")

// Free cannot tell here.
func Free(string) error { return nil }
