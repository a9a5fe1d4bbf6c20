package rows

import (
	"flowc/rt/flow"
)

// Query asks a database when something happens. What it answers is an event; it sees
// all rows that the flow has added before.
//
//	site {
//	  latitude  = 52.5
//	  longitude = 13.4
//	  timezone  = "Europe/Berlin"
//	}
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
//	sql_query yesterday {
//	  from = history
//	  when = daily("07:00")
//	  sql  = <<-SQL
//	    SELECT count(*) AS n, avg(temp) AS mean
//	    FROM weather
//	    WHERE at >= ${start_of_day(now() - 1.d)} AND at < ${start_of_day(now())}
//	  SQL
//	  row = { n = int, mean = optional(C) }
//	}
//
//	log report {
//	  show = "${yesterday.n} readings, on average ${show(yesterday.mean, "nothing")}"
//	}
//
// The statement is checked against the tables when the flow is. `${…}` are bound
// parameters, never text; a quantity says its unit, `${in(limit, C)}`, because SQL knows
// none. A column that is passed through has the type of its table; what is computed has
// the type that `row` says, and is best optional: an average of no rows is nothing.
//
//flow:kind sql_query
//flow:confirms the database has answered
//flow:again 256
type Query[T any] struct {
	// From is the database.
	From Database
	// SQL is the statement.
	SQL flow.Shot[flow.Statement] `name:"sql"`
	// Row is the type of a row: a record of its columns. It may be left out where every
	// column is passed through from a table.
	Row flow.TypeOf[T]
	// Expect says how many rows come, and so what the answer is: the row (one), the row
	// or nothing (maybe_one), or a list of rows (many, up to 10,000). With another number
	// of rows the query fails.
	Expect Expect `default:"one" const:"true"`

	// Self is what the database answers.
	Self flow.Event[T]
	// Failed happens when there is no answer.
	Failed flow.Event[Failure] `rate:"shots"`

	Decode flow.Decoder[T]
	Text   flow.SQL

	end  flow.Outside[*desk]
	next T
}

// Expect is how many rows a query gives.
type Expect string

// The numbers.
const (
	// ExpectOne is a statement that always gives a row, such as a count.
	ExpectOne Expect = "one"
	// ExpectMaybeOne gives one row or none.
	ExpectMaybeOne Expect = "maybe_one"
	// ExpectMany gives any number of rows.
	ExpectMany Expect = "many"
)

// Start takes a place at the database.
func (t *Query[T]) Start(h *flow.Host) error {
	t.end.It = t.From.Line().open(h)
	t.From.Line().announce(h.Name(), string(t.Text))
	return nil
}

// Shoot files one question.
func (t *Query[T]) Shoot(h *flow.Host) {
	t.end.It.send(&Job{Token: h.Begin(), SQL: string(t.Text), Args: t.SQL.V, What: "the database"})
}

// React takes the answer.
func (t *Query[T]) React(h *flow.Host, w flow.Wake) {
	j := t.end.It.result(w)
	if j == nil {
		return
	}
	if j.Failure == "" {
		if why := t.Expect.unmet(j.Count); why != "" {
			j.GiveUp(why, flow.OutcomeDead)
		} else if t.Self.Wired {
			var none T
			t.next = none
			if err := t.Decode(j.Rows, &t.next); err != nil {
				j.GiveUp("the answer does not fit: "+err.Error(), flow.OutcomeDead)
			}
		}
	}
	if !j.over(h, t.Failed.Wired) {
		t.Failed.Happen(h.Pass(), j.told(h))
		return
	}
	if t.Self.Wired {
		t.Self.Happen(h.Pass(), t.next)
	}
}

// unmet says what is wrong with a number of rows.
func (e Expect) unmet(rows int) string {
	switch {
	case e == ExpectMany:
	case rows > 1:
		return "the query gives " + flow.FormatInt(int64(rows)) + " rows; `expect = many` takes them"
	case rows == 0 && e != ExpectMaybeOne:
		return "the query gives no row; `expect = maybe_one` or `many` allows for that"
	}
	return ""
}

// Stop closes nothing: the file is the database's.
func (t *Query[T]) Stop(*flow.Host) { t.end.It.close() }
