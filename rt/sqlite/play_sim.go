//go:build sim

package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"flowc/rt/sim/outside"
	"flowc/rt/wiresql"
)

// played are the folders with the files of databases in a simulation: a file outlives
// a restart, and goes with the simulation.
var played struct {
	mu  sync.Mutex
	dir string
}

// place finds the file, in a folder of the simulation's own. It is a file like any
// other; only that jobs are carried out at once keeps a script the same each time.
func (l *line) place(t *Database) error {
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
	l.file, l.alone = filepath.Join(played.dir, t.File), true
	name := l.h.Name()
	outside.Register(name, &emptier{l, t})
	l.clean = func() { outside.Forget(name) }
	if os.Getenv("FLOWC_SIM_PLAY") == "" && os.Getenv("FLOWC_SIM_TESTS") == "" {
		l.clean = outside.End // a console ends with its program
	}
	return os.MkdirAll(filepath.Dir(l.file), 0o700)
}

// emptier lets a script empty a database.
type emptier struct {
	l *line
	t *Database
}

func (e *emptier) Set(string) {
	for _, t := range e.t.Table {
		if e.l.conn != nil {
			e.l.conn.Exec("DELETE FROM " + quoted(t.Name))
		}
	}
	if e.l.conn != nil {
		e.l.conn.Exec(`DELETE FROM "flowc_keys"`) // there may be no such table
	}
}

func (e *emptier) Fail(int) {}

// playedDesk lets a script make the jobs of a thing fail.
func playedDesk(d *desk) desktop {
	f := &failing{name: d.h.Name()}
	outside.Register(f.name, f)
	return f
}

type failing struct {
	name string

	mu    sync.Mutex
	why   string
	times int
}

func (f *failing) Set(string) {}

func (f *failing) Fail(int) { f.FailTimes("failed by the script", 1) }

// FailTimes lets the next jobs fail.
func (f *failing) FailTimes(message string, times int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.why, f.times = message, max(times, 1)
}

func (f *failing) fails(j *job) string {
	outside.Tell(f.name, j.what, valuesText(j.args))
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.times == 0 {
		return ""
	}
	f.times--
	return f.why
}

func (f *failing) close() { outside.Forget(f.name) }

// valuesText is a row as a script shows it: 1, 20.5, NULL, "north".
func valuesText(row wiresql.Row) string {
	var list []string
	for {
		c, rest, ok := wiresql.Take(row)
		if !ok {
			return strings.Join(list, ", ")
		}
		row = rest
		switch c.Sort {
		case wiresql.Int:
			list = append(list, strconv.FormatInt(c.Int, 10))
		case wiresql.Float:
			list = append(list, strconv.FormatFloat(c.Float, 'g', -1, 64))
		case wiresql.Text:
			list = append(list, strconv.Quote(string(c.Data)))
		case wiresql.Bytes:
			list = append(list, strconv.Itoa(len(c.Data))+" bytes")
		default:
			list = append(list, "NULL")
		}
	}
}
