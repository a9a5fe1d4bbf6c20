package flow

import (
	"sync"
	"time"
)

// FakeClock is a clock that tests step; wall and monotonic time can be stepped
// apart.
type FakeClock struct {
	mu     sync.Mutex
	wall   time.Time
	lost   bool
	mono   time.Duration
	alarms []*fakeAlarm
}

// NewFakeClock starts at wall time t and monotonic time zero.
func NewFakeClock(t time.Time) *FakeClock { return &FakeClock{wall: t} }

// Now is the stepped wall time.
func (c *FakeClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.wall
}

// Mono is the stepped monotonic time.
func (c *FakeClock) Mono() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.mono
}

// Advance steps both times by d and rings the alarms that fall due.
func (c *FakeClock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wall = c.wall.Add(d)
	c.mono += d
	left := c.alarms[:0]
	for _, a := range c.alarms {
		if a.due <= c.mono {
			a.ring()
		} else {
			left = append(left, a)
		}
	}
	c.alarms = left
}

// SetWall steps the wall time alone, as a time server does.
func (c *FakeClock) SetWall(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wall = t
}

// Synced reports whether the wall time can be believed; it can from the beginning.
func (c *FakeClock) Synced() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !c.lost
}

// SetSynced says whether the wall time can be believed: false is a machine without a
// battery clock that has not heard a time server yet.
func (c *FakeClock) SetSynced(is bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lost = !is
}

// Alarms is how many timers wait: a test that expects a timer waits for it to
// be there before it advances.
func (c *FakeClock) Alarms() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.alarms)
}

// NewTimer delivers once when the clock has been advanced by d.
func (c *FakeClock) NewTimer(d time.Duration) Alarm {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.alarm(c.mono + d)
}

// AlarmAt delivers once when the clock has been advanced to at, or at once if that is past:
// a test may step the clock before the program has got so far.
func (c *FakeClock) AlarmAt(at time.Duration) Alarm {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.alarm(at)
}

func (c *FakeClock) alarm(due time.Duration) Alarm {
	a := &fakeAlarm{clock: c, due: due, c: make(chan struct{}, 1)}
	if due <= c.mono {
		a.ring()
	} else {
		c.alarms = append(c.alarms, a)
	}
	return a
}

type fakeAlarm struct {
	clock *FakeClock
	due   time.Duration
	c     chan struct{}
}

func (a *fakeAlarm) ring() {
	select {
	case a.c <- struct{}{}:
	default:
	}
}

func (a *fakeAlarm) C() <-chan struct{} { return a.c }

func (a *fakeAlarm) Stop() {
	a.clock.mu.Lock()
	defer a.clock.mu.Unlock()
	for i, b := range a.clock.alarms {
		if b == a {
			a.clock.alarms = append(a.clock.alarms[:i], a.clock.alarms[i+1:]...)
			return
		}
	}
}

// Seed makes what is random the same each time.
func (c *FakeClock) Seed() uint64 { return 1 }
