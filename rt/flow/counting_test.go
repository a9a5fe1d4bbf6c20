package flow_test

import (
	"sync"
	"time"

	"flowc/rt/flow"
)

// counting is a clock that remembers the alarms that were asked of it.
type counting struct {
	*flow.FakeClock
	mu    sync.Mutex
	asked []time.Duration
}

func (c *counting) NewTimer(d time.Duration) flow.Alarm {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked = append(c.asked, d)
	return c.FakeClock.NewTimer(d)
}

func (c *counting) AlarmAt(at time.Duration) flow.Alarm {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked = append(c.asked, at-c.Mono())
	return c.FakeClock.AlarmAt(at)
}

func (c *counting) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.asked)
}

func (c *counting) shortest() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	least := c.asked[0]
	for _, d := range c.asked {
		least = min(least, d)
	}
	return least
}
