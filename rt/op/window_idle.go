package op

import (
	"time"

	"flowc/rt/flow"
	"flowc/rt/fn"
)

// idle moves the watermark by what the clock went on since the last event, if that is
// long ago: a source that has fallen silent does not hold its spans back. The clock of
// the data may be wrong; what counts is how far it has gone.
func (o *WindowEventTime[T]) idle(t flow.Tick) {
	now := t.Mono()
	if o.Idle <= 0 || !o.begun || now < o.silent(t) {
		return
	}
	o.mark += int64(now - o.upTo)
	o.upTo = now
}

// silent is from when on nothing has come for long. While the program is off nothing can
// come: what was kept for it meanwhile gets as long once it is back.
func (o *WindowEventTime[T]) silent(t flow.Tick) time.Duration {
	return max(o.came, t.Since()) + o.Idle
}

// alarm rings when the next span is over if nothing comes until then.
func (o *WindowEventTime[T]) alarm(t flow.Tick, zone fn.Zone) {
	if len(o.items) < max(1, int(o.Count.V)) {
		t.Cancel()
		return
	}
	_, _, end := o.first(zone)
	t.At(max(o.silent(t), o.upTo+time.Duration(end-o.mark)))
}
