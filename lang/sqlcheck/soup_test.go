package sqlcheck

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestSoup holds that no statement, however odd, ends the checker: the two databases
// disagree about where comments and brackets end.
func TestSoup(t *testing.T) {
	tables := []Table{{Name: "items", Columns: []Column{{Name: "id"}, {Name: "text", Optional: true}}}}
	words := strings.Fields(`SELECT SELECT FROM FROM items items id text foo( fo( f( foo() fo() f() ( ) ) [ ] , . * :: int double precision ;
		timestamp with time zone 'x' E'a\'b' E' $$ $x$ ?1 ?2 $1 $ -- /* /* */ */ DISTINCT ON ( interval date AT TIME ZONE FOR UPDATE EXTRACT( year
		~ !~ * public. user now() AS WITH ( UNION ORDER BY 1 " "id" 'it''s' AND OR NOT ILIKE CASE WHEN END JOIN LATERAL`)
	words = append(words, "\n", "\n")
	r := rand.New(rand.NewPCG(5, 6))
	list := []string{"SELECT foo(/* /* */ 1)", "SELECT f(/* /* */)", "SELECT id::", "SELECT id::.", "EXTRACT(", "DISTINCT ON ("}
	for range 4000 {
		b := "SELECT "
		for range 1 + r.IntN(12) {
			b += words[r.IntN(len(words))]
			if r.IntN(4) > 0 {
				b += " "
			}
		}
		list = append(list, b)
	}
	for _, sql := range list {
		func() {
			defer func() {
				if p := recover(); p != nil {
					t.Errorf("%q: %v", sql, p)
				}
			}()
			PreparePostgres(tables, sql)
		}()
	}
}

// TestNUL holds that a statement which the server cannot even be told is none.
func TestNUL(t *testing.T) {
	if _, p := PreparePostgres([]Table{{Name: "items", Columns: []Column{{Name: "text"}}}}, "DELETE FROM items WHERE text = 'a\x00b'"); p == nil || p.Offset != 33 {
		t.Errorf("%+v", p)
	}
}
