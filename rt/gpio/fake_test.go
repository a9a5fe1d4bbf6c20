package gpio

import (
	"reflect"
	"runtime"
	"sync"
	"testing"
	"time"

	"flowc/rt/flow"
)

func openFake(t *testing.T, f *Fake, r InputRequest) (InputLine, *[]Edge) {
	t.Helper()
	edges := &[]Edge{}
	var mu sync.Mutex
	r.Edges = func(e Edge) {
		runtime.Gosched() // a chance for another goroutine to overtake
		mu.Lock()
		defer mu.Unlock()
		*edges = append(*edges, e)
	}
	if r.Clock == nil {
		r.Clock = flow.NewFakeClock(time.Unix(0, 0))
	}
	l, err := f.Input(r)
	if err != nil {
		t.Fatal(err)
	}
	return l, edges
}

func TestFakePulls(t *testing.T) {
	for _, c := range []struct {
		pull      Pull
		activeLow bool
		high      bool
	}{
		{PullUp, true, true}, {PullUp, false, true}, {PullDown, false, false}, {PullDown, true, false},
		{PullNone, false, false}, {PullNone, true, true},
	} {
		f := NewFake()
		l, _ := openFake(t, f, InputRequest{Pin: 4, Pull: c.pull, ActiveLow: c.activeLow})
		on, err := l.Read()
		if f.Level(4) != c.high || on != (c.high != c.activeLow) || err != nil {
			t.Errorf("%+v: high %v, on %v, %v", c, f.Level(4), on, err)
		}
	}
}

func TestFakeEdges(t *testing.T) {
	f := NewFake()
	clock := flow.NewFakeClock(time.Unix(0, 0))
	l, edges := openFake(t, f, InputRequest{Pin: 4, Pull: PullUp, ActiveLow: true, Clock: clock})
	f.Set(4, true) // no change
	clock.Advance(time.Second)
	f.Set(4, false)
	clock.Advance(time.Second)
	f.SetOn(4, false)
	if want := []Edge{{On: true, At: time.Second, Seq: 1}, {At: 2 * time.Second, Seq: 2}}; !reflect.DeepEqual(*edges, want) {
		t.Errorf("got %+v, want %+v", *edges, want)
	}
	l.Close()
	f.Set(4, false)
	if len(*edges) != 2 {
		t.Error("a closed line tells edges")
	}
}

func TestFakeQueueIsBounded(t *testing.T) {
	f := NewFake()
	_, edges := openFake(t, f, InputRequest{Pin: 4, Pull: PullDown})
	f.Pause()
	for i := range EdgeQueue + 3 {
		f.Set(4, i%2 == 0)
	}
	if len(*edges) != 0 {
		t.Fatal("a paused line tells edges")
	}
	f.Resume()
	if n := len(*edges); n != EdgeQueue || (*edges)[0].Seq != 4 || (*edges)[n-1].Seq != EdgeQueue+3 {
		t.Errorf("%d edges, from %d to %d: want the newest %d", n, (*edges)[0].Seq, (*edges)[n-1].Seq, EdgeQueue)
	}
}

func TestFakeKeepsOrderAmongGoroutines(t *testing.T) {
	f := NewFake()
	_, edges := openFake(t, f, InputRequest{Pin: 4, Pull: PullDown})
	over := make(chan struct{}, 4)
	for range cap(over) {
		go func() {
			for i := range 50 {
				f.Set(4, i%2 == 0)
			}
			over <- struct{}{}
		}()
	}
	for range cap(over) {
		select {
		case <-over:
		case <-time.After(10 * time.Second):
			t.Fatal("the pin is stuck")
		}
	}
	for i, e := range *edges {
		if e.Seq != uint32(i+1) {
			t.Fatalf("edge %d has number %d", i, e.Seq)
		}
	}
}

func TestFakeLines(t *testing.T) {
	f := NewFake()
	openFake(t, f, InputRequest{Pin: 4, Pull: PullUp, ActiveLow: true, Owner: "garden door"})
	out, err := f.Output(OutputRequest{Pin: 22, ActiveLow: true, Owner: "garden pump"})
	if err != nil {
		t.Fatal(err)
	}
	want := []LineInfo{
		{Pin: 4, ActiveLow: true, Pull: PullUp, Owner: "garden door", High: true},
		{Pin: 22, Output: true, ActiveLow: true, Owner: "garden pump", High: true},
	}
	if got := f.Lines(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	out.Set(true)
	f.Set(22, true) // somebody pulls at an output: it wins
	if l := f.Lines()[1]; l.High || !l.On() {
		t.Errorf("an output that is on: %+v", l)
	}
}
