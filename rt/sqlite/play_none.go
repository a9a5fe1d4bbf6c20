//go:build !sim

package sqlite

import (
	"errors"
	"os"
	"path/filepath"
)

// playedDesk lets a simulation make jobs fail; there is none.
func playedDesk(*desk) desktop { return nil }

// place finds the file: below the folder of the program, or in the service's state
// folder.
func (l *line) place(t *Database) error {
	l.file, l.clean = t.File, func() {}
	if dir := os.Getenv("STATE_DIRECTORY"); dir != "" {
		l.file = filepath.Join(dir, t.File)
	}
	if dir := filepath.Dir(l.file); dir != "." {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return errors.New("file: the folder " + dir + " cannot be made")
		}
	}
	return nil
}
