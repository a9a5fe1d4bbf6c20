package postgres

import (
	"time"

	"flowc/rt/flow"
	"flowc/rt/rows"
)

// Database is a database of a PostgreSQL server (12 or later) with the tables that the
// flow declares. They are made when the server is first reached, and extended when the
// flow declares more: a new table, or a new column of type optional. A change that would
// lose data is refused: nothing is written, the log and the health page say what to do.
//
//	secret db_password {}
//
//	postgres history {
//	  url      = "postgres://192.168.1.20/house"
//	  user     = "garden"
//	  password = db_password
//	  keep     = { climate = 90.d }
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
//	sql_query last_day {
//	  from = history
//	  when = daily("07:00")
//	  sql  = "SELECT avg(temperature) AS mean FROM climate WHERE at > ${now() - 1.d}"
//	  row  = { mean = optional(C) }
//	}
//
//	site {
//	  latitude  = 52.5
//	  longitude = 13.4
//	  timezone  = "Europe/Berlin"
//	}
//
//	log report {
//	  show = last_day.mean
//	}
//
// The whole address may be a secret, with user and password in it. A server on this
// machine is also reached by the folder of its socket:
// `postgres:///house?host=/run/postgresql`.
//
// What is stored: a `time` as timestamptz, to the microsecond; a quantity as double
// precision in the unit of its column; int as bigint, a switch as boolean, a string as
// text, bytes as bytea, `json` as jsonb (which keeps neither the order nor the spelling
// of its fields), a date as date, a time of day as time, a duration as double precision,
// a count of its unit, an enumeration as text, the name of its member. PostgreSQL takes
// no text with the character NUL in it: such a row fails. A timestamp without a time zone
// is no moment: let the query say which zone it means, `at AT TIME ZONE 'UTC'`.
//
// While the server is away rows wait and are tried again, after 0.1 s to 30 s, and
// nothing is acknowledged; a source that cannot repeat, such as a button, has its rows
// in memory meanwhile (16 MB), which a crash loses: with `buffer` on the sql_insert they
// wait on the disk. A row or a statement that ends its connection each time, such as one
// that crashes the server, is given up after five attempts at which nothing else was under
// way; with `buffer` the row is a dead letter. Statements are checked against the tables as
// far as they are SQL that SQLite reads too (W1012 tells where not). In `flowc run` and in
// tests SQLite takes the server's place.
//
//flow:kind postgres
//flow:memory 17.MB rows that wait for the server
//flow:memory 4.MB what is read and written
type Database struct {
	// URL is where the database is: postgres://host:port/database. The port is 5432 if
	// it is left out.
	URL string `secret:"may" peer:"address"`
	// User is the user name.
	User string `optional:"true" secret:"may"`
	// Password goes with the user name. Letters beyond ASCII must be written in Unicode's
	// form NFKC, as most keyboards do: ü as one character, and no ½.
	Password flow.Secret `optional:"true"`
	// TLS encrypts the connection and makes sure that the server is the right one.
	// Without it anyone on the way can read and change what is sent; it is not needed
	// for a socket.
	TLS bool `default:"on" encrypts:"on"`
	// CA is a PEM file with the certificates that the server's must be signed with;
	// without it those of the system count.
	CA string `optional:"true"`
	// Cert is a PEM file with the client's certificate, for servers that want one.
	Cert string `optional:"true"`
	// Key is a PEM file with the private key of `cert`.
	Key string `optional:"true"`
	// Table is a table: a block with its columns, each with its type.
	Table flow.Tables `dialect:"postgres"`
	// Keep says how long rows stay, for each table that shall not grow for ever; they
	// are taken out by the table's first column of type time, once an hour, a thousand in
	// each transaction.
	Keep flow.Keep
	// Timeout is how long a statement may take, and how long the server may be silent.
	// A query or an sql_exec that takes longer fails; a row is tried again. It may be
	// from 1 s to 10 min.
	Timeout time.Duration `default:"10.s"`

	// Connected is on while the server answers and has the tables.
	Connected flow.Value[bool] `rate:"any"`

	line    flow.Outside[*rows.Line]
	changes flow.Inbox[bool]
}

// The timers of a Database.
const (
	timerPrune = 0
	timerProbe = 1
)

const (
	pruneEvery = time.Hour
	// probeEvery is how often an idle connection is tried.
	probeEvery = 30 * time.Second
)

// Start reads the settings; the server is asked once everything has started.
func (t *Database) Start(h *flow.Host) error {
	t.changes.Open(h, flow.DropOldest)
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

// React follows the connection, and takes out what is too old.
func (t *Database) React(h *flow.Host, w flow.Wake) {
	switch {
	case w.Why == flow.AtStart:
		t.Connected.Set(h.Pass(), false)
		t.probe(h)
		t.prune(h)
	case w.Why == flow.OnTimer && w.Timer == timerProbe:
		t.probe(h)
	case w.Why == flow.OnTimer:
		t.prune(h)
	case w.Why == flow.OnInput:
		if up, ok := t.changes.Take(); ok {
			t.Connected.Set(h.Pass(), up)
		}
	}
}

func (t *Database) probe(h *flow.Host) {
	h.After(timerProbe, probeEvery)
	t.line.It.Probe()
}

func (t *Database) prune(h *flow.Host) {
	for _, table := range t.Table {
		if table.Keep > 0 {
			h.After(timerPrune, pruneEvery)
			if h.Clock().Synced() {
				t.line.It.Prune(table, h.Time())
			}
		}
	}
}

// Ails tells why nothing can be written.
func (t *Database) Ails() string { return t.line.It.Trouble() }

// Drained reports whether everything was committed, or cannot be for now.
func (t *Database) Drained(*flow.Host) bool { return t.line.It.Idle() }

// Stop closes the connection.
func (t *Database) Stop(*flow.Host) {
	if t.line.It != nil {
		t.line.It.End()
	}
}
