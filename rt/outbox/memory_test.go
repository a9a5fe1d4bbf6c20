package outbox

import (
	"path/filepath"
	"runtime"
	"runtime/debug"
	"testing"

	"flowc/rt/flow"
)

// A buffer takes no more memory than the compiler counts for it, be its rows small or
// large: with rows read from the disk, rows with the sink, and the disk standing still
// and then writing all that has come meanwhile.
func TestMemoryOfABuffer(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(5))
	for _, size := range []int{20, 1000, 60_000, 256_000, 700_000} {
		name := filepath.Join(t.TempDir(), "outbox.db")
		w := newWorld(t)
		w.onFile(name)
		w.up = false
		s := always()
		s.length, s.window, s.keeps = size, 64, true
		r := w.boot(s)
		for range max(8<<20/size, 20) / 10 { // more than is read at once
			for range 10 {
				r.send()
			}
			r.settle()
			if r.shelf.rows > 3000 {
				break
			}
		}
		r.shelf.Close()

		var before, now runtime.MemStats
		w.sent, w.unacked, w.up = 0, nil, true
		runtime.GC()
		runtime.ReadMemStats(&before)
		r = w.boot(s)
		r.settle()
		for n := 0; r.shelf.Count().Refused == 0 && n < 100_000; n++ { // nothing is written yet
			r.send()
			r.unacked = r.unacked[:0]
			r.e.Settle()
		}
		runtime.GC()
		runtime.ReadMemStats(&now)
		stands := int64(now.HeapAlloc) - int64(before.HeapAlloc)

		most := make(chan int64)
		over := make(chan struct{})
		go func() {
			var now runtime.MemStats
			peak := int64(0)
			for {
				runtime.ReadMemStats(&now)
				peak = max(peak, int64(now.HeapAlloc)-int64(before.HeapAlloc))
				select {
				case <-over:
					most <- peak
					return
				default:
				}
			}
		}()
		r.settle()
		close(over)
		peak := awaited(t, "who measures", most)
		t.Logf("%d bytes: %.1f MB while the disk stands, %.1f MB while it writes", size, float64(stands)/1e6, float64(peak)/1e6)
		if peak > flow.BufferMemory || stands > flow.BufferMemory {
			t.Errorf("rows of %d bytes: %d and %d bytes of memory", size, stands, peak)
		}
		if len(r.sink.kept) == 0 {
			t.Error("nothing is with the sink")
		}
		if c := r.shelf.Count(); !c.Holds() || w.ended != "" || c.Refused == 0 {
			t.Errorf("%+v, %q", c, w.ended)
		}
		r.shelf.Close()
	}
}
