package rows

import (
	"flowc/rt/flow"
)

// Exec changes rows of a database when something happens: UPDATE, DELETE, or an INSERT
// that takes its rows from other tables.
//
//	sqlite history {
//	  file = "history.db"
//
//	  table weather {
//	    at   = time
//	    temp = C
//	  }
//	}
//
//	button forget {
//	  pin = 17
//	}
//
//	sql_exec clean {
//	  from = history
//	  when = forget.long_pressed
//	  sql  = "DELETE FROM weather WHERE at < ${now() - 30.d} AND temp > ${50.C}"
//	}
//
// `${…}` are bound parameters, never text. To add what the flow has at hand use
// `sql_insert`.
//
//flow:kind sql_exec
//flow:confirms its change is committed
//flow:again 256
//flow:stores
type Exec struct {
	// From is the database.
	From Database
	// SQL is the statement.
	SQL flow.Shot[flow.Statement] `name:"sql" capacity:"20/s" far:"1000/s"`

	// Done happens when the change is committed; it says how many rows were changed.
	Done flow.Event[int64] `rate:"shots"`
	// Failed happens when the change is given up.
	Failed flow.Event[Failure] `rate:"shots"`

	Text flow.SQL

	end flow.Outside[*desk]
}

// Start takes a place at the database.
func (t *Exec) Start(h *flow.Host) error {
	t.end.It = t.From.Line().open(h)
	t.From.Line().announce(h.Name(), string(t.Text))
	return nil
}

// Shoot files one change.
func (t *Exec) Shoot(h *flow.Host) {
	t.end.It.send(&Job{Token: h.Begin(), SQL: string(t.Text), Args: t.SQL.V, What: "a change", Writes: true})
}

// React hears of the end of a change.
func (t *Exec) React(h *flow.Host, w flow.Wake) {
	j := t.end.It.result(w)
	if j == nil {
		return
	}
	if j.over(h, t.Failed.Wired) {
		t.Done.Happen(h.Pass(), j.Changed)
		return
	}
	t.Failed.Happen(h.Pass(), j.told(h))
}

// Stop closes nothing: the file is the database's.
func (t *Exec) Stop(*flow.Host) { t.end.It.close() }
