package main

import (
	"context"
	"runtime"
	"strconv"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/unit"
)

// What a key costs, and what a timer does, and how both grow: run
//
//	go test -bench . ./testdata/scalebench
//
// bytes/key is all that a new key needs, its timers included.
func BenchmarkKeys(b *testing.B) {
	for _, keys := range []int{10, 100, 1_000, 10_000} {
		b.Run(strconv.Itoa(keys), func(b *testing.B) {
			before := heap()
			g := newGarden(b, keys)
			size := float64(heap()-before) / float64(keys)
			wet, n := 20.0, 0
			b.ReportAllocs()
			for b.Loop() {
				if n++; n == keys { // every bed hears of a new moisture in turn
					wet, n = 70-wet, 0
				}
				g.say(n, wet)
			}
			b.ReportMetric(size, "bytes/key")
		})
	}
}

// BenchmarkTimers lets a timer of each key ring, each at a moment of its own, with so
// many others armed.
func BenchmarkTimers(b *testing.B) {
	for _, timers := range []int{10, 100, 1_000, 10_000} {
		b.Run(strconv.Itoa(timers), func(b *testing.B) {
			g := newGarden(b, timers)
			for n := range timers {
				g.clock.Advance(time.Millisecond)
				g.say(n, 20)
			}
			b.ReportAllocs()
			for b.Loop() {
				due, ok := g.NextTimer()
				if !ok {
					b.Fatal("no timer is armed")
				}
				g.clock.Advance(max(0, due-g.clock.Mono()))
				g.Settle()
				g.rang++
				if g.rang%timers == 0 { // all have rung: once more
					b.StopTimer()
					for n := range timers {
						g.clock.Advance(time.Millisecond)
						g.say(n, 70-20*float64(1+g.rang/timers%2))
					}
					b.StartTimer()
				}
			}
		})
	}
}

// Every timer rings once, and every key is known.
func TestScale(t *testing.T) {
	g := newGarden(t, 1_000)
	if n := g.byBed.Len(); n != 1_000 {
		t.Fatalf("%d keys", n)
	}
	for n := range 1_000 {
		if g.say(n, 20); g.awake != 1 {
			t.Fatalf("a message of one bed lets %d of them run", g.awake)
		}
	}
	if g.lampAnyOf.V {
		t.Fatal("the lamp does not wait")
	}
	g.clock.Advance(11 * time.Minute)
	g.Settle()
	if !g.lampAnyOf.V {
		t.Fatal("no bed has become thirsty")
	}
}

// garden is the generated program without its things: the test says what comes in.
type garden struct {
	*Program
	clock *flow.FakeClock
	beds  []string
	bed   int
	wet   float64
	rang  int
	// awake is how many beds had something to run with the last message.
	awake int
}

func newGarden(tb testing.TB, keys int) *garden {
	tb.Helper()
	g := &garden{clock: flow.NewFakeClock(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC))}
	e := flow.NewEngine(g.clock, info, flow.Output{}, func(e *flow.Engine) flow.Program {
		g.Program = newProgram(e)
		return g
	})
	e.OnFault(func(f flow.Fault) { tb.Errorf("fault: %s", f.Message) })
	if err := e.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		e.Run(ctx, 0)
	})
	for n := range keys {
		g.beds = append(g.beds, "bed"+strconv.Itoa(n))
		g.say(n, 50)
	}
	return g
}

// say is a message of a bed.
func (g *garden) say(n int, wet float64) {
	g.bed, g.wet = n, wet
	g.Hosts[nodeSoil].Wake()
	g.Settle()
}

// Things are none: no pin and no network is touched.
func (*garden) Things() []flow.Thing { return nil }

// Order is that of the things.
func (*garden) Order() []int32 { return nil }

// React hears of the bed at hand.
func (g *garden) React(int32, flow.Wake) {
	g.soil.Captured = append(g.soil.Captured[:0], g.beds[g.bed])
	g.soil.Self.Happen(g.Pass, g.Time, soilMsg{Moisture: unit.Percent(g.wet)})
	g.soilOutputs()
	g.awake = len(g.byBed.Awake())
}

// Apply switches nothing.
func (*garden) Apply() {}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
