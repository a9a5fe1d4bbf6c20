package outbox

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
)

var timelines = flag.Int("timelines", 300, "how many random timelines are played")

// timeline is a random life of a buffer: messages, confirmations, lost connections,
// kills, power cuts in the middle of a write, restarts, and clocks that are put back.
type timeline struct {
	*world
	*rand.Rand
	s settings
	r *rig
	// plant spoils the disk or the sink.
	plant func(*timeline)
	steps []string
}

// most is how many messages the peer sends without an acknowledgement.
const most = 40

func newTimeline(t *testing.T, seed uint64, plant func(*timeline)) *timeline {
	l := &timeline{world: newWorld(t), Rand: rand.New(rand.NewPCG(seed, 6)), plant: plant}
	l.disk.wall = l.clock.Now
	l.s.Keep = 1000 * time.Hour
	l.s.When = []flow.BufferWhen{flow.BufferAuto, flow.BufferAuto, flow.BufferAlways}[l.IntN(3)]
	l.s.first = l.IntN(3) == 0
	l.s.window = []int{1, 4, 64}[l.IntN(3)]
	if l.IntN(3) == 0 {
		l.s.Rows = int64(5 + l.IntN(50))
	}
	if plant != nil {
		plant(l)
	}
	return l
}

// play plays the timeline and holds what the receiver got against what was sent.
func (l *timeline) play() error {
	l.r = l.boot(l.s)
	for range 150 + l.IntN(150) {
		if err := l.step(); err != nil {
			return fmt.Errorf("%w\n%s", err, strings.Join(l.steps, " "))
		}
	}
	if err := l.drain(); err != nil {
		return fmt.Errorf("%w\n%s", err, strings.Join(l.steps, " "))
	}
	return nil
}

func (l *timeline) note(format string, args ...any) {
	l.steps = append(l.steps, fmt.Sprintf(format, args...))
}

func (l *timeline) step() error {
	switch n := l.IntN(100); {
	case n < 45:
		for range 1 + l.IntN(6) {
			if len(l.unacked) < most {
				l.r.send()
			}
		}
		l.note("send")
	case n < 60:
		if err := l.write(); err != nil {
			return err
		}
	case n < 75:
		if l.up {
			got := l.IntN(20)
			l.r.sink.arrive(got, l.IntN(got+1), flow.OutcomeDelivered)
			l.note("arrive")
		}
	case n < 85:
		d := time.Duration(l.IntN(3000)) * time.Millisecond
		l.clock.Advance(d)
		l.note("+%s", d)
	case n < 91:
		l.up = !l.up
		l.r.e.Hosts[1].Done(0)
		l.note("up=%v", l.up)
	case n < 93:
		l.clock.SetWall(l.clock.Now().Add(-time.Hour))
		l.note("clock back")
	case n < 95:
		l.disk.cut = 1 + l.IntN(3)
		l.note("cut%d", l.disk.cut)
	case n < 97:
		l.note("kill")
		return l.again(false)
	case n < 98:
		l.note("restart")
		return l.restart()
	default:
		l.note("power")
		l.disk.lose()
		return l.again(true)
	}
	l.r.e.Settle()
	return l.r.law()
}

// write lets the writer make what waits. The power may go in the middle of it.
func (l *timeline) write() (err error) {
	l.note("write")
	defer func() {
		if v := recover(); v != nil {
			if _, ok := v.(crash); !ok {
				panic(v)
			}
			l.note("(cut)")
			l.disk.lose()
			err = l.again(true)
		}
	}()
	l.r.box.writer.group()
	l.r.e.Settle()
	return l.r.law()
}

// again starts the program anew after it died.
func (l *timeline) again(power bool) error {
	if !power {
		l.disk.cut, l.disk.owed = 0, nil
	}
	if l.doubled > l.s.window {
		return fmt.Errorf("%d rows that were confirmed were sent again after one crash, with a window of %d", l.doubled, l.s.window)
	}
	l.doubled, l.fresh = 0, 0
	l.r = l.boot(l.s)
	return l.r.law()
}

// restart is an end without haste: nothing is confirmed twice after it.
func (l *timeline) restart() error {
	l.disk.cut = 0
	for range 3 {
		l.r.shelf.Drained()
		l.r.e.Settle()
		l.r.box.writer.group()
		l.r.e.Settle()
	}
	l.r.box.writer.group()
	if err := l.again(false); err != nil {
		return err
	}
	for range 4 {
		l.r.box.writer.group()
		l.r.e.Settle()
	}
	if l.fresh > 0 {
		return fmt.Errorf("%d rows that were confirmed were sent again after a restart", l.fresh)
	}
	return nil
}

// drain lets everything arrive, and looks at the whole.
func (l *timeline) drain() error {
	l.up, l.disk.cut = true, 0
	l.r.e.Hosts[1].Done(0)
	for i := 0; len(l.unacked) > 0 || l.r.shelf.Count().Waiting > 0 || len(l.r.sink.rows) > 0; i++ {
		if i > 10_000 {
			return fmt.Errorf("it does not end: %d unacknowledged, %+v", len(l.unacked), l.r.shelf.Count())
		}
		l.r.e.Settle()
		l.r.box.writer.group()
		l.r.e.Settle()
		l.r.sink.arrive(64, 64, flow.OutcomeDelivered)
		l.r.e.Settle()
		if i%10 == 9 {
			l.clock.Advance(time.Second)
		}
	}
	l.r.box.writer.group()
	l.r.e.Settle()
	for m := range l.sent {
		if l.seen[m] == 0 {
			return fmt.Errorf("message %d of %d is lost", m, l.sent)
		}
	}
	last := -1
	for _, m := range l.got {
		if m > last+1 {
			return fmt.Errorf("message %d came before %d", m, last+1)
		}
		last = max(last, m)
	}
	if l.ended != "" {
		return errors.New(l.ended)
	}
	if n := len(l.disk.system); n > 0 {
		return fmt.Errorf("%d rows stay on the disk", n)
	}
	if l.doubled > l.s.window {
		return fmt.Errorf("%d rows that were confirmed were sent again after one crash, with a window of %d", l.doubled, l.s.window)
	}
	return l.r.law()
}

// TestTimelines: nothing acknowledged is lost, in order, doubled at most by the window
// after a crash, whatever happens.
func TestTimelines(t *testing.T) {
	for seed := range uint64(*timelines) {
		if err := newTimeline(t, seed, nil).play(); err != nil {
			t.Fatalf("timeline %d: %v", seed, err)
		}
	}
}

// TestPlanted: each of the old mistakes is found by the same timelines.
func TestPlanted(t *testing.T) {
	for name, plant := range map[string]func(*timeline){
		"the source is told before the row is written": func(l *timeline) { l.disk.early = true },
		"what was written is not synced":               func(l *timeline) { l.disk.unsynced = true },
		"rows are read in the order of the wall clock": func(l *timeline) { l.disk.byTime = true },
		"a row is removed when it is sent":             func(l *timeline) { l.s.hasty = true },
	} {
		var found error
		for seed := uint64(0); seed < 200 && found == nil; seed++ {
			found = newTimeline(t, seed, plant).play()
		}
		if found == nil {
			t.Errorf("%s: not found", name)
			continue
		}
		first, _, _ := strings.Cut(found.Error(), "\n")
		t.Logf("%s: %s", name, first)
	}
}

// TestBothEndsUp: while both ends are there nothing is written.
func TestBothEndsUp(t *testing.T) {
	w := newWorld(t)
	r := w.boot(settings{Buffering: flow.Buffering{Keep: time.Hour, When: flow.BufferAuto}, window: 8})
	for range 1000 {
		r.send()
		r.e.Settle()
		if r.Count()%3 == 0 {
			r.sink.arrive(8, 8, flow.OutcomeDelivered)
			w.clock.Advance(100 * time.Millisecond)
		}
		r.e.Settle()
		r.box.writer.group()
	}
	r.sink.arrive(8, 8, flow.OutcomeDelivered)
	r.e.Settle()
	if w.disk.applied > 0 || len(w.seen) != 1000 {
		t.Errorf("%d writes, %d messages arrived", w.disk.applied, len(w.seen))
	}
}

// Count is how many the peer has sent.
func (r *rig) Count() int { return r.sent }

// TestDropsAreCounted: with a policy that drops, what did not arrive was counted.
func TestDropsAreCounted(t *testing.T) {
	for seed := range uint64(200) {
		l := newTimeline(t, seed, nil)
		l.s.Rows = int64(1 + l.IntN(20))
		l.s.OnFull = []flow.BufferFull{flow.FullDropOldest, flow.FullDropNewest}[l.IntN(2)]
		if l.IntN(2) == 0 {
			l.s.Keep = time.Duration(1+l.IntN(20)) * time.Second
		}
		l.r = l.boot(l.s)
		dead := 0
		for range 300 {
			switch n := l.IntN(10); {
			case n < 4:
				l.r.send()
			case n < 6:
				l.r.box.writer.group()
			case n < 7 && l.up:
				l.r.sink.arrive(3, 3, flow.OutcomeDelivered)
			case n < 8 && l.up && len(l.r.sink.rows) > 0:
				dead++
				l.r.sink.arrive(1, 1, flow.OutcomeDead)
			case n < 9:
				l.clock.Advance(time.Duration(l.IntN(3000)) * time.Millisecond)
			default:
				l.up = !l.up
				l.r.e.Hosts[1].Done(0)
			}
			l.r.e.Settle()
			if err := l.r.law(); err != nil {
				t.Fatalf("timeline %d: %v", seed, err)
			}
		}
		err := l.drain()
		c := l.r.shelf.Count()
		if got := uint64(len(l.seen)) + c.Dropped + c.Refused + uint64(l.dropped) - c.Refused; got != uint64(l.sent) {
			t.Errorf("timeline %d: %d arrived, %d were dropped from the disk, %d turned away or dropped in memory, of %d (%+v, %v)",
				seed, len(l.seen), c.Dropped, l.dropped, l.sent, c, errors.Unwrap(err))
		}
		if l.disk.dead != dead {
			t.Errorf("timeline %d: %d dead letters, want %d", seed, l.disk.dead, dead)
		}
	}
}
