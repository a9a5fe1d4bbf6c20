package op

import (
	"time"

	"flowc/rt/flow"
)

// Blink goes on and off in turns while v is on, the time `on` and then the time
// `off`, beginning with on; while v is off it is off. It remembers one moment.
//
//	contact fridge {
//	  pin = 17
//	}
//
//	led warning {
//	  pin = 18
//	  on  = blink(fridge.open, 200.ms, 800.ms)
//	}
//
//flow:op blink
//flow:call v, on, off
//flow:in v value
//flow:out value
//flow:ready follows
//flow:rate plus 2 on off
type Blink struct {
	// On is how long it is on each time.
	On time.Duration
	// Off is how long it is off each time.
	Off time.Duration

	begun bool
	start time.Duration
}

// Step finds the place in the turn, counted from when v went on, so that late
// timers do not shift it.
func (o *Blink) Step(t flow.Tick, v bool) bool {
	turn := o.On + o.Off
	if !v || turn <= 0 {
		o.begun = false
		t.Cancel()
		return false
	}
	if !o.begun {
		o.begun, o.start = true, t.Mono()
	}
	at := (t.Mono() - o.start) % turn
	if at < o.On {
		t.After(o.On - at)
		return true
	}
	t.After(turn - at)
	return false
}

// Reset goes off; the next time begins with on.
func (o *Blink) Reset() { o.begun = false }
