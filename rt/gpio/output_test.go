package gpio

import (
	"errors"
	"strings"
	"syscall"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/limit"
)

// well is a pump whose `on` the test says.
type well struct {
	*rig
	pump *Pump
	want flow.Val[bool]
}

func newWell(t *testing.T, maxOn, rest time.Duration) *well {
	p := &Pump{Pin: 22, MaxOn: maxOn, Rest: rest}
	w := &well{rig: newRig(t, p), pump: p}
	w.equations = func() { p.On.Want = w.want }
	return w
}

// say changes what is wanted, as an instant of its own.
func (w *well) say(v flow.Val[bool]) {
	w.want = v
	w.engine.Hosts[0].Wake()
	w.engine.Settle()
}

func (w *well) is(on bool, when string) {
	w.t.Helper()
	if high := w.pins.Level(22); high != on {
		w.t.Errorf("%s: the pin is %v, want %v", when, high, on)
	}
	if w.pump.On.V != on || !w.pump.On.OK {
		w.t.Errorf("%s: commanded %v (ready %v), want %v", when, w.pump.On.V, w.pump.On.OK, on)
	}
}

var (
	on       = flow.Ready(true)
	off      = flow.Ready(false)
	notReady = flow.Val[bool]{}
)

func TestOutputFollows(t *testing.T) {
	w := newWell(t, time.Hour, 0)
	w.start()
	w.is(false, "at start")
	if w.pump.Wanted.OK {
		t.Error("wanted is ready before anybody wanted anything")
	}
	w.say(on)
	w.is(true, "wanted")
	if !w.pump.Wanted.V {
		t.Error("wanted is off")
	}
	w.say(notReady)
	w.is(false, "not ready")
	w.say(on)
	w.is(true, "wanted again")
	w.say(off)
	w.is(false, "not wanted")
	w.noFaults()
}

func TestMaxOnCutsAndStaysOffUntilNotWanted(t *testing.T) {
	for name, end := range map[string]flow.Val[bool]{"off": off, "not ready": notReady} {
		w := newWell(t, 10*time.Minute, 0)
		w.start()
		w.say(on)
		w.pass(10*time.Minute - ms)
		w.is(true, "just before max_on")
		w.noFaults()
		w.pass(ms)
		w.is(false, "at max_on")
		w.oneFault("max_on: switched off after 10.min, though still wanted; it stays off until it was not wanted once")
		w.say(on)
		w.is(false, "still wanted")
		w.pass(24 * time.Hour)
		w.is(false, "still wanted a day later")
		w.say(end)
		w.is(false, name)
		w.say(on)
		w.is(true, "wanted anew after "+name)
		w.pass(10 * time.Minute)
		w.is(false, "max_on of the second run")
	}
}

func TestMaxOnCountsEachRun(t *testing.T) {
	w := newWell(t, 10*time.Minute, 0)
	w.start()
	for range 5 {
		w.say(on)
		w.pass(9 * time.Minute)
		w.is(true, "after 9 minutes")
		w.say(off)
		w.pass(time.Second)
	}
	if _, waits := w.engine.NextTimer(); waits {
		t.Error("a timer waits for a run that is over")
	}
	w.pass(time.Hour)
	w.noFaults()
}

func TestRestAfterACut(t *testing.T) {
	w := newWell(t, 10*time.Minute, 30*time.Minute)
	w.start()
	w.pass(time.Hour)
	w.say(on)
	w.pass(10 * time.Minute)
	w.is(false, "cut")
	w.oneFault("it may be on again in 30.min")
	w.pass(30*time.Minute - ms)
	w.is(false, "resting")
	w.pass(ms)
	w.is(true, "rested, and still wanted")
}

func TestRestAfterAnyRun(t *testing.T) {
	w := newWell(t, 10*time.Minute, 30*time.Minute)
	w.start()
	w.pass(time.Hour)
	w.say(on)
	w.pass(time.Minute)
	w.say(off)
	w.pass(time.Minute)
	w.say(on)
	w.is(false, "resting")
	if !w.pump.Wanted.V {
		t.Error("wanted hides what is wanted")
	}
	w.say(off)
	w.pass(28 * time.Minute)
	w.say(on)
	w.is(false, "30 minutes count from the end of the run")
	w.pass(time.Minute)
	w.is(true, "rested")
	w.noFaults()
}

func TestRestAtStart(t *testing.T) {
	w := newWell(t, 10*time.Minute, 30*time.Minute)
	w.want = on
	w.clock.Advance(24 * time.Hour) // the clock is older than the start
	w.start()
	w.is(false, "at start")
	w.pass(30*time.Minute - ms)
	w.is(false, "it may have been on just before the start")
	w.pass(ms)
	w.is(true, "rested")
}

// The timer of `rest` and the end of the wish in one instant: nothing runs, so
// nothing has to rest again.
func TestRestEndsWhenTheWishDoes(t *testing.T) {
	w := newWell(t, 10*time.Minute, 30*time.Minute)
	w.want = on
	w.start()
	runs := 0
	w.pins.OnChange(func(Pin, bool) { runs++ })
	w.equations = func() {
		w.pump.On.Want = flow.Ready(w.clock.Mono() != 30*time.Minute)
	}
	w.pass(30 * time.Minute)
	w.is(false, "not wanted at 30 minutes")
	w.pass(ms)
	w.say(on)
	w.is(true, "wanted a moment later")
	if runs != 1 {
		t.Errorf("the pin changed %d times, want once", runs)
	}
}

// Not wanted and wanted again within one instant writes nothing, so it is no
// break: max_on ends the run all the same.
func TestMaxOnIsNotFooledByAnInstantOfManyPasses(t *testing.T) {
	w := newWell(t, 10*time.Minute, 0)
	w.start()
	w.say(on)
	w.pass(10*time.Minute - ms)
	passes := 0
	w.equations = func() {
		passes++
		w.pump.On.Want = flow.Ready(passes > 1)
		if passes == 1 {
			w.engine.Tick(0, flow.NoTimer, 1).Again()
		}
	}
	w.pass(ms)
	if passes != 2 {
		t.Fatalf("%d passes", passes)
	}
	w.is(false, "at max_on")
	w.oneFault("max_on")
}

func TestSafeOn(t *testing.T) {
	f := &Fan{Pin: 26, Safe: true, ActiveLow: true, Rest: time.Hour}
	r := newRig(t, f)
	levels := []bool{}
	r.pins.OnChange(func(_ Pin, high bool) { levels = append(levels, high) })
	r.start()
	if !f.On.V || r.pins.Level(26) {
		t.Error("not on (low) while nothing is known: `rest` does not end a run")
	}
	f.On.Want = off
	r.engine.Hosts[0].Wake()
	r.engine.Settle()
	if f.On.V || !r.pins.Level(26) {
		t.Error("not off (high) when wanted off")
	}
	r.stop()
	if r.pins.Level(26) {
		t.Error("not on (low) after stop")
	}
	if len(levels) != 3 {
		t.Errorf("levels %v: want low, high, low and no click", levels)
	}
}

func TestNoClickAtStart(t *testing.T) {
	k := &Relay{Pin: 23, ActiveLow: true}
	r := newRig(t, k)
	var levels []bool
	r.pins.OnChange(func(_ Pin, high bool) { levels = append(levels, high) })
	r.start()
	r.stop()
	if len(levels) != 1 || !levels[0] {
		t.Errorf("levels %v, want high alone: an active-low relay at rest", levels)
	}
}

func TestStopIsSafe(t *testing.T) {
	w := newWell(t, time.Hour, 0)
	w.start()
	w.say(on)
	w.is(true, "running")
	w.stop()
	if w.pins.Level(22) {
		t.Error("on after stop")
	}
	if len(w.pins.Lines()) != 0 {
		t.Error("the line is still claimed")
	}
}

func TestSafeState(t *testing.T) {
	f := &Fan{Pin: 26, Safe: true}
	r := newRig(t, f)
	if err := f.SafeState(r.engine.Hosts[0]); err != nil {
		t.Fatal(err)
	}
	if !r.pins.Level(26) || len(r.pins.Lines()) != 0 {
		t.Error("not safe, or not let go")
	}
}

func TestWriteFailureIsTriedAgain(t *testing.T) {
	w := newWell(t, time.Hour, 0)
	w.start()
	w.say(on)
	w.pins.Break(22, errors.New("i/o error"))
	w.say(off)
	if !w.pins.Level(22) {
		t.Fatal("a broken pin was driven")
	}
	w.oneFault("cannot drive pin 22: i/o error")
	w.pins.Break(22, nil)
	w.pass(time.Second)
	w.is(false, "a second later")
}

func TestPinInUse(t *testing.T) {
	w := newWell(t, time.Hour, 0)
	w.pins.Hold(22, "other-program")
	for _, err := range []error{w.engine.Start(), w.pump.Check(w.engine.Hosts[0])} {
		if err == nil {
			t.Fatal("a busy pin was claimed")
		}
		if !errors.Is(err, syscall.EBUSY) {
			t.Errorf("%v hides its cause", err)
		}
		if want := `pin 22 is used by "other-program": stop it first`; !strings.Contains(err.Error(), want) {
			t.Errorf("got %s, want %s", err, want)
		}
	}
}

// A start that fails leaves what was started before it safe and free.
func TestFailedStart(t *testing.T) {
	f := &Fan{Pin: 26, Safe: true}
	p := &Pump{Pin: 22, MaxOn: time.Hour}
	r := newRig(t, f, p)
	r.pins.Hold(22, "other-program")
	if err := r.engine.Start(); err == nil {
		t.Fatal("started")
	}
	if len(r.pins.Lines()) != 0 || !r.pins.Level(26) {
		t.Error("the fan is not safe and free")
	}
}

func TestLimitsOutOfRange(t *testing.T) {
	for want, k := range map[string]flow.Thing{
		"max_on is 0.s, it must be more than 0.s":    &Pump{Pin: 22},
		"max_on cannot be kept with safe = on":       &Relay{Pin: 22, Safe: true, MaxOn: flow.Some(time.Minute)},
		"rest is -1.min, it cannot be less than 0.s": &Fan{Pin: 22, Rest: -time.Minute},
	} {
		r := newRig(t, k)
		err := r.engine.Start()
		var limit *limit.Error
		if !errors.As(err, &limit) || limit.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
		if len(r.pins.Lines()) != 0 {
			t.Error("the pin was touched")
		}
	}
}

// Every output kind hands its own settings to the shared half.
func TestEveryOutputKind(t *testing.T) {
	limit := flow.Some(time.Minute)
	led := &Led{Pin: 2, ActiveLow: true, MaxOn: limit, Rest: time.Second}
	light := &Light{Pin: 2, ActiveLow: true, MaxOn: limit, Rest: time.Second}
	relay := &Relay{Pin: 2, ActiveLow: true, MaxOn: limit, Rest: time.Second}
	pump := &Pump{Pin: 2, ActiveLow: true, MaxOn: time.Minute, Rest: time.Second}
	valve := &Valve{Pin: 2, ActiveLow: true, MaxOn: time.Minute, Rest: time.Second}
	heater := &Heater{Pin: 2, ActiveLow: true, MaxOn: time.Minute, Rest: time.Second}
	fan := &Fan{Pin: 2, ActiveLow: true, MaxOn: limit, Rest: time.Second}
	motor := &Motor{Pin: 2, ActiveLow: true, MaxOn: time.Minute, Rest: time.Second}
	out := &Out{Pin: 2, ActiveLow: true, MaxOn: limit, Rest: time.Second}
	for _, k := range []struct {
		name   string
		thing  flow.Thing
		on     *flow.Drive[bool]
		wanted *flow.Value[bool]
	}{
		{"led", led, &led.On, &led.Wanted}, {"light", light, &light.On, &light.Wanted},
		{"relay", relay, &relay.On, &relay.Wanted}, {"pump", pump, &pump.On, &pump.Wanted},
		{"valve", valve, &valve.On, &valve.Wanted}, {"heater", heater, &heater.On, &heater.Wanted},
		{"fan", fan, &fan.On, &fan.Wanted}, {"motor", motor, &motor.On, &motor.Wanted},
		{"gpio_out", out, &out.On, &out.Wanted},
	} {
		t.Run(k.name, func(t *testing.T) {
			r := newRig(t, k.thing)
			k.on.Want = on
			r.start()
			if !r.pins.Level(2) || !k.wanted.V || k.on.V {
				t.Error("no rest at start")
			}
			r.pass(time.Second)
			if r.pins.Level(2) || !k.on.V {
				t.Error("not on (low) after the rest")
			}
			r.pass(time.Minute)
			if !r.pins.Level(2) || k.on.V {
				t.Error("not off (high) at max_on")
			}
			r.oneFault("max_on")
			r.stop()
			r.pins.Set(2, false)
			if err := k.thing.(flow.SafeStater).SafeState(r.engine.Hosts[0]); err != nil {
				t.Error(err)
			}
			if !r.pins.Level(2) {
				t.Error("not safe (high)")
			}
			if err := k.thing.(flow.Checker).Check(r.engine.Hosts[0]); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestSpoken(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0.s", time.Second: "1.s", 90 * time.Second: "90.s", 10 * time.Minute: "10.min",
		2 * time.Hour: "2.h", 30 * ms: "30.ms", 1500 * time.Microsecond: "0.0015.s", -ms: "-1.ms",
	} {
		if got := limit.Spoken(d); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
}
