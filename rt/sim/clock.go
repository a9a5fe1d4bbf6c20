package sim

import (
	"sync/atomic"
	"time"

	"flowc/rt/flow"
)

// skipClock is the machine's clock, put forward: ten minutes of max_on need not be waited for. Its timers keep to the
// machine's time. The engine looks for due timers of the program by itself, and what else has timers (a ping to a
// broker) waits for something that did not get faster.
type skipClock struct {
	machine flow.Clock
	ahead   atomic.Int64
}

func (c *skipClock) skipped() time.Duration { return time.Duration(c.ahead.Load()) }

func (c *skipClock) Now() time.Time { return c.machine.Now().Add(c.skipped()) }

func (c *skipClock) Mono() time.Duration { return c.machine.Mono() + c.skipped() }

// Synced is always so: who tries out a program does not wait for a time server.
func (c *skipClock) Synced() bool { return true }

func (c *skipClock) NewTimer(d time.Duration) flow.Alarm { return c.machine.NewTimer(d) }

func (c *skipClock) AlarmAt(at time.Duration) flow.Alarm { return c.machine.NewTimer(at - c.Mono()) }

// Skip puts the clock forward by d. It is called on the instant loop, which then sees what is due.
func (c *skipClock) Skip(d time.Duration) { c.ahead.Add(int64(d)) }
