// Package faults breaks programs that run, and looks whether what RUNTIME promises still holds: real flows, compiled
// by flowc, real processes killed, a network that cuts and stalls, a broker that forgets. README.md holds the figures.
package faults

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"flowc/rt/mqtt/witness"
)

var (
	rounds = flag.Int("rounds", 0, "how often a rig breaks the program; 0 for what the rig says")
	seed   = flag.Uint64("seed", 1, "what a rig's random choices follow from")
)

// together is how many rigs run beside each other in the short version.
const together = 4

func TestMain(m *testing.M) {
	flag.Parse()
	if !long {
		flag.Set("test.parallel", strconv.Itoa(max(together, runtime.GOMAXPROCS(0))))
	}
	os.Exit(m.Run())
}

// patience is how long nothing at all may arrive while something is owed.
const patience = 40 * time.Second

// window is how many messages may be under way without a confirmation: mqtt_out's
// default, and the receive maximum that the runtime tells a broker.
const window = 64

// run is one go of a rig. What is wrong is collected, not failed: with a planted bug
// something has to be.
type run struct {
	t       testing.TB
	program string
	rounds  int
	seed    uint64
	random  *rand.Rand
	// patience is how long the rig waits for something that is owed.
	patience time.Duration
	findings []string
	figures  string
}

// beside lets the short version of a rig run beside another: they wait for most of their time.
func beside(t *testing.T) {
	if !long {
		t.Parallel()
	}
}

func newRun(t testing.TB, program string, short, full int) *run {
	r := &run{t: t, program: program, rounds: short, seed: *seed, patience: patience}
	if long {
		r.rounds = full
	}
	if *rounds > 0 {
		r.rounds = *rounds
	}
	r.random = rand.New(rand.NewPCG(r.seed, 0))
	return r
}

func (r *run) wrong(format string, args ...any) {
	r.findings = append(r.findings, fmt.Sprintf(format, args...))
}

// report fails the test with what was found.
func (r *run) report() {
	r.t.Helper()
	r.t.Logf("%d rounds, seed %d: %s", r.rounds, r.seed, r.figures)
	for _, f := range r.findings {
		r.t.Error(f)
	}
}

// up to the end of the interval, at random.
func (r *run) within(d time.Duration) time.Duration { return time.Duration(r.random.Int64N(int64(d))) }

// drain waits until all of total messages have arrived, and gives up when nothing
// arrives any more. Whoever does not get all gets the missing ones told.
func (r *run) drain(b *witness.Broker, l *ledger, total int) {
	for l.has() < total && l.silence() < r.patience {
		b.Wait(time.Second, func() bool { return l.has() >= total })
	}
	if lost := l.missing(total); len(lost) > 0 {
		r.wrong("%d of %d messages are lost: %s", len(lost), total, some(lost))
	}
}

// caughtUp waits until the program has no more before it than a window.
func (r *run) caughtUp(b *witness.Broker, l *ledger, s *load) {
	if !b.Wait(r.patience, func() bool { return l.has() >= s.count()-window }) {
		r.wrong("after %v the program has not caught up: %d of %d messages arrived", r.patience, l.has(), s.count())
	}
}

// newWitness is a broker that tells the ledger what comes in on out/.
func newWitness(t testing.TB, l *ledger) *witness.Broker {
	t.Helper()
	b, err := witness.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	if l != nil {
		b.OnPublish(func(m witness.Message) {
			if len(m.Topic) > 4 && m.Topic[:4] == "out/" {
				l.note(m.Payload)
			}
		})
	}
	return b
}
