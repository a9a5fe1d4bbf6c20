package op

import (
	"runtime"
	"strconv"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/flow/flowtest"
)

// keyedSize is what one key of a program costs that averages, compares and waits.
type keyedSize struct {
	average    Average[float64]
	hysteresis Hysteresis[float64]
	delay      OffDelay
	since      Since[float64]
}

// BenchmarkKeys measures a reading of one key among many: the time must not grow with the
// number of keys, and the memory of each is told.
func BenchmarkKeys(b *testing.B) {
	for _, keys := range []int{100, 1000, 10_000} {
		b.Run(strconv.Itoa(keys), func(b *testing.B) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			parts := make([]keyedSize, keys)
			for i := range parts {
				parts[i] = keyedSize{
					average:    Average[float64]{D: time.Hour},
					hysteresis: Hysteresis[float64]{OnBelow: flow.Some(30.0), OffAbove: flow.Some(45.0)},
					delay:      OffDelay{D: time.Minute},
				}
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			n := 0
			s := flowtest.New(b, func(tick flow.Tick) {
				for i := range n {
					p := &parts[i*7919%keys]
					v := p.average.Step(tick, flow.Now(float64(i%100)))
					p.delay.Step(tick, p.hysteresis.Step(v.V))
					p.since.Step(tick, v)
				}
			})
			n = b.N
			b.ResetTimer()
			s.Run()
			b.StopTimer()
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(keys), "B/key")
			runtime.KeepAlive(parts)
		})
	}
}
