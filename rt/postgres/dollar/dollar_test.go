package dollar

import "testing"

// TestNumbered holds where a parameter is one: PostgreSQL's own ways of writing texts,
// names and comments hide what stands in them.
func TestNumbered(t *testing.T) {
	for sql, want := range map[string]string{
		"SELECT ?1, ?12":                             "SELECT $1, $12",
		"SELECT a FROM t LIMIT?1":                    "SELECT a FROM t LIMIT $1",
		"SELECT ?1AND ?2":                            "SELECT $1 AND $2",
		"SELECT '?1', ?1":                            "SELECT '?1', $1",
		"SELECT 'it''s ?1', ?1":                      "SELECT 'it''s ?1', $1",
		`SELECT E'it\'s ?1', ?1`:                     `SELECT E'it\'s ?1', $1`,
		`SELECT 'a\', ?1`:                            `SELECT 'a\', $1`,
		`SELECT "a?1""?2", ?1`:                       `SELECT "a?1""?2", $1`,
		"SELECT $$ ?1 $$, $x$ ?1 $$ ?2 $x$, ?1":      "SELECT $$ ?1 $$, $x$ ?1 $$ ?2 $x$, $1",
		"SELECT 1 -- ?1\n, ?1":                       "SELECT 1 -- ?1\n, $1",
		"SELECT 1 /* ?1 /* ?1 */ ?1 */, ?1":          "SELECT 1 /* ?1 /* ?1 */ ?1 */, $1",
		"SELECT payload ? 'a', list[?1], x::text":    "SELECT payload ? 'a', list[$1], x::text",
		"SELECT payload ?| array['a'], payload ?& b": "SELECT payload ?| array['a'], payload ?& b",
		"SELECT 'open ?1":                            "SELECT 'open ?1",
		"SELECT $open ?1":                            "SELECT $open $1",
	} {
		if got := Numbered(sql); got != want {
			t.Errorf("%s\n got %s\nwant %s", sql, got, want)
		}
	}
}

// FuzzTokens holds that whatever is written is taken apart from its beginning to its end.
func FuzzTokens(f *testing.F) {
	f.Add("SELECT E'a\\'b', $x$ y $x$, ?1 /* /* */ */ -- z")
	f.Fuzz(func(t *testing.T, sql string) {
		at := 0
		for _, token := range Tokens(sql) {
			if token.Start < at || len(token.Text) == 0 || sql[token.Start:token.Start+len(token.Text)] != token.Text {
				t.Fatalf("%q: %+v behind %d", sql, token, at)
			}
			at = token.Start + len(token.Text)
		}
		Numbered(sql)
	})
}
