//go:build !sim

package sqlite

import (
	"errors"
	"os"
	"path/filepath"
)

// place finds the file: below the folder of the program, or in the service's state
// folder.
func (l *store) place(file string) error {
	l.file, l.clean = file, func() {}
	if dir := os.Getenv("STATE_DIRECTORY"); dir != "" {
		l.file = filepath.Join(dir, file)
	}
	if dir := filepath.Dir(l.file); dir != "." {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return errors.New("file: the folder " + dir + " cannot be made")
		}
	}
	return nil
}
