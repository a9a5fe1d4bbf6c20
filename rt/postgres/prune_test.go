package postgres

import (
	"strings"
	"testing"

	"flowc/rt/rows"
	"flowc/rt/wiresql"
)

// TestOldest holds that a portion is one, that it takes out old rows only, and all of them
// in the end, and that the table is not read for it.
func TestOldest(t *testing.T) {
	w := served(t)
	tables := weather(at(), temp())
	tables[0].Name, tables[0].Age, tables[0].Keep = "logs", "at", 1
	s := reached(t, w.URL(), tables)
	if _, err := w.SQL("TRUNCATE logs; INSERT INTO logs SELECT to_timestamp(i), 1 FROM generate_series(0, 24999) i"); err != nil {
		t.Fatal(err)
	}
	moment := wiresql.AppendMicros(nil, 20_001_000_000)
	for n := range 22 {
		want := int64(1000)
		if n >= 20 {
			want = int64(21 - n)
		}
		j := &rows.Job{SQL: s.Oldest(tables[0], 1000), Args: moment, Writes: true}
		attempted(t, s, j)
		if j.Failure != "" || j.Changed != want {
			t.Fatalf("%d: %d rows instead of %d: %s", n, j.Changed, want, j.Failure)
		}
	}
	counted(t, w, "SELECT count(*), extract(epoch FROM min(at))::int FROM logs", "4999|20001")
	plan, err := w.SQL("EXPLAIN " + strings.ReplaceAll(s.Oldest(tables[0], 1000), "?1", "'2020-01-01'"))
	if err != nil || !strings.Contains(plan, "Tid Scan") || strings.Contains(plan, "Seq Scan") {
		t.Errorf("%v\n%s", err, plan)
	}
}
