package sqlcheck

import "testing"

// TestSeveral says where a statement tells that it is about several rows.
func TestSeveral(t *testing.T) {
	for sql, want := range map[string]string{
		"SELECT a FROM t":                                        "",
		"SELECT a FROM t ORDER BY at DESC LIMIT 1":               "",
		"SELECT a FROM t ORDER BY at DESC LIMIT ?1":              "",
		"SELECT a FROM t ORDER BY at":                            "ORDER",
		"SELECT a FROM t ORDER BY at LIMIT 100":                  "LIMIT",
		"SELECT max(a) FROM t GROUP BY day ORDER BY day":         "GROUP",
		"SELECT (SELECT b FROM u ORDER BY b) FROM t":             "",
		"SELECT max(a) OVER (ORDER BY at) FROM t":                "",
		"SELECT 'ORDER BY a LIMIT 9', `limit` FROM t -- LIMIT 9": "",
	} {
		start, length := Several(sql)
		if got := sql[start : start+length]; got != want {
			t.Errorf("%s: %q, not %q", sql, got, want)
		}
	}
}
