package sqlite

import (
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/rows"
	"flowc/rt/sqlite/lite"
	"flowc/rt/wiresql"
)

// rig is a line without an engine: what it carries out is told on done.
func rig(t testing.TB) (*store, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a.db")
	l := &store{file: file, busy: 10 * time.Millisecond, statements: map[string]*lite.Stmt{}, clean: func() {}}
	if err := l.connect(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.disconnect)
	if err := fit(l.conn, file, weather(at(), optional(temp()))); err != nil {
		t.Fatal(err)
	}
	return l, file
}

func row(n int64) *rows.Job {
	return &rows.Job{
		SQL:  rows.InsertText(weather(at(), optional(temp()))[0]),
		Args: wiresql.AppendFloat(wiresql.AppendInt(nil, n), 20.5), Writes: true,
	}
}

func counted(t testing.TB, l *store) int64 {
	t.Helper()
	j := &rows.Job{SQL: "SELECT count(*) FROM weather"}
	if err := l.Attempt([]*rows.Job{j}); err != nil {
		t.Fatal(err)
	}
	c, _, _ := wiresql.Take(j.Rows)
	return c.Int
}

// TestOneFails holds that a job which the database refuses takes no other with it.
func TestOneFails(t *testing.T) {
	l, _ := rig(t)
	bad := row(2)
	bad.Args = wiresql.AppendFloat(wiresql.AppendText(nil, "not a moment"), 1)
	batch := []*rows.Job{row(1), bad, row(3)}
	if err := l.Attempt(batch); err != nil {
		t.Fatal(err)
	}
	if batch[0].Failure != "" || batch[2].Failure != "" || counted(t, l) != 2 {
		t.Errorf("%d rows; %q, %q", counted(t, l), batch[0].Failure, batch[2].Failure)
	}
	if bad.Outcome != flow.OutcomeDead || bad.Failure == "" {
		t.Errorf("the bad row: %v %q", bad.Outcome, bad.Failure)
	}
}

// TestBusy holds that a file which another program writes is tried again, with all that
// waits, and that nothing is told before it is in the file.
func TestBusy(t *testing.T) {
	l, file := rig(t)
	other, err := lite.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if err := other.Exec("BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	batch := []*rows.Job{row(1), row(2)}
	if err := l.Attempt(batch); err == nil || !passing(err) {
		t.Fatalf("got %v", err)
	}
	if err := other.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if err := l.Attempt(batch); err != nil {
		t.Fatal(err)
	}
	if n := counted(t, l); n != 2 {
		t.Errorf("%d rows", n)
	}
}

// TestSafe holds that what was committed is on the disk: synchronous is FULL, in the
// mode in which the log alone is written.
func TestSafe(t *testing.T) {
	l, _ := rig(t)
	for sql, want := range map[string]string{"PRAGMA synchronous": "2", "PRAGMA journal_mode": "wal"} {
		s, err := l.conn.Prepare(sql)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Step(); err != nil {
			t.Fatal(err)
		}
		if got := string(s.Bytes(0)); got != want {
			t.Errorf("%s: %s, want %s", sql, got, want)
		}
		s.Close()
	}
}

// BenchmarkInsert counts rows that are safe: alone, and as they come when many wait; and
// a loop written by hand that commits as many together.
func BenchmarkInsert(b *testing.B) {
	for _, together := range []int{1, 16, 256} {
		b.Run("together="+strconv.Itoa(together), func(b *testing.B) {
			l, _ := rig(b)
			for n := 0; n < b.N; n += together {
				var batch []*rows.Job
				for i := range min(together, b.N-n) {
					batch = append(batch, row(int64(n+i)))
				}
				if err := l.Attempt(batch); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("by hand, together="+strconv.Itoa(together), func(b *testing.B) {
			l, _ := rig(b)
			s, err := l.conn.Prepare("INSERT INTO weather (at, temp) VALUES (?1, ?2)")
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			for n := 0; n < b.N; n += together {
				l.conn.Exec("BEGIN IMMEDIATE")
				for i := range min(together, b.N-n) {
					s.BindInt(1, int64(n+i))
					s.BindFloat(2, 20.5)
					if _, err := s.Step(); err != nil {
						b.Fatal(err)
					}
					s.Reset()
				}
				if err := l.conn.Exec("COMMIT"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestRollback holds that a statement which ends the transaction of all (OR ROLLBACK)
// takes none of them with it.
func TestRollback(t *testing.T) {
	l, _ := rig(t)
	if err := l.conn.Exec("CREATE UNIQUE INDEX one ON weather (at)"); err != nil {
		t.Fatal(err)
	}
	again := row(1)
	again.SQL = "INSERT OR ROLLBACK INTO weather (at, temp) VALUES (?1, ?2)"
	batch := []*rows.Job{row(1), again, row(2)}
	err := l.Attempt(batch)
	if err == nil || l.Passing(err) {
		t.Fatalf("got %v", err)
	}
	for _, j := range batch { // as a line does
		if err := l.Attempt([]*rows.Job{j}); err != nil {
			j.GiveUp(err.Error(), flow.OutcomeDead)
		}
	}
	if n := counted(t, l); n != 2 || batch[0].Failure != "" || batch[2].Failure != "" || again.Outcome != flow.OutcomeDead {
		t.Errorf("%d rows; %q %q %q", n, batch[0].Failure, again.Failure, batch[2].Failure)
	}
}

// TestFull holds that a disk that is full is waited for.
func TestFull(t *testing.T) {
	l, _ := rig(t)
	if err := l.conn.Exec("PRAGMA max_page_count = 1"); err != nil {
		t.Fatal(err)
	}
	big := row(1)
	big.SQL = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO weather (at, temp) SELECT i, ?2 FROM n WHERE ?1 > 0"
	if err := l.Attempt([]*rows.Job{big}); !passing(err) {
		t.Fatalf("got %v, %q", err, big.Failure)
	}
	attempted(t, l, big) // through another connection, which has room
	if n := counted(t, l); n != 5000 {
		t.Errorf("%d rows", n)
	}
}
