package op

import (
	"time"

	"flowc/rt/flow"
	"flowc/rt/fn"
)

// idle moves the watermark by what the clock went on since the last event, if that is
// long ago: a source that has fallen silent does not hold its spans back. The clock of
// the data may be wrong; what counts is how far it has gone.
func (o *WindowEventTime[T]) idle(now time.Duration) {
	if o.Idle <= 0 || !o.begun || now-o.came < o.Idle {
		return
	}
	o.mark += int64(now - o.upTo)
	o.upTo = now
}

// alarm rings when the next span is over if nothing comes until then.
func (o *WindowEventTime[T]) alarm(t flow.Tick, zone fn.Zone) {
	if len(o.items) < max(1, int(o.Count.V)) {
		t.Cancel()
		return
	}
	_, _, end := o.first(zone)
	t.At(max(o.came+o.Idle, o.upTo+time.Duration(end-o.mark)))
}
