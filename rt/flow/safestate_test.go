package flow

import (
	"strings"
	"testing"
	"time"
)

// broken is a lamp whose driver breaks down.
type broken struct{ *lamp }

func (broken) SafeState(*Host) error { panic("boom") }

type twoLamps struct {
	lampProgram
	things []Thing
}

func (p twoLamps) Things() []Thing { return p.things }
func (p twoLamps) Order() []int32  { return []int32{0, 1} }

// An output that breaks down does not keep the others from being put safe.
func TestSafeStateGoesOnAfterAPanic(t *testing.T) {
	l := &lamp{}
	info := Info{Nodes: []Node{{Name: "a", Kind: "led", Pos: "hall.hcl:1"}, {Name: "b", Kind: "led", Pos: "hall.hcl:2"}}}
	e := NewEngine(NewFakeClock(time.Unix(0, 0)), info, Output{}, func(*Engine) Program {
		return twoLamps{lampProgram{l}, []Thing{broken{&lamp{}}, l}}
	})
	defer e.log.close()
	var failed []string
	e.safeState(func(n int32, err error) { failed = append(failed, e.place(n)+": "+err.Error()) })
	if got, want := strings.Join(failed, "\n"), `hall.hcl:1: led "a": stopped by boom`; got != want {
		t.Errorf("failed %q, want %q", got, want)
	}
	if l.done() != "safe" {
		t.Errorf("the other did %q", l.done())
	}
}
