package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"flowc/examples/drive"
	"flowc/rt/flow"
)

// rig is the tank with a gauge that the test is the driver of.
type rig struct {
	*drive.Program
	t    *testing.T
	p    *Program
	file string
}

func newRig(t *testing.T, text string) *rig {
	t.Helper()
	r := &rig{t: t, file: filepath.Join(t.TempDir(), "gauge")}
	r.write(text)
	r.Program = drive.Run(t, info, func(e *flow.Engine) flow.Program {
		r.p = newProgram(e, &settings{gaugeFileSet: r.file})
		return r.p
	})
	return r
}

func (r *rig) write(text string) {
	r.t.Helper()
	if err := os.WriteFile(r.file, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

// look lets the gauge be looked at once more, and waits for what comes of it.
func (r *rig) look(text string) {
	r.t.Helper()
	before := r.Counters("tank").Accepted
	r.write(text)
	r.Advance(10 * time.Second)
	r.Until("the look at "+text, func() bool { return r.Engine.Counters(r.Node("tank")).Accepted > before })
}

func (r *rig) pumping() (on bool) {
	r.At(func() { on = r.p.garden.On.V })
	return on
}

func (r *rig) litres() (v float64, known bool) {
	r.At(func() { v, known = float64(r.p.water.V), r.p.water.OK })
	return v, known
}

// The kind reads, the operator settles, the function knows the tank, and the pump obeys.
func TestTheTankIsKnown(t *testing.T) {
	r := newRig(t, "600 18.5")
	r.Until("the first look", func() bool { return r.p.water.OK })
	// Half full: 0.6 m of 1.2 m.
	if v, _ := r.litres(); v < 1074 || v > 1075 {
		t.Errorf("%g litres in a tank that is half full", v)
	}
	if !r.pumping() {
		t.Error("the pump rests although there is water")
	}
	r.look("200 18.5") // a wave: a quarter of it is believed
	var level float64
	r.At(func() { level = float64(r.p.level.V) })
	if level < 0.499 || level > 0.501 {
		t.Errorf("after a wave the level is %g m, want 0.5 m", level)
	}
	r.look("600 1.5")
	if r.pumping() {
		t.Error("the pump runs although it freezes")
	}
}

// Without a reading nothing is known of the tank, and the pump is off.
func TestASilentGaugeStopsThePump(t *testing.T) {
	r := newRig(t, "900 12")
	r.Until("the first look", func() bool { return r.p.water.OK })
	if !r.pumping() {
		t.Fatal("the pump rests although there is water")
	}
	for range 7 {
		r.look("broken")
	}
	if r.pumping() {
		t.Error("the pump runs although the gauge has been broken for a minute")
	}
	if _, known := r.litres(); known {
		t.Error("the volume is known although the gauge has been broken for a minute")
	}
	if f := r.Faults(); len(f) == 0 || !strings.HasSuffix(f[0], `tank: expected two numbers, found "broken"`) {
		t.Errorf("faults: %q", f)
	}
	r.look("900 12")
	if _, known := r.litres(); !known {
		t.Error("the gauge is well again, and the volume is not known")
	}
}

// What the function refuses is a fault at its place in the flow.
func TestTooDeep(t *testing.T) {
	r := newRig(t, "1300 12")
	r.Until("the first look", func() bool { return r.p.tank.Self.OK })
	if f := r.Faults(); len(f) != 1 || f[0] != "own-sensor.hcl:20 water: the water would stand above the tank" {
		t.Errorf("faults: %q", f)
	}
	if r.pumping() {
		t.Error("the pump runs although the volume is not known")
	}
}
