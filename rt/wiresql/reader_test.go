package wiresql

import (
	"strings"
	"testing"
)

// TestNoMoment holds that a text where a moment belongs is told for what it is: what has
// no zone, or is no finite one, comes as a text.
func TestNoMoment(t *testing.T) {
	for _, text := range []string{"2026-09-21 14:13:20", "infinity", "-infinity"} {
		var r Reader
		r.Rows(AppendText(nil, text), 1)
		r.One()
		r.Cell(0, "at")
		r.Time()
		err := r.End()
		want := `at: expected a moment (milliseconds since 1970 in SQLite, a finite timestamptz in PostgreSQL), found "` + text + `"`
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
