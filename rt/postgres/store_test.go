package postgres

import (
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/postgres/witness"
	"flowc/rt/rows"
	"flowc/rt/wiresql"
)

// patience bounds every wait; none lasts so long when all is well.
const patience = 20 * time.Second

var server = sync.OnceValues(func() (*witness.Server, error) { return witness.New(nil) })

func TestMain(m *testing.M) {
	code := m.Run()
	if s, err := server(); err == nil {
		s.Close()
	}
	os.Exit(code)
}

// served is the server of all tests; without one installed the test is skipped, but fails
// in CI.
func served(t testing.TB) *witness.Server {
	t.Helper()
	s, err := server()
	if errors.Is(err, witness.ErrMissing) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func column(name, stored, typ string, optional bool) flow.Column {
	return flow.Column{Name: name, Stored: stored, Type: typ, Optional: optional}
}

func weather(columns ...flow.Column) flow.Tables {
	return flow.Tables{{Name: "weather", Columns: columns}}
}

func at() flow.Column   { return column("at", "INTEGER", "time", false) }
func temp() flow.Column { return column("temp", "REAL", "C", false) }

// reached is a store with its connection.
func reached(t testing.TB, url string, tables flow.Tables) *store {
	t.Helper()
	s := opened(t, url, tables)
	if err := s.reach(); err != nil {
		t.Fatal(err)
	}
	return s
}

func opened(t testing.TB, url string, tables flow.Tables) *store {
	t.Helper()
	a, err := parseAddress(url)
	if err != nil {
		t.Fatal(err)
	}
	s := &store{
		clock: flow.SystemClock(), log: func(_ flow.LogLevel, m string) { t.Log(m) }, program: "test", at: a,
		user: witness.User, password: witness.Password, timeout: patience, tables: tables, added: map[string]int64{},
	}
	t.Cleanup(s.disconnect)
	return s
}

func row(n int64) *rows.Job {
	return &rows.Job{
		SQL:  rows.InsertText(weather(at(), temp())[0]),
		Args: wiresql.AppendFloat(wiresql.AppendMicros(nil, n), 20.5), Writes: true, Adds: true,
	}
}

func attempted(t testing.TB, s *store, batch ...*rows.Job) {
	t.Helper()
	if err := s.Attempt(batch); err != nil {
		t.Fatal(err)
	}
}

func counted(t testing.TB, w *witness.Server, sql, want string) {
	t.Helper()
	got, err := w.SQL(sql)
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("%s: %s, want %s", sql, got, want)
	}
}

// TestStore is the way of rows to a server and back.
func TestStore(t *testing.T) {
	w := served(t)
	if _, err := w.SQL("DROP SCHEMA public CASCADE; CREATE SCHEMA public"); err != nil { // the tables of a run before
		t.Fatal(err)
	}
	t.Run("one fails", func(t *testing.T) { oneFails(t, w) })
	t.Run("dedupe", func(t *testing.T) { dedupe(t, w) })
}

// oneFails holds that a job which the server refuses takes no other with it.
func oneFails(t *testing.T, w *witness.Server) {
	s := reached(t, w.URL(), weather(at(), temp()))
	bad := row(2)
	bad.Args = wiresql.AppendFloat(wiresql.AppendText(nil, "not a moment"), 1)
	ask := &rows.Job{SQL: "SELECT count(*), max(at) FROM weather"}
	batch := []*rows.Job{row(1), bad, row(3), ask}
	attempted(t, s, batch...)
	counted(t, w, "SELECT count(*) FROM weather", "2")
	if bad.Failure == "" || bad.Outcome != flow.OutcomeDead || !strings.Contains(bad.Failure, "timestamp") {
		t.Errorf("%+v", bad)
	}
	if got := wiresql.ValuesText(ask.Rows); got != "2, 0" || ask.Count != 1 {
		t.Error(got, ask.Count)
	}
}

func dedupe(t *testing.T, w *witness.Server) {
	s := reached(t, w.Socket(), weather(at(), temp()))
	for range 3 {
		var batch []*rows.Job
		for n := range 5 {
			j := row(int64(n))
			j.Once = &rows.Once{Thing: "log", Key: string(rune('a' + n)), Last: 100}
			batch = append(batch, j, j)
		}
		attempted(t, s, batch...)
	}
	counted(t, w, "SELECT count(*) FROM weather", "7")
}
