package postgres

import (
	"strings"
	"testing"

	"flowc/rt/rows"
	"flowc/rt/wiresql"
)

// TestNumbers holds that a number goes wherever a statement has a place for one, whatever
// size the server wants it in, and that none is cut off or taken for a text.
func TestNumbers(t *testing.T) {
	w := served(t)
	s := reached(t, w.URL(), nil)
	if _, err := w.SQL("DROP TABLE IF EXISTS small; CREATE TABLE small (a smallint, b integer, c integer[], d numeric); INSERT INTO small VALUES (3, 3, '{1,3}', 3.5)"); err != nil {
		t.Fatal(err)
	}
	three, large, part := wiresql.AppendInt(nil, 3), wiresql.AppendInt(nil, 1<<40), wiresql.AppendFloat(nil, 3.5)
	ask := func(sql string, args wiresql.Row) *rows.Job { return &rows.Job{SQL: sql, Args: args} }
	cases := []struct {
		job  *rows.Job
		want string
	}{
		// first, so that what is behind it is carried out with care
		{ask("SELECT upper(?1)", three), "upper(bigint) does not exist"},
		{ask("SELECT a FROM small WHERE a = ?1 AND b = ?1", three), "3"},
		{ask("SELECT b FROM small WHERE ?1 = ANY (c) LIMIT ?1 OFFSET ?1 - 3", three), "3"},
		{ask("SELECT ?1 + 1", large), "1099511627777"},
		{ask("SELECT count(*) FROM generate_series(1, ?1)", three), "3"},
		{ask("SELECT repeat('x', ?1) || left('abcdef', ?1)", three), `"xxxabc"`},
		{ask("SELECT DATE '2026-12-24' + ?1", three), `"2026-12-27"`},
		{ask("SELECT make_interval(days => ?1)::text", three), `"3 days"`},
		{ask("SELECT round(?1, 0)", part), "4"},
		{ask("SELECT d FROM small WHERE d = ?1 AND c[?2] = ?2", wiresql.AppendInt(part[:len(part):len(part)], 1)), "3.5"},
		{ask("SELECT repeat('x', ?1)", large), `out of range for type integer`},
		{ask("SELECT repeat('x', ?1)", wiresql.AppendNull(nil)), `NULL`},
		{ask("SELECT reverse(?1), repeat('x', ?2)", wiresql.AppendInt(three[:len(three):len(three)], 2)), "does not exist"},
	}
	for range 2 { // what was asked is known the second time
		var all []*rows.Job
		for _, c := range cases {
			all = append(all, ask(c.job.SQL, c.job.Args))
		}
		attempted(t, s, all...)
		for _, c := range cases {
			attempted(t, s, c.job)
		}
		for n, c := range cases {
			for _, j := range []*rows.Job{c.job, all[n]} {
				if got := wiresql.ValuesText(j.Rows) + j.Failure; got != c.want && (j.Failure == "" || !strings.Contains(got, c.want)) {
					t.Errorf("%s: got %s, want %s", j.SQL, got, c.want)
				}
			}
		}
	}
	change := &rows.Job{SQL: "UPDATE small SET a = ?1, b = length(repeat('x', ?1))", Args: wiresql.AppendInt(nil, 5), Writes: true}
	attempted(t, s, change)
	if change.Failure != "" || change.Changed != 1 {
		t.Errorf("%s, %d changed", change.Failure, change.Changed)
	}
	counted(t, w, "SELECT a, b FROM small", "5|5")
}
