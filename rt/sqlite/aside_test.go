package sqlite

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
)

// garden is a program with a database alone.
type garden struct{ db *Database }

func (g garden) Start(h *flow.Host) error { return g.db.Start(h) }
func (g garden) Stop(h *flow.Host)        { g.db.Stop(h) }
func (g garden) Things() []flow.Thing     { return []flow.Thing{g.db} }
func (g garden) React(int32, flow.Wake)   {}
func (g garden) Order() []int32           { return nil }
func (g garden) Begin()                   {}
func (g garden) Fire(int32, int32)        {}
func (g garden) Step()                    {}
func (g garden) Apply()                   {}
func (g garden) Culprit() int32           { return -1 }

// opened starts a database.
func opened(t *testing.T, file string) *Database {
	t.Helper()
	db := &Database{File: file, Table: weather(at(), temp()), Busy: time.Second}
	clock := flow.NewFakeClock(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC))
	info := flow.Info{Name: "garden", Nodes: []flow.Node{{Name: "history", Kind: "sqlite", Pos: "garden.hcl:1"}}}
	e := flow.NewEngine(clock, info, flow.Output{}, func(*flow.Engine) flow.Program { return garden{db} })
	if err := db.Start(e.Hosts[0]); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Stop(e.Hosts[0]) })
	return db
}

// TestAFileThatWasMovedAsideAils holds that the health page hears of a damaged file that
// was moved aside, and until the next start alone.
func TestAFileThatWasMovedAsideAils(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("STATE_DIRECTORY", "")
	if err := os.WriteFile("history.db", []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	db := opened(t, "history.db")
	got := db.Ails()
	if !strings.Contains(got, "history.db is damaged, or no SQLite file") || !strings.Contains(got, "it is now called history.db.damaged") {
		t.Errorf("the health page is told %q", got)
	}
	if all, _ := filepath.Glob("history.db.damaged*"); len(all) != 1 {
		t.Errorf("moved aside: %q", all)
	}
	db.Stop(nil)
	if got := opened(t, "history.db").Ails(); got != "" {
		t.Errorf("after another start the health page is told %q", got)
	}
}
