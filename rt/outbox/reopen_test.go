package outbox

import (
	"sync/atomic"
	"testing"
	"time"

	"flowc/rt/flow"
)

// The writer opens the file anew while sinks come, count and go: for the race detector.
func TestOpenedAnewWhileSinksComeAndGo(t *testing.T) {
	w := newWorld(t)
	w.disk.wall = w.clock.Now
	r := w.boot(always())
	var anew atomic.Int32
	over, enough := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(over)
		for {
			select {
			case <-enough:
				return
			default:
				if !r.box.writer.anew(nil) || !r.box.fits(1) {
					return
				}
				anew.Add(1)
			}
		}
	}()
	for n, end := 0, time.Now().Add(6*patience); n < 500 || anew.Load() < 100; n++ {
		if time.Now().After(end) {
			t.Fatalf("the disk was opened anew %d times only", anew.Load())
		}
		s := &Shelf{Box: r.box, Name: "other", Buffering: flow.Buffering{Keep: time.Hour}}
		if err := s.Open(r.e.Hosts[1], &r.sink, 8); err != nil {
			t.Fatal(err)
		}
		s.React(flow.Wake{Why: flow.AtStart})
		_ = s.Count()
		s.Close()
	}
	close(enough)
	awaited(t, "who opens it", over)
	if len(r.box.shelves) != 1 || w.ended != "" {
		t.Errorf("%d sinks, opened %d times, %q", len(r.box.shelves), w.opened, w.ended)
	}
}
