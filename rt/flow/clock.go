package flow

import "time"

// Clock is the only source of time under rt. Wall time serves calendars and
// time stamps; monotonic time serves intervals, time-outs and retries.
type Clock interface {
	// Now is the wall time, in UTC or local as the system has it.
	Now() time.Time
	// Mono is the time since the program started, never set back.
	Mono() time.Duration
	// Synced reports whether the wall time can be believed: a Raspberry Pi has no
	// battery clock, so after a power cut it is wrong until a time server was heard.
	Synced() bool
	// NewTimer delivers once on C after d of monotonic time.
	NewTimer(d time.Duration) Alarm
	// AlarmAt delivers once on C when Mono reaches at. Who has a moment, and no span, gives
	// that: time that passes meanwhile makes the alarm no later.
	AlarmAt(at time.Duration) Alarm
}

// Alarm is a timer of a Clock.
type Alarm interface {
	// C receives one value when the time has come.
	C() <-chan struct{}
	// Stop ends the timer; C may still hold a value.
	Stop()
}

// SystemClock is the machine's clock.
func SystemClock() Clock { return &systemClock{start: time.Now()} }

type systemClock struct{ start time.Time }

// Now drops the monotonic part: what is stored or compared is wall time.
func (c *systemClock) Now() time.Time {
	t := time.Now()
	return time.Unix(t.Unix(), int64(t.Nanosecond()))
}

func (c *systemClock) Mono() time.Duration { return time.Since(c.start) }

func (c *systemClock) Synced() bool { return c.clockIsSet() }

func (c *systemClock) NewTimer(d time.Duration) Alarm {
	a := &systemAlarm{c: make(chan struct{}, 1)}
	a.t = time.AfterFunc(d, func() {
		select {
		case a.c <- struct{}{}:
		default:
		}
	})
	return a
}

func (c *systemClock) AlarmAt(at time.Duration) Alarm { return c.NewTimer(at - c.Mono()) }

type systemAlarm struct {
	t *time.Timer
	c chan struct{}
}

func (a *systemAlarm) C() <-chan struct{} { return a.c }

func (a *systemAlarm) Stop() { a.t.Stop() }
