package sqlite

import (
	"testing"

	"flowc/rt/flow"
	"flowc/rt/rows"
	"flowc/rt/wiresql"
)

// TestOldest holds that a portion is one, that it takes out old rows only, and all of them
// in the end, whatever names the columns have.
func TestOldest(t *testing.T) {
	for _, taken := range [][]string{nil, {"rowid"}, {"RowID", "_rowid_"}, {"rowid", "_rowid_", "oid"}} {
		l, file := rig(t)
		table := flow.Table{Name: "logs", Columns: []flow.Column{at()}, Keep: 1, Age: "at"}
		for _, name := range taken {
			table.Columns = append(table.Columns, optional(flow.Column{Name: name, Stored: "TEXT", Type: "string"}))
		}
		if err := fit(l.conn, file, flow.Tables{table}); err != nil {
			t.Fatal(err)
		}
		if err := l.conn.Exec("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 25) INSERT INTO logs (at) SELECT i FROM n"); err != nil {
			t.Fatal(err)
		}
		for _, want := range []int64{10, 10, 1, 0} {
			j := &rows.Job{SQL: l.Oldest(table, 10), Args: wiresql.AppendInt(nil, 21), Writes: true}
			if err := l.Attempt([]*rows.Job{j}); err != nil || j.Failure != "" || j.Changed != want {
				t.Errorf("%v: %d instead of %d: %v %s", taken, j.Changed, want, err, j.Failure)
			}
		}
		left := &rows.Job{SQL: "SELECT min(at), count(*) FROM logs"}
		if err := l.Attempt([]*rows.Job{left}); err != nil || wiresql.ValuesText(left.Rows) != "21, 5" {
			t.Errorf("%v: %v %s", taken, err, wiresql.ValuesText(left.Rows))
		}
	}
}
