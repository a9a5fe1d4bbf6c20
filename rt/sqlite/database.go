package sqlite

import (
	"errors"
	"path/filepath"
	"time"

	"flowc/rt/flow"
	"flowc/rt/rows"
)

// Database is an SQLite file with the tables that the flow declares. It is made at the
// first start, and extended when the flow declares more: a new table, or a new column
// of type optional. A change that would lose data stops the program at its start and
// says what to do.
//
//	sqlite history {
//	  file = "history.db"
//	  keep = { climate = 90.d }
//
//	  table climate {
//	    at          = time
//	    temperature = C
//	    note        = optional(string)
//	  }
//	}
//
//	button door {
//	  pin = 17
//	}
//
//	sql_insert log_door {
//	  into = history.climate
//	  row  = { at = door.pressed.time, temperature = 20.C }
//	}
//
// What is stored: a `time` as milliseconds since 1970 in UTC (`datetime(at / 1000,
// 'unixepoch')` shows it), a quantity as a number in the unit of its column, a switch as
// 0 or 1, a duration as a count of its unit, a date and a time of day as text
// ("2026-12-24", "07:00"), an enumeration as the name of its member.
//
// A disk that is full and a file that another program has are waited for: nothing is
// acknowledged meanwhile, and it goes on by itself. A file that is damaged gets another
// name, `history.db.damaged`, and the program begins a new one and says so; the health page is
// yellow until the next start.
//
//flow:kind sqlite
//flow:memory 17.MB rows that wait for the file
//flow:memory 8.MB pages of the file
type Database struct {
	// File is the file, below the folder in which the program runs (a service's own
	// state folder).
	File string
	// Table is a table: a block with its columns, each with its type.
	Table flow.Tables
	// Keep says how long rows stay, for each table that shall not grow for ever; they
	// are taken out by the table's first column of type time, once an hour, a thousand in
	// each transaction.
	Keep flow.Keep
	// Busy is how long a program waits for another one that has the file before it
	// says so; it tries again all the same.
	Busy time.Duration `default:"5.s"`

	line flow.Outside[*rows.Line]
}

// The timers of a Database.
const timerPrune = 0

const pruneEvery = time.Hour

// Start opens the file and fits its tables to what the flow declares.
func (t *Database) Start(h *flow.Host) error {
	if !filepath.IsLocal(t.File) {
		return errors.New("file: must be below the folder of the program, such as \"history.db\"")
	}
	l, err := newLine(h, t)
	if err != nil {
		return err
	}
	t.line.It = l
	return nil
}

// Line is where jobs are handed in.
func (t *Database) Line() *rows.Line { return t.line.It }

// Tables are what the flow declares.
func (t *Database) Tables() flow.Tables { return t.Table }

// React takes out what is too old.
func (t *Database) React(h *flow.Host, w flow.Wake) {
	if w.Why != flow.AtStart && w.Why != flow.OnTimer {
		return
	}
	for _, table := range t.Table {
		if table.Keep > 0 {
			h.After(timerPrune, pruneEvery)
			if h.Clock().Synced() {
				t.line.It.Prune(table, h.Time())
			}
		}
	}
}

// Ails tells why nothing can be written, or that the file was moved aside.
func (t *Database) Ails() string { return t.line.It.Trouble() }

// Drained reports whether everything was committed, or cannot be for now.
func (t *Database) Drained(*flow.Host) bool { return t.line.It.Idle() }

// Stop closes the file.
func (t *Database) Stop(*flow.Host) {
	if t.line.It != nil {
		t.line.It.End()
	}
}
