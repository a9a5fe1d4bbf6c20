//go:build sim

package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"sync"

	"flowc/rt/rows"
	"flowc/rt/sim/outside"
)

// played are the folders with the files of databases in a simulation: a file outlives
// a restart, and goes with the simulation.
var played struct {
	mu  sync.Mutex
	dir string
}

// place finds the file, in a folder of the simulation's own. It is a file like any
// other; only that jobs are carried out at once keeps a script the same each time.
func (l *store) place(file string) error {
	if outside.StateFolder() != "" {
		l.keep(outside.InState(file))
		return nil
	}
	played.mu.Lock()
	defer played.mu.Unlock()
	if played.dir == "" {
		dir, err := os.MkdirTemp("", "flowc-sim-")
		if err != nil {
			return errors.New("there is no place for the file of a simulation")
		}
		played.dir = dir
		outside.AtEnd(func() {
			played.mu.Lock()
			defer played.mu.Unlock()
			os.RemoveAll(played.dir)
			played.dir = ""
		})
	}
	l.keep(filepath.Join(played.dir, file))
	if os.Getenv("FLOWC_SIM_PLAY") == "" && os.Getenv("FLOWC_SIM_TESTS") == "" {
		l.clean = outside.End // a console ends with its program
	}
	return os.MkdirAll(filepath.Dir(l.file), 0o700)
}

// keep has the database in a file, and lets the simulation empty it.
func (l *store) keep(file string) {
	l.file, l.alone = file, true
	name := l.h.Name()
	outside.Register(name, &emptier{l})
	l.clean = func() { outside.Forget(name) }
}

// emptier lets a script empty a database.
type emptier struct {
	l *store
}

func (e *emptier) Set(string) {
	for _, t := range e.l.tables {
		if e.l.conn != nil {
			e.l.conn.Exec("DELETE FROM " + rows.Quoted(t.Name))
		}
	}
	if e.l.conn != nil {
		e.l.conn.Exec(`DELETE FROM "flowc_keys"`) // there may be no such table
	}
}

func (e *emptier) Fail(int) {}
