package sqlite

import (
	"errors"
	"os"

	"flowc/rt/flow"
	"flowc/rt/sqlite/lite"
)

// checkedBytes is up to which size a whole file is looked through at a start: a second or
// so on the slowest Pi. What is wrong in a larger one shows where it is read.
const checkedBytes = 16 << 20

// errDamaged is a file in which SQLite finds pages that contradict each other.
var errDamaged = &lite.Error{Code: lite.Corrupt, Message: "its pages contradict each other", Offset: -1}

// sound looks whether the file is whole.
func (l *store) sound() error {
	if info, err := os.Stat(l.file); err != nil || info.Size() > checkedBytes {
		return nil
	}
	s, err := l.conn.Prepare("PRAGMA quick_check(1)")
	if err != nil {
		return err
	}
	defer s.Close()
	row, err := s.Step()
	if err == nil && row && string(s.Bytes(0)) != "ok" {
		err = errDamaged
	}
	return err
}

// damaged reports whether an error says that the file is broken, or no database.
func damaged(err error) bool {
	var e *lite.Error
	return errors.As(err, &e) && e.Damaged()
}

// asideMost is how many damaged files may lie beside a database: a card that is dying
// must not be filled with them.
const asideMost = 9

// aside gives a damaged file another name, with what belongs to it, so that the program
// goes on with a new one and nothing is deleted.
func (l *store) aside(why error) error {
	l.disconnect()
	name := l.asideName()
	if name == "" {
		return errors.New(l.file + " is damaged, and so many damaged ones lie beside it that it is not moved aside")
	}
	if err := os.Rename(l.file, name); err != nil {
		return errors.New(l.file + " is damaged, and cannot be moved aside")
	}
	for _, part := range []string{"-wal", "-shm"} {
		os.Rename(l.file+part, name+part) // there may be none
	}
	l.fitted = false
	told := l.file + " is damaged, or no SQLite file (" + why.Error() + "): it is now called " + name + ", and a new one is begun; `sqlite3 " + name + " .recover` shows what can be read of the old one"
	l.moved.Store(&told)
	l.h.Log(flow.LevelError, told)
	return nil
}

// Ails says until the next start that the file was moved aside, or taken away: somebody
// has to look for the old one.
func (l *store) Ails() string {
	if told := l.moved.Load(); told != nil {
		return *told
	}
	return ""
}

// asideName is a name that is free, "" where there are too many.
func (l *store) asideName() string {
	for n := 1; n <= asideMost; n++ {
		name := l.file + ".damaged"
		if n > 1 {
			name += "-" + flow.FormatInt(int64(n))
		}
		if _, err := os.Lstat(name); errors.Is(err, os.ErrNotExist) {
			return name
		}
	}
	return ""
}
