package main

import (
	"testing"
	"time"

	"flowc/examples/drive"
	"flowc/rt/flow"
)

// Pins of the flow.
const (
	doorPin = 17
	lampPin = 18
)

func TestButtonTogglesLamp(t *testing.T) {
	p := drive.Run(t, info, func(e *flow.Engine) flow.Program { return newProgram(e) })
	if p.On(lampPin) {
		t.Error("the lamp is on at the start")
	}
	for i, want := range []bool{true, false, true} {
		p.Press(doorPin, 100*time.Millisecond)
		if p.On(lampPin) != want {
			t.Errorf("after press %d the lamp is on: %t, want %t", i+1, !want, want)
		}
	}
	p.Stop()
	if p.Pins.Level(lampPin) {
		t.Error("the program left the lamp on")
	}
}

// A contact that chatters for less than its debounce time is one press, not many.
func TestChatterIsOnePress(t *testing.T) {
	p := drive.Run(t, info, func(e *flow.Engine) flow.Program { return newProgram(e) })
	for range 7 {
		p.Pins.SetOn(doorPin, true)
		p.Advance(time.Millisecond)
		p.Pins.SetOn(doorPin, false)
		p.Advance(time.Millisecond)
	}
	p.Advance(time.Second)
	if p.On(lampPin) {
		t.Error("a touch of a few milliseconds switched the lamp")
	}
	p.Pins.SetOn(doorPin, true)
	p.Advance(time.Millisecond)
	p.Pins.SetOn(doorPin, false)
	p.Advance(time.Millisecond)
	p.Pins.SetOn(doorPin, true)
	p.Advance(5 * time.Second)
	if !p.On(lampPin) {
		t.Error("a press that chatters at its beginning did not switch the lamp")
	}
	p.Pins.SetOn(doorPin, false)
	p.Advance(time.Second)
	if !p.On(lampPin) {
		t.Error("letting go switched the lamp")
	}
}
