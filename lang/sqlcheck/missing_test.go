package sqlcheck

import (
	"fmt"
	"testing"

	"flowc/rt/sqlite/lite"
)

var weather = []Table{
	{Name: "weather", Columns: []Column{{Name: "at"}, {Name: "temp"}, {Name: "place"}}},
	{Name: "places", Columns: []Column{{Name: "name"}, {Name: "height", Optional: true}}},
}

// TestMissing holds which columns of a statement may be NULL though their tables hold
// none; each answer is held against SQLite, which finds a row or no row.
func TestMissing(t *testing.T) {
	for _, c := range []struct{ sql, want string }{
		{"SELECT at, temp FROM weather", "[false false]"},
		{"SELECT count(*), max(temp) FROM weather", "[false true]"},
		{"SELECT max(temp) - min(temp), round(avg(temp), 1), total(temp) FROM weather", "[true true false]"},
		{"SELECT coalesce(max(temp), 0), ifnull(sum(temp), 0) FROM weather", "[false false]"},
		{"SELECT max(temp) IS NULL, CASE WHEN max(temp) > 5 THEN 1 ELSE 0 END FROM weather", "[false false]"},
		{"SELECT max(temp, 5), min(at, temp) FROM weather", "[false false]"},
		{"SELECT place, max(temp) FROM weather GROUP BY place", "[false false]"},
		{"SELECT place, count(*) OVER (PARTITION BY place) FROM weather", "[false false]"},
		{"SELECT height * 2 AS h, coalesce(height, 0), height IS NULL FROM places", "[true false false]"},
		{"SELECT height * 2 AS h FROM places WHERE height IS NOT NULL", "[false]"},
		{"SELECT name, max(height), count(height) FROM places GROUP BY name", "[false true false]"},
		{"SELECT CASE WHEN temp > 5 THEN temp END, CASE WHEN temp > 5 THEN 1 ELSE 2 END AS c FROM weather", "[true false]"},
		{"SELECT lag(temp) OVER (ORDER BY at), lag(temp, 1, 0) OVER (ORDER BY at), temp + 1 FROM weather", "[true false false]"},
		{"SELECT temp FROM weather UNION ALL SELECT height FROM places", "[true]"},
		{"SELECT temp FROM weather UNION ALL SELECT at FROM weather", "[false]"},
		{"SELECT temp FROM weather UNION SELECT NULL", "[true]"},
		{"SELECT at, temp FROM weather UNION ALL SELECT 5, max(height) FROM places ORDER BY at LIMIT 5", "[false true]"},
		{"SELECT u.t FROM (SELECT NULL AS t UNION ALL SELECT temp FROM weather) u", "[true]"},
		{"WITH u AS (SELECT at, temp FROM weather), v AS (SELECT NULL AS temp UNION ALL SELECT temp FROM u) SELECT temp FROM v", "[true]"},
		{"SELECT DISTINCT place, temp FROM weather", "[false false]"},
		{"SELECT *, 1 FROM weather", "[false false false false]"},
		{"SELECT 1, count(*), w.*, max(temp) FROM weather w", "[false false true true true true]"},
		{"SELECT (SELECT temp FROM weather LIMIT 1), (SELECT count(*) FROM weather)", "[true false]"},
		{"SELECT w.temp, p.height FROM weather w LEFT JOIN places p ON p.name = w.place", "[false true]"},
		{"SELECT w.temp, p.height FROM weather w LEFT OUTER JOIN places AS p ON p.name = w.place", "[false true]"},
		{"SELECT w.temp, p.height FROM weather w LEFT JOIN main.places p ON p.name = w.place", "[true true]"},
		{"WITH p AS (SELECT * FROM places) SELECT w.temp, p.height FROM weather w LEFT JOIN p ON p.name = w.place", "[true true]"},
		{"SELECT w.temp, p.height FROM weather w RIGHT JOIN places p ON p.name = w.place", "[true true]"},
		{"SELECT w.temp, p.height FROM weather w JOIN places p ON p.name = w.place", "[false false]"},
	} {
		s, problem := Prepare(weather, c.sql)
		if problem != nil {
			t.Errorf("%s: %s", c.sql, problem.Message)
			continue
		}
		var got []bool
		for _, col := range s.Columns {
			got = append(got, col.Missing)
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v, want %s", c.sql, got, c.want)
		}
		holds(t, c.sql, got)
	}
}

// holds runs a statement with one row in one table and none in the other, both ways and
// neither, and looks whether a column that is called safe is NULL.
func holds(t *testing.T, sql string, missing []bool) {
	t.Helper()
	for _, fill := range []string{"SELECT 1", "INSERT INTO weather VALUES (1, 2, 'a')", "INSERT INTO places VALUES ('b', 1)"} {
		c, err := lite.Open(lite.Memory)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		for n, table := range weather {
			if err := c.Exec(declaration(n, table)); err != nil {
				t.Fatal(err)
			}
		}
		if err := c.Exec(fill); err != nil {
			t.Fatal(err)
		}
		s, err := c.Prepare(sql)
		if err != nil {
			t.Fatal(err)
		}
		for {
			row, err := s.Step()
			if err != nil {
				t.Fatal(err)
			}
			if !row {
				break
			}
			for n, may := range missing {
				if s.Sort(n) == lite.Null && !may {
					t.Errorf("%s after %s: column %d is NULL and was called safe", sql, fill, n)
				}
			}
		}
		s.Close()
	}
}
