package postgres

import (
	"bytes"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/rows"
	"flowc/rt/wiresql"

	"github.com/jackc/pgx/v5/pgproto3"
)

// named is a row whose note the server sees.
func named(note string) *rows.Job {
	return &rows.Job{SQL: "INSERT INTO notes (note) VALUES (?1)", Args: wiresql.AppendText(nil, note), Writes: true, Adds: true}
}

// mortal is a server that lets its connection end where ends says so; it commits what
// comes before, and counts connections.
func mortal(b *pgproto3.Backend, ends func(statement string) bool, commit func(notes []string)) {
	answered(b, &pgproto3.AuthenticationOk{}, &pgproto3.ReadyForQuery{TxStatus: 'I'})
	var notes []string
	for {
		m, err := b.Receive()
		if err != nil {
			return
		}
		switch m := m.(type) {
		case *pgproto3.Query:
			if ends(m.String) {
				return
			}
			if m.String == "COMMIT" {
				commit(notes)
				notes = nil
			}
			answered(b, &pgproto3.CommandComplete{CommandTag: []byte(m.String)}, &pgproto3.ReadyForQuery{TxStatus: 'I'})
		case *pgproto3.Bind:
			note := string(bytes.Join(m.Parameters, nil))
			if ends(note) {
				return
			}
			notes = append(notes, note)
		case *pgproto3.Execute:
			b.Send(&pgproto3.CommandComplete{CommandTag: []byte("INSERT 0 1")})
		case *pgproto3.Sync:
			answered(b, &pgproto3.ReadyForQuery{TxStatus: 'I'})
		}
	}
}

// ranLong is the clock of a program that has run for an hour.
type ranLong struct{ flow.Clock }

func (c ranLong) Mono() time.Duration { return c.Clock.Mono() + time.Hour }

// carried carries out jobs as a line does, but without its pauses, and reports how many
// attempts it took; with most of them it stops.
func carried(s *store, batch []*rows.Job, most int) (attempts int, err error) {
	for attempts < most {
		attempts++
		if err = s.Attempt(batch); err == nil {
			return attempts, nil
		}
		mended, cause := s.Mend(err)
		switch {
		case mended, s.Passing(cause):
		case len(batch) == 1:
			batch[0].GiveUp(s.Explain(cause).Error(), 0)
			return attempts, cause
		default:
			for _, j := range batch {
				n, _ := carried(s, []*rows.Job{j}, most)
				attempts += n
			}
			return attempts, nil
		}
	}
	return attempts, err
}

// TestDeadly holds that a row which is the end of its connection each time is found and
// given up, and takes nothing with it.
func TestDeadly(t *testing.T) {
	var stored atomic.Pointer[[]string]
	stored.Store(&[]string{})
	s := fake(t, func(b *pgproto3.Backend) {
		mortal(b, func(text string) bool { return strings.HasPrefix(text, "end") }, func(notes []string) {
			all := append(append([]string{}, *stored.Load()...), notes...)
			stored.Store(&all)
		})
	})
	s.fitted, s.clock = true, ranLong{s.clock}
	batch := []*rows.Job{named("a"), named("end 1"), named("b"), named("end 2"), named("c")}
	attempts, _ := carried(s, batch, 100)
	if got := strings.Join(*stored.Load(), " "); got != "a b c" {
		t.Errorf("stored %q", got)
	}
	for _, j := range batch {
		deadly := strings.Contains(wiresql.ValuesText(j.Args), "end")
		if deadly != (j.Failure == "it was sent alone 5 times, and each time the server ended the connection") {
			t.Errorf("%s: %q", wiresql.ValuesText(j.Args), j.Failure)
		}
	}
	if attempts > 20 {
		t.Errorf("%d attempts", attempts)
	}
}

// TestNotDeadly holds that no row is given up where something else may be the end of the
// connection.
func TestNotDeadly(t *testing.T) {
	t.Run("before the row", func(t *testing.T) {
		s := fake(t, func(b *pgproto3.Backend) {
			mortal(b, func(text string) bool { return text == "BEGIN" }, func([]string) {})
		})
		s.fitted = true
		for _, batch := range [][]*rows.Job{{named("a")}, {named("a"), named("b")}} {
			if _, err := carried(s, batch, 40); err == nil || batch[0].Failure != "" {
				t.Errorf("%v %+v", err, batch[0])
			}
		}
	})
	t.Run("away", func(t *testing.T) {
		s := opened(t, "postgres://127.0.0.1:1/house", nil)
		j := named("a")
		if _, err := carried(s, []*rows.Job{j}, 40); err == nil || j.Failure != "" {
			t.Errorf("%v %+v", err, j)
		}
	})
	t.Run("four times", func(t *testing.T) {
		var times atomic.Int32
		s := fake(t, func(b *pgproto3.Backend) {
			mortal(b, func(text string) bool { return text == "a" && times.Add(1) <= deadlyMost }, func([]string) {})
		})
		s.fitted = true
		// The first time it was not known whether the connection had been there at all.
		j := named("a")
		if n, err := carried(s, []*rows.Job{j}, 40); err != nil || j.Failure != "" || n != deadlyMost+1 {
			t.Errorf("%v after %d: %+v", err, n, j)
		}
	})
}

// TestDoubt holds which errors are the doing of a job.
func TestDoubt(t *testing.T) {
	row, ask, probe := named("a"), &rows.Job{SQL: "SELECT 1"}, &rows.Job{}
	cut, damaged := &broken{why: "the server ended the connection"}, &unreached{&refusal{code: "XX001", message: "invalid page"}}
	for _, c := range []struct {
		name   string
		batch  []*rows.Job
		err    error
		begins bool
		ended  bool
		took   time.Duration
		deadly bool
	}{
		{name: "a row that waits, and a proxy that does not", batch: []*rows.Job{row}, err: cut, begins: true, took: 10 * time.Second},
		{name: "a query that takes long", batch: []*rows.Job{ask}, err: cut, begins: true, took: 10 * time.Second, deadly: true},
		{name: "a row that ends its session", batch: []*rows.Job{row}, err: &broken{told: &refusal{code: "57P01"}}, begins: true, deadly: true},
		{name: "a row that waits, and an administrator who does not", batch: []*rows.Job{row}, err: &broken{told: &refusal{code: "57P01"}}, begins: true, took: 2 * time.Second},
		{name: "a row and a connection that ends", batch: []*rows.Job{row}, err: cut, begins: true, deadly: true},
		{name: "a row and a network that is silent", batch: []*rows.Job{row}, err: silent, begins: true},
		{name: "a query and a network that is silent", batch: []*rows.Job{ask}, err: silent, begins: true, deadly: true},
		{name: "a row and a damaged table", batch: []*rows.Job{row}, err: damaged, begins: true},
		{name: "a query and a damaged table", batch: []*rows.Job{ask}, err: damaged, begins: true, deadly: true},
		{name: "several and a damaged table", batch: []*rows.Job{row, ask}, err: damaged, begins: true, deadly: true},
		{name: "several", batch: []*rows.Job{row, ask}, err: cut, begins: true, deadly: true},
		{name: "several and a connection that had not answered", batch: []*rows.Job{row, ask}, err: cut},
		{name: "a connection that had not answered", batch: []*rows.Job{row}, err: cut},
		{name: "a server that cannot be reached", batch: []*rows.Job{row}, err: &unreached{cut}, begins: true},
		{name: "a look whether it answers", batch: []*rows.Job{probe}, err: cut, begins: true},
		{name: "a full disk", batch: []*rows.Job{ask}, err: &unreached{&refusal{code: "53100"}}, begins: true},
		{name: "the end of the program", batch: []*rows.Job{row}, err: cut, begins: true, ended: true},
		{name: "a connection that is made anew", batch: []*rows.Job{row}, err: errAnew, begins: true},
	} {
		s := &store{ended: c.ended}
		found := false
		for range 3 * deadlyMost {
			var d *deadly
			if errors.As(s.doubted(&transaction{s: s, batch: c.batch, begins: c.begins, took: c.took}, c.err), &d) {
				found = true
			}
		}
		if found != c.deadly {
			t.Errorf("%s: %v", c.name, found)
		}
	}
}
