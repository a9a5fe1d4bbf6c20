package sqlite

import (
	"os"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/rows"
)

// TestAFileThatIsGone holds that nothing is committed into a file that was removed, or
// whose place another has taken, and that the health page hears of it.
func TestAFileThatIsGone(t *testing.T) {
	for _, way := range []struct {
		name string
		take func(file, other string) error
		want int64
	}{
		{"removed", func(file, _ string) error { return os.Remove(file) }, 1},
		{"replaced", func(file, other string) error { return os.Rename(other, file) }, 3},
	} {
		t.Run(way.name, func(t *testing.T) {
			other, otherFile := rig(t)
			carried(t, other, 7, 8)
			other.disconnect()
			l, file := rig(t)
			l.tables = weather(at(), optional(temp()))
			info := flow.Info{Name: "garden", Nodes: []flow.Node{{Name: "history", Kind: "sqlite", Pos: "garden.hcl:1"}}}
			l.h = flow.NewEngine(flow.NewFakeClock(time.Unix(0, 0)), info, flow.Output{}, func(*flow.Engine) flow.Program { return garden{} }).Hosts[0]
			carried(t, l, 1)
			if got := l.Ails(); got != "" || counted(t, l) != 1 {
				t.Fatalf("before: %d rows, %q", counted(t, l), got)
			}
			if err := way.take(file, otherFile); err != nil {
				t.Fatal(err)
			}
			carried(t, l, 2)
			if got := l.Ails(); !strings.Contains(got, file+" was removed or replaced while the program ran") {
				t.Errorf("the health page is told %q", got)
			}
			l.disconnect()
			if err := l.connect(); err != nil {
				t.Fatal(err)
			}
			if got := counted(t, l); got != way.want {
				t.Errorf("the file has %d rows, want %d", got, way.want)
			}
		})
	}
}

// carried adds rows, each in a transaction of its own.
func carried(t *testing.T, l *store, numbers ...int64) {
	t.Helper()
	for _, n := range numbers {
		j := row(n)
		if err := l.Attempt([]*rows.Job{j}); err != nil || j.Failure != "" {
			t.Fatal(err, j.Failure)
		}
	}
}
