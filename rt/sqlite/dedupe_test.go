package sqlite

import (
	"strconv"
	"strings"
	"testing"

	"flowc/rt/flow"
	"flowc/rt/rows"
	"flowc/rt/wiresql"
)

// once is a row with a key, of which so many are remembered.
func once(n int64, key string, last int64) *rows.Job {
	j := row(n)
	j.Once = &rows.Once{Thing: "log_weather", Key: key, Last: last}
	return j
}

func attempted(t *testing.T, l *store, batch ...*rows.Job) {
	t.Helper()
	if err := l.Attempt(batch); err != nil {
		t.Fatal(err)
	}
}

func answered(t *testing.T, l *store, sql string) int64 {
	t.Helper()
	j := &rows.Job{SQL: sql}
	attempted(t, l, j)
	c, _, ok := wiresql.Take(j.Rows)
	if !ok {
		t.Fatalf("%s: no row: %s", sql, j.Failure)
	}
	return c.Int
}

// TestDedupe holds that one key makes one row: in one commit, in a later one, and through
// another connection; and that another thing has keys of its own.
func TestDedupe(t *testing.T) {
	l, _ := rig(t)
	batch := []*rows.Job{once(1, "a", 9), once(2, "a", 9), once(3, "b", 9), row(4)}
	attempted(t, l, batch...)
	for _, j := range batch {
		if j.Failure != "" || j.Outcome != flow.OutcomeDelivered {
			t.Errorf("%v %q", j.Outcome, j.Failure)
		}
	}
	l.disconnect()
	other := once(5, "a", 9)
	other.Once.Thing = "log_other"
	attempted(t, l, once(6, "a", 9), other)
	if n := counted(t, l); n != 4 {
		t.Errorf("%d rows", n)
	}
}

// TestDedupeRefused holds that a row that was refused leaves no key: a better one may
// still come.
func TestDedupeRefused(t *testing.T) {
	l, _ := rig(t)
	bad := once(1, "a", 9)
	bad.Args = wiresql.AppendText(nil, "not a moment")
	attempted(t, l, bad)
	if bad.Outcome != flow.OutcomeDead {
		t.Errorf("it counts as %v", bad.Outcome)
	}
	attempted(t, l, once(2, "a", 9))
	if n := counted(t, l); n != 1 {
		t.Errorf("%d rows", n)
	}
}

// TestDedupeUndone holds that a transaction that comes to nothing leaves no key.
func TestDedupeUndone(t *testing.T) {
	l, _ := rig(t)
	attempted(t, l, once(0, "z", 9))
	if err := l.conn.Exec("BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	if err := l.carryOut(once(1, "a", 9)); err != nil {
		t.Fatal(err)
	}
	if err := l.conn.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	attempted(t, l, once(1, "a", 9))
	if n := counted(t, l); n != 2 {
		t.Errorf("%d rows", n)
	}
}

// TestDedupeHorizon holds how many keys are remembered, and that long ones take no more
// of the file than others.
func TestDedupeHorizon(t *testing.T) {
	l, _ := rig(t)
	const last = 20
	long := strings.Repeat("x", 10_000)
	for n := range int64(100) {
		attempted(t, l, once(n, long+strconv.FormatInt(n, 10), last))
		if kept := answered(t, l, "SELECT count(*) FROM flowc_keys"); kept != min(n+1, last) {
			t.Fatalf("after %d rows %d keys are kept", n+1, kept)
		}
	}
	if size := answered(t, l, "SELECT max(length(key)) FROM flowc_keys"); size > 80 {
		t.Errorf("a key takes %d bytes", size)
	}
	attempted(t, l, once(100, long+"80", last), once(100, long+"99", last)) // the oldest and the newest that are known
	if n := counted(t, l); n != 100 {
		t.Errorf("%d rows: a key was forgotten early", n)
	}
	attempted(t, l, once(100, long+"79", last)) // forgotten
	if n := counted(t, l); n != 101 {
		t.Errorf("%d rows: a key was kept for too long", n)
	}
}
