package persist

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"flowc/rt/flow"
)

// After a write that failed the handle is not used again: what bbolt has in memory may be
// newer than what is on the disk. The next write begins with the file as it is.
func TestWriteAfterAFailedOne(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state.db")
	f, _, err := readFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { f.close() }()
	if err := f.write(Stored{formatName: []byte(format), "a": []byte("1"), "b": []byte("1")}); err != nil {
		t.Fatal(err)
	}
	if err := f.db.Close(); err != nil { // as good as a disk that fails
		t.Fatal(err)
	}
	if err := f.write(Stored{"a": []byte("2")}); err == nil {
		t.Fatal("a write to a closed file went well")
	}
	want := Stored{formatName: []byte(format), "a": []byte("2"), "c": []byte("3")}
	if err := f.write(want); err != nil {
		t.Fatalf("the file is not opened anew: %v", err)
	}
	f.close()
	f, stored, err := readFile(name)
	if err != nil || !reflect.DeepEqual(stored, want) {
		t.Errorf("the file holds %v (%v)", stored, err)
	}
}

// lamps is a program of outputs and one thing that is none.
type lamps struct {
	program
	things []flow.Thing
}

func (p *lamps) Things() []flow.Thing { return p.things }
func (p *lamps) Order() []int32       { return []int32{0, 1} }

type lamp struct{ safe int }

func (*lamp) Start(*flow.Host) error      { return nil }
func (*lamp) React(*flow.Host, flow.Wake) {}
func (*lamp) Stop(*flow.Host)             {}
func (l *lamp) SafeState(*flow.Host) error {
	l.safe++
	return nil
}

type sink struct{ flow.Thing }

// A store that cannot be opened leaves nothing on.
func TestOutputsAreSafeBeforeTheStore(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state.db")
	if err := os.WriteFile(filepath.Join(filepath.Dir(name), "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	l := &lamp{}
	nodes := []flow.Node{{Name: "a"}, {Name: "b"}}
	e := flow.NewEngine(flow.NewFakeClock(time.Unix(0, 0)), flow.Info{Name: "test", Nodes: nodes}, flow.Output{}, func(*flow.Engine) flow.Program {
		return &lamps{things: []flow.Thing{l, sink{}}}
	})
	m := &Memory{File: filepath.Join(filepath.Dir(name), "file", "state.db"), Period: time.Minute}
	if err := m.Open(e); err == nil {
		t.Fatal("a store below a file was opened")
	}
	if l.safe != 1 {
		t.Errorf("the lamp was put safe %d times", l.safe)
	}
}
