//go:build !sim

package web

import (
	"os"
	"time"

	"flowc/rt/flow"
)

// simulated is the wire of a simulation; there is none.
func simulated(*runner) wire { return nil }

// tapAnswer tells a simulation that records of an answer; there is none.
func tapAnswer(*flow.Host, *answer) {}

// tellStream tells a simulation what the clients of a stream hear; there is none.
func tellStream(string, []byte) {}

// spread makes a wait this machine's own.
func spread(seed string, n int64, most time.Duration) time.Duration {
	name, _ := os.Hostname()
	return spreadOver(name+seed, n, most)
}
