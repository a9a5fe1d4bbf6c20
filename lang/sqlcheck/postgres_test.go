package sqlcheck

import (
	"strings"
	"testing"
)

// TestPreparePostgres holds how far statements for PostgreSQL are checked: what it gives
// is what was not (a star for all of it), or what is wrong.
func TestPreparePostgres(t *testing.T) {
	for sql, want := range map[string]string{
		"SELECT at, avg(temp) FROM weather GROUP BY at":                                          "",
		"SELECT temp::text, at::timestamp with time zone, place::varchar(3) AS p FROM weather":   "::text ::timestamp ::varchar",
		"SELECT tmp::text FROM weather":                                                          "no such column: tmp",
		"SELECT date_trunc('hour', att) FROM weather":                                            "no such column: att",
		"SELECT date_trunc('hour', at) AS h, avg(temp) FROM weather GROUP BY 1":                  "date_trunc",
		"SELECT DISTINCT ON (place) place, temp FROM weather ORDER BY place, at DESC":            "DISTINCT ON",
		"SELECT DISTINCT ON (place) plce FROM weather":                                           "no such column: plce",
		"SELECT temp FROM weather WHERE at > now() - interval '1 day'":                           "interval now",
		"SELECT temp FROM weathr WHERE at > now() - interval '1 day'":                            "no such table: weathr",
		"SELECT extract(epoch FROM at) AS s FROM weather":                                        "extract extract",
		"SELECT place FROM weather WHERE place ILIKE 'n%' AND place ~* 'x' AND place !~ 'y'":     "ILIKE ~ !",
		"SELECT at AT TIME ZONE 'UTC' AS here FROM weather":                                      "AT TIME ZONE",
		"SELECT temp FROM public.weather FOR UPDATE":                                             "FOR UPDATE",
		"SELECT age(at), age(at, at), stddev_pop(temp) FROM weather":                             "age age stddev_pop",
		"SELECT generate_series(1, 10) AS n":                                                     "generate_series",
		"SELECT n FROM generate_series(1, 10) AS g(n)":                                           "*",
		"SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY temp) AS m FROM weather":             "*",
		"SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY temp) AS m FROM wether":              "no such table: wether",
		"WITH w AS (SELECT array_agg(temp)[1] AS x FROM weather) SELECT x FROM w":                "*",
		"SELECT temp FROM weather w, LATERAL (SELECT 1) x":                                       "*",
		"SELECT temp FROM weather; DELETE FROM weather":                                          "only one statement can stand here",
		"SELECT E'it\\'s', $x$ ?1 'y' $x$, temp FROM weather":                                    "",
		"SELECT (temp FROM weather":                                                              "*",
		"SELECT temp FROM weather WHERE (temp > 1":                                               "incomplete input",
		"SELECT temp FROM weather WHERE user = place":                                            "user",
		"DELETE FROM weather USING places WHERE name = place":                                    "*",
		"UPDATE wether SET temp = least(temp, 5) WHERE place = ANY(ARRAY['a'])":                  "no such table: wether",
		"INSERT INTO weather VALUES (1, 2, 'a') ON CONFLICT DO NOTHING":                          "",
		"SELECT relname FROM pg_class":                                                           "*",
		"SELECT count(*) FILTER (WHERE temp > 1) AS n FROM weather":                              "",
		"SELECT trim(both 'x' from place) AS p, substring(place from 2) AS q FROM weather":       "*",
		"SELECT temp FROM weather w JOIN (SELECT 1 AS one) x ON x.one = 1 WHERE now() > at":      "now",
		"SELECT w.temp FROM weather AS w WHERE w.temp IS DISTINCT FROM 5 AND w.hight::int2 = 1":  "no such column: w.hight",
		"SELECT string_agg(place, ',' ORDER BY place) AS p, bool_or(temp > 1) AS b FROM weather": "bool_or",
	} {
		s, p := PreparePostgres(weather, sql)
		got := ""
		switch {
		case p != nil:
			got = p.Message
		case s.Unread:
			got = "*"
		default:
			var list []string
			for _, f := range s.Unchecked {
				list = append(list, f.What)
			}
			got = strings.Join(list, " ")
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", sql, got, want)
		}
	}
}

// TestNotPostgres holds what SQLite takes and PostgreSQL does not.
func TestNotPostgres(t *testing.T) {
	column := func(name string) string { return map[string]string{"open": "bool", "at": "time"}[name] }
	for sql, want := range map[string]string{
		"SELECT ifnull(temp, 0) FROM weather":            "ifnull",
		"SELECT max(temp, 0) FROM weather":               "max",
		"SELECT max(temp), min(temp) FROM weather":       "",
		"SELECT round(temp, 1) FROM weather":             "round",
		"SELECT round(temp) FROM weather":                "",
		"SELECT temp FROM weather WHERE open = 1":        "open",
		"SELECT temp FROM weather WHERE open = true":     "",
		"SELECT temp FROM weather WHERE open":            "",
		"SELECT temp FROM weather WHERE at / 1000 > 5":   "at",
		"SELECT temp FROM weather WHERE at >= 170000000": "at",
		"SELECT temp FROM weather WHERE at >= ?1":        "",
		"SELECT temp FROM weather WHERE temp == 1":       "==",
		"SELECT temp FROM weather WHERE temp != 1":       "",
		"SELECT 'ifnull(' FROM weather":                  "",
		"INSERT OR REPLACE INTO weather VALUES (1)":      "INSERT",
		"SELECT rowid FROM weather":                      "rowid",
	} {
		got := ""
		if o := NotPostgres(sql, column); o != nil {
			got = o.Name
		}
		if got != want {
			t.Errorf("%s: %q, want %q", sql, got, want)
		}
	}
}

// TestEnclosed holds that a statement's own end hides nothing.
func TestEnclosed(t *testing.T) {
	got := Enclosed("SELECT 1 AS n; -- all", []string{"n"})
	if want := "SELECT \"n\" FROM (\nSELECT 1 AS n\n) AS flowc_answer"; got != want {
		t.Errorf("got %s", got)
	}
}
