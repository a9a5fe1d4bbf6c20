package mqtt

import (
	"time"

	"flowc/rt/flow"
)

// timerPace is the timer of an mqtt_in that waits until max_rate lets it go on.
const timerPace = 0

// hasty reports whether a message comes too soon for max_rate and is lost for that: the
// flow asks for what cannot go on to wait with the broker, where one of QoS 0 does not.
// One that is in time is counted here, since it may find others waiting.
func (f *feed) hasty(m message) bool {
	if !f.pace.Limits() || f.policy != flow.Block || m.qos > 0 {
		return false
	}
	now := f.h.Clock().Mono()
	if f.held || f.pace.Wait(now) > 0 {
		return true
	}
	f.pace.Pass(now)
	return false
}

// takePaced gives the thing its next message if max_rate allows one now. What comes
// sooner waits in the inbox, where on_full decides once that is full.
func (f *feed) takePaced() (message, bool) {
	now := f.h.Mono()
	if f.waits(now) {
		return message{}, false
	}
	m, ok := f.take()
	f.mu.Lock()
	defer f.mu.Unlock()
	if ok && (f.policy != flow.Block || m.qos > 0) {
		f.pace.Pass(now)
		f.hold(f.pace.Wait(now))
		return m, ok
	}
	f.hold(0) // it had its turn when it came
	if wait := f.pace.Wait(now); wait > 0 {
		f.h.After(timerPace, wait) // to tell of those that are lost until then
	}
	return m, ok
}

// waits reports whether the next message has to wait.
func (f *feed) waits(now time.Duration) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.held && f.pace.Wait(now) > 0
}

// hold lets the next message wait so long; 0 lets it come at once.
func (f *feed) hold(wait time.Duration) {
	switch {
	case wait > 0:
		f.h.After(timerPace, wait)
		if !f.held {
			flow.HoldInbox(&f.box)
		}
	case f.held:
		flow.ReleaseInbox(&f.box)
	}
	f.held = wait > 0
}
