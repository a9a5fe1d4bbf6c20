package sqlite

import (
	"os"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/rows"
	"flowc/rt/sqlite/lite"
)

// TestAFileThatIsGoneAndRead holds that a log which cannot be put into the file that is
// gone, since somebody still reads that, is not taken for the log of the file that came in
// its place.
func TestAFileThatIsGoneAndRead(t *testing.T) {
	other, otherFile := rig(t)
	carried(t, other, 7, 8)
	other.disconnect()
	l, file := rig(t)
	l.tables = weather(at(), optional(temp()))
	info := flow.Info{Name: "garden", Nodes: []flow.Node{{Name: "history", Kind: "sqlite", Pos: "garden.hcl:1"}}}
	l.h = flow.NewEngine(flow.NewFakeClock(time.Unix(0, 0)), info, flow.Output{}, func(*flow.Engine) flow.Program { return garden{} }).Hosts[0]
	carried(t, l, 1)
	reader, err := lite.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if err := reader.Exec("BEGIN"); err != nil {
		t.Fatal(err)
	}
	look, err := reader.Prepare("SELECT count(*) FROM weather")
	if err != nil {
		t.Fatal(err)
	}
	defer look.Close()
	if _, err := look.Step(); err != nil {
		t.Fatal(err)
	}
	carried(t, l, 2, 3, 4, 5) // what the reader does not see yet
	if err := os.Rename(otherFile, file); err != nil {
		t.Fatal(err)
	}
	j := row(9)
	if err := l.Attempt([]*rows.Job{j}); err != nil || j.Failure != "" {
		t.Log("as long as it is read: ", err, j.Failure)
		look.Close()
		if err := reader.Exec("ROLLBACK"); err != nil {
			t.Fatal(err)
		}
		carried(t, l, 9)
	}
	if got := counted(t, l); got != 3 {
		t.Errorf("the file has %d rows, want the two that it had and a new one", got)
	}
}
