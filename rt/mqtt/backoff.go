package mqtt

import (
	"math/rand/v2"
	"time"

	"flowc/rt/flow"
)

// Limits of the waiting time between two attempts to connect. A broker that
// says "somebody else took over" or "not authorized" is left alone for longer:
// trying again at once would fight the other, or look like an attack.
const (
	backoffLeast = 500 * time.Millisecond
	backoffMost  = 60 * time.Second
	backoffFloor = 30 * time.Second
	// settled is how long a connection must live before the next loss starts
	// from the shortest wait again.
	settled = 10 * time.Second
)

// backoff grows the wait from 0.5 s to 60 s, with full jitter so that many
// clients of a restarted broker do not come back at once.
type backoff struct {
	tries  int
	random func(n int64) int64
}

func newBackoff() backoff { return backoff{random: rand.Int64N} }

// next is the wait before the next attempt, at least floor.
func (b *backoff) next(floor time.Duration) time.Duration {
	least := max(backoffLeast, floor)
	most := backoffMost
	if b.tries < 6 {
		most = min(most, backoffLeast<<(b.tries+1))
	}
	most = max(most, min(2*least, backoffMost))
	b.tries++
	return least + time.Duration(b.random(int64(most-least)+1))
}

func (b *backoff) reset() { b.tries = 0 }

// Limits for a message that the broker refused for the moment.
const (
	retryLeast = 100 * time.Millisecond
	retryMost  = 30 * time.Second
	retryTimes = 5
)

// retryAfter is the wait before attempt number n+1 of one message.
func retryAfter(n int, random func(int64) int64) time.Duration {
	most := min(retryMost, retryLeast<<min(n-1, 10))
	return time.Duration(random(int64(most))) + time.Millisecond
}

// seconds is a waiting time as people read it: "0.7 s", "12 s".
func seconds(d time.Duration) string {
	tenths := int64(d.Round(100*time.Millisecond) / (100 * time.Millisecond))
	if tenths >= 100 || tenths%10 == 0 {
		return flow.FormatInt((tenths+5)/10) + " s"
	}
	return flow.FormatInt(tenths/10) + "." + flow.FormatInt(tenths%10) + " s"
}
