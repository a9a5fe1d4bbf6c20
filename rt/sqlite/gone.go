package sqlite

import (
	"errors"
	"os"

	"flowc/rt/flow"
	"flowc/rt/sqlite/lite"
)

// gone reports whether the file that is open has its name no longer: it was removed, or
// another one was put in its place. Linux writes on into a file without a name, and what
// was committed there would be lost with the program.
func (l *store) gone() bool {
	if l.is == nil {
		return false
	}
	info, err := os.Stat(l.file)
	return errors.Is(err, os.ErrNotExist) || err == nil && !os.SameFile(l.is, info)
}

// leave lets go of a file that is gone; the next attempt opens what is there now, or
// begins a new one. What lies in the log goes into the old file before, wherever that is:
// under its name the log would be read as the new one's, and its pages written over that.
// So as long as another program still reads the old one, that is waited for.
func (l *store) leave() error {
	var e *lite.Error
	if err := l.settle(); errors.As(err, &e) && e.Busy() {
		return &unreached{errors.New(l.file + " was removed or replaced, and another program still reads what it was")}
	} else if err != nil {
		l.h.Log(flow.LevelError, l.file+": what was written last could not be put into the file that is gone: "+err.Error())
	}
	l.disconnect()
	l.fitted, l.doubted = false, false
	told := l.file + " was removed or replaced while the program ran: what it held is not there any more, and it goes on with what is there now"
	l.moved.Store(&told)
	l.h.Log(flow.LevelError, told)
	return nil
}
