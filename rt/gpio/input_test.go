package gpio

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/limit"
)

const ms = time.Millisecond

// door is a button as a flow has it, and what it told, with the time.
func door(t *testing.T) (*rig, *Button, *[]string) {
	b := &Button{Pin: 17, Pull: PullUp, ActiveLow: true, Debounce: 30 * ms, Long: 800 * ms, Double: 300 * ms}
	r := newRig(t, b)
	told := &[]string{}
	r.seen = func(at flow.Pass) {
		for _, e := range []struct {
			name string
			did  bool
		}{
			{"down", b.Down.Changed(at) && b.Down.V},
			{"up", b.Down.Changed(at) && !b.Down.V},
			{"pressed", b.Pressed.Happened(at)},
			{"released", b.Released.Happened(at)},
			{"long", b.LongPressed.Happened(at)},
			{"double", b.DoublePressed.Happened(at)},
		} {
			if e.did {
				*told = append(*told, r.clock.Mono().String()+" "+e.name)
			}
		}
	}
	return r, b, told
}

func expect(t *testing.T, told *[]string, want ...string) {
	t.Helper()
	if len(*told) != 0 || len(want) != 0 {
		if !reflect.DeepEqual(*told, want) {
			t.Errorf("told %q, want %q", *told, want)
		}
	}
	*told = nil
}

func TestPress(t *testing.T) {
	r, _, told := door(t)
	r.start()
	expect(t, told, "0s up")
	r.pass(time.Second)
	r.pins.Set(17, false)
	r.pass(29 * ms)
	expect(t, told)
	r.pass(ms)
	expect(t, told, "1.03s down", "1.03s pressed")
	r.pins.Set(17, true)
	r.pass(time.Second)
	expect(t, told, "1.06s up", "1.06s released")
	r.noFaults()
}

func TestHeldAtStartIsALevelWithoutEdges(t *testing.T) {
	r, b, told := door(t)
	r.pins.Set(17, false)
	r.start()
	r.pass(2 * time.Second)
	if !b.Down.OK || !b.Down.V {
		t.Error("not down after start")
	}
	expect(t, told, "0s down")
	r.pins.Set(17, true)
	r.pass(time.Second)
	expect(t, told, "2.03s up", "2.03s released")
}

func TestBounceStorm(t *testing.T) {
	r, _, told := door(t)
	r.start()
	*told = nil
	for range 50 { // 100 edges, 3 ms apart, then it stays down
		r.pins.Set(17, false)
		r.pass(3 * ms)
		r.pins.Set(17, true)
		r.pass(3 * ms)
	}
	expect(t, told)
	r.pins.Set(17, false)
	r.pass(100 * ms)
	expect(t, told, "330ms down", "330ms pressed")
	r.noFaults()
}

func TestGlitchShorterThanDebounce(t *testing.T) {
	r, _, told := door(t)
	r.start()
	*told = nil
	r.pins.Set(17, false)
	r.pass(20 * ms)
	r.pins.Set(17, true)
	r.engine.Settle()
	if _, waits := r.engine.NextTimer(); waits {
		t.Error("a timer waits for nothing")
	}
	r.pass(time.Second)
	expect(t, told)
}

func TestWithoutDebounceAnEdgeIsOneInstant(t *testing.T) {
	i := &In{Pin: 6}
	r := newRig(t, i)
	instants := 0
	r.engine.AfterInstant(func() { instants++ })
	r.start()
	r.pins.Set(6, true)
	r.pins.Set(6, false)
	r.pass(0)
	if instants != 3 || i.On.V || i.On.At != 3 {
		t.Errorf("%d instants, on %+v", instants, i.On)
	}
}

// A press that was long enough counts although the program was busy while it
// came and went: the edges' own times say so.
func TestLateProgramSeesAShortPress(t *testing.T) {
	r, _, told := door(t)
	r.start()
	*told = nil
	r.pins.Set(17, false)
	r.clock.Advance(50 * ms)
	r.pins.Set(17, true)
	r.clock.Advance(200 * ms)
	r.engine.Settle()
	expect(t, told, "250ms down", "250ms pressed")
	r.pass(30 * ms)
	expect(t, told, "280ms up", "280ms released")
}

func TestLongPress(t *testing.T) {
	r, _, told := door(t)
	r.start()
	*told = nil
	r.pins.Set(17, false)
	r.pass(5 * time.Second)
	expect(t, told, "30ms down", "30ms pressed", "830ms long")
	r.pins.Set(17, true)
	r.pass(time.Second)
	*told = nil
	r.pins.Set(17, false)
	r.pass(700 * ms)
	r.pins.Set(17, true)
	r.pass(2 * time.Second)
	expect(t, told, "6.03s down", "6.03s pressed", "6.73s up", "6.73s released")
}

func TestDoublePress(t *testing.T) {
	r, _, told := door(t)
	r.start()
	press := func(gap time.Duration) {
		r.pins.Set(17, false)
		r.pass(50 * ms)
		r.pins.Set(17, true)
		r.pass(gap - 50*ms)
	}
	only := func() (presses, doubles int) {
		for _, s := range *told {
			switch {
			case strings.HasSuffix(s, "pressed"):
				presses++
			case strings.HasSuffix(s, "double"):
				doubles++
			}
		}
		*told = nil
		return presses, doubles
	}
	press(300 * ms)
	press(time.Second)
	if p, d := only(); p != 2 || d != 1 {
		t.Errorf("300 ms apart: %d presses, %d double", p, d)
	}
	press(301 * ms)
	press(time.Second)
	if p, d := only(); p != 2 || d != 0 {
		t.Errorf("301 ms apart: %d presses, %d double", p, d)
	}
	press(200 * ms)
	press(200 * ms)
	press(200 * ms)
	press(time.Second)
	if p, d := only(); p != 4 || d != 2 {
		t.Errorf("four presses: %d presses, %d double, want two pairs", p, d)
	}
	press(100 * ms)
	press(100 * ms)
	press(time.Second)
	if p, d := only(); p != 3 || d != 1 {
		t.Errorf("three fast presses: %d presses, %d double, want one pair", p, d)
	}
}

func TestLostEdgesInTheKernelQueue(t *testing.T) {
	r, b, _ := door(t)
	r.start()
	r.pins.Pause()
	for i := range 300 {
		r.pins.Set(17, i%2 == 1) // the last one is high
	}
	r.pins.Set(17, false)
	r.pins.Resume()
	r.pass(time.Second)
	r.oneFault("45 edges were lost")
	if !b.Down.V {
		t.Error("the last level was lost too")
	}
}

func TestLostEdgesInTheInbox(t *testing.T) {
	r, b, _ := door(t)
	r.start()
	for i := range flow.InboxCount + 11 {
		r.pins.Set(17, i%2 == 1)
	}
	r.pass(time.Second)
	r.oneFault("11 edges were lost")
	if !b.Down.V {
		t.Error("the last level was lost too")
	}
	if c := r.engine.Counters(0); !c.Holds() {
		t.Errorf("%+v", c)
	}
}

func TestBrokenLineIsNotReady(t *testing.T) {
	r, b, _ := door(t)
	r.start()
	r.pins.Set(17, false)
	r.pass(100 * ms)
	r.pins.Break(17, errors.New("no such device"))
	r.pass(2 * time.Second)
	if b.Down.OK {
		t.Error("down is still ready")
	}
	if b.LongPressed.At != 0 {
		t.Error("a long press of a broken line")
	}
	r.oneFault("no such device")
}

func TestUnreadableAtStart(t *testing.T) {
	i := &In{Pin: 6, Pull: PullNone}
	r := newRig(t, i)
	r.pins.Break(6, errors.New("i/o error"))
	r.start()
	if i.On.OK {
		t.Error("ready without a reading")
	}
	r.oneFault("i/o error")
	r.pins.Break(6, nil)
	r.pins.Set(6, true)
	r.pass(0)
	if !i.On.OK || !i.On.V {
		t.Error("an edge does not make it ready")
	}
}

func TestContactMotionIn(t *testing.T) {
	c := &Contact{Pin: 5, Pull: PullUp, ActiveLow: true, Debounce: 30 * ms}
	m := &Motion{Pin: 4, Pull: PullDown, Debounce: 50 * ms}
	i := &In{Pin: 6, Pull: PullNone}
	r := newRig(t, c, m, i)
	r.start()
	if c.Closed.V || !c.Open.V || m.Active.V || i.On.V {
		t.Fatalf("at rest: closed %v open %v active %v on %v", c.Closed, c.Open, m.Active, i.On)
	}
	r.pins.Set(5, false)
	r.pins.Set(4, true)
	r.pins.Set(6, true)
	r.pass(0)
	if c.Closed.V || m.Active.V || !i.On.V {
		t.Errorf("at once: closed %v active %v on %v", c.Closed.V, m.Active.V, i.On.V)
	}
	r.pass(30 * ms)
	if !c.Closed.V || c.Open.V || m.Active.V {
		t.Errorf("after 30 ms: closed %v open %v active %v", c.Closed.V, c.Open.V, m.Active.V)
	}
	r.pass(20 * ms)
	if !m.Active.V {
		t.Error("no motion after 50 ms")
	}
	r.noFaults()
	r.stop()
	if n := len(r.pins.Lines()); n != 0 {
		t.Errorf("%d lines are still claimed", n)
	}
}

func TestSettingsOutOfRange(t *testing.T) {
	for want, b := range map[string]*Button{
		"debounce is -1.ms, it cannot be less than 0.s": {Pin: 17, Debounce: -ms},
		"long is -1.ms, it cannot be less than 0.s":     {Pin: 17, Long: -ms},
		"double is -1.ms, it cannot be less than 0.s":   {Pin: 17, Double: -ms},
	} {
		r := newRig(t, b)
		err := r.engine.Start()
		var limit *limit.Error
		if !errors.As(err, &limit) || limit.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
