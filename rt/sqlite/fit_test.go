package sqlite

import (
	"path/filepath"
	"strings"
	"testing"

	"flowc/rt/flow"
	"flowc/rt/sqlite/lite"
)

func at() flow.Column   { return flow.Column{Name: "at", Stored: "INTEGER", Type: "time"} }
func temp() flow.Column { return flow.Column{Name: "temp", Stored: "REAL", Type: "C"} }

func optional(c flow.Column) flow.Column {
	c.Optional = true
	return c
}

func weather(columns ...flow.Column) flow.Tables {
	return flow.Tables{{Name: "weather", Columns: columns, Keep: 1, Age: "at"}}
}

// TestFit holds what becomes of a file when the flow declares other tables: it is
// extended, or refused with the file as it was.
func TestFit(t *testing.T) {
	fahrenheit := flow.Column{Name: "temp", Stored: "REAL", Type: "F"}
	full := "INSERT INTO weather (at, temp) VALUES (1, 20.5)"
	for _, c := range []struct {
		name, then string
		before     flow.Tables
		after      flow.Tables
		want       string
	}{
		{"the same", full, weather(at(), temp()), weather(at(), temp()), ""},
		{"in another order", full, weather(at(), temp()), weather(temp(), at()), ""},
		{"an optional column more", full, weather(at(), temp()), weather(at(), temp(), optional(flow.Column{Name: "note", Stored: "TEXT", Type: "string"})), ""},
		{"a column more without rows", "SELECT 1", weather(at()), weather(at(), temp()), ""},
		{"a column more", full, weather(at(), optional(temp())), weather(at(), optional(temp()), flow.Column{Name: "wind", Stored: "REAL", Type: "km_h"}), "has no column `wind`"},
		{"another unit", full, weather(at(), temp()), weather(at(), fahrenheit), "holds `temp` as C, and the flow declares F"},
		{"a column less", full, weather(at(), temp()), weather(at()), "column `temp` that the flow does not declare any more"},
		{"now optional", full, weather(at(), temp()), weather(at(), optional(temp())), ""},
		{"not optional any more", full, weather(at(), optional(temp())), weather(at(), temp()), ""},
		{"missing in a row", "INSERT INTO weather (at) VALUES (1)", weather(at(), optional(temp())), weather(at(), temp()), "has rows without `temp`"},
		{"of another program", "DELETE FROM flowc_columns", weather(at(), temp()), weather(at(), temp()), "was not made by a flow"},
	} {
		t.Run(c.name, func(t *testing.T) {
			conn, err := lite.Open(filepath.Join(t.TempDir(), "a.db"))
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if err := fit(conn, "a.db", c.before); err != nil {
				t.Fatal(err)
			}
			if err := conn.Exec(c.then); err != nil {
				t.Fatal(err)
			}
			before := schema(t, conn)
			err = fit(conn, "a.db", c.after)
			if c.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if after := schema(t, conn); after != before {
				t.Errorf("the file was changed:\n%s\nto\n%s", before, after)
			}
		})
	}
}

func schema(t *testing.T, c *lite.Conn) (all string) {
	t.Helper()
	f := &fitting{c: c, file: "a.db"}
	f.query("SELECT sql FROM sqlite_schema UNION ALL SELECT type FROM flowc_columns", func(s *lite.Stmt) { all += string(s.Bytes(0)) + "\n" })
	if f.err != nil {
		t.Fatal(f.err)
	}
	return all
}
