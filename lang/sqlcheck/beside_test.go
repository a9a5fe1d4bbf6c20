package sqlcheck

import (
	"strings"
	"testing"
)

// TestBeside holds with which column a parameter is compared; where the number is worked
// on there is none, since the unit is another one then.
func TestBeside(t *testing.T) {
	for sql, want := range map[string]string{
		"SELECT 1 FROM weather WHERE temp > ?1":                                             "temp",
		"SELECT 1 FROM weather WHERE weather.temp <= ?1 AND at > 5":                         "temp",
		"SELECT 1 FROM weather WHERE main.weather.\"temp\" = ?1":                            "temp",
		"SELECT 1 FROM weather WHERE ?1 < w.temp":                                           "temp",
		"SELECT 1 FROM weather WHERE temp BETWEEN ?1 AND 5":                                 "temp",
		"SELECT 1 FROM weather WHERE temp BETWEEN 5 AND ?1":                                 "temp",
		"SELECT 1 FROM weather WHERE temp IS NOT ?1":                                        "temp",
		"UPDATE weather SET temp = ?1":                                                      "temp",
		"SELECT 1 FROM weather WHERE temp > ?1 * 2":                                         "",
		"SELECT 1 FROM weather WHERE temp > 2 * ?1":                                         "",
		"SELECT 1 FROM weather WHERE 2 * temp > ?1":                                         "",
		"SELECT 1 FROM weather WHERE ?1 > temp / 2":                                         "",
		"SELECT 1 FROM weather WHERE ?1 > abs(temp)":                                        "",
		"SELECT 1 FROM weather WHERE abs(temp) > ?1":                                        "",
		"SELECT 1 FROM weather WHERE temp IN (?1)":                                          "",
		"INSERT INTO weather (at, temp) VALUES (5, ?1)":                                     "temp",
		"INSERT INTO weather (at, temp) VALUES (5, 6), (max(7, 8), ?1)":                     "temp",
		"INSERT INTO main.\"weather\" (at, \"temp\") VALUES (5, ?1) ON CONFLICT DO NOTHING": "temp",
		"INSERT INTO weather (at, temp) VALUES (5, max(?1, 8))":                             "",
		"INSERT INTO weather (at, temp) VALUES (5, ?1 + 1)":                                 "",
		"INSERT INTO weather VALUES (5, ?1)":                                                "",
		"SELECT ?1 FROM weather":                                                            "",
	} {
		if got := Beside(sql, strings.Index(sql, "?1")); got != want {
			t.Errorf("%s: %q, want %q", sql, got, want)
		}
	}
}
