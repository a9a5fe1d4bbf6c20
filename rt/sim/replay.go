package sim

import (
	"io"

	"flowc/rt/flow"
	"flowc/rt/gpio"
	"flowc/rt/sim/outside"
	"flowc/rt/sim/report"
)

// replay plays a recording to its end. What came in comes in again, at its own
// moment; what the program makes of it, its timers included, is its own.
func (t *T) replay(r *recording) {
	defer r.file.Close()
	for {
		in, err := r.next()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.fail(&report.Failure{Summary: err.Error()})
		}
		if d := in.Time.Sub(t.clock.Now()); d > 0 {
			t.until(t.clock.Mono() + d)
		}
		if problem := t.inject(in); problem != "" {
			t.fail(&report.Failure{Summary: "line " + flow.FormatInt(int64(r.n)) + " of the recording: " + problem})
		}
		t.settle()
	}
}

// inject lets an input come in; the problem is one that the flow of today does not
// know.
func (t *T) inject(in outside.Input) (problem string) {
	switch {
	case in.Connected != nil:
		t.bus.Connect(in.Thing, *in.Connected)
	case in.On != nil:
		w, _ := t.program.(flow.Watched)
		pin, ok := 0, false
		if w != nil {
			pin, ok = w.Pins()[in.Thing]
		}
		if !ok {
			return "the flow has no pin of \"" + in.Thing + "\""
		}
		t.pins.SetOn(gpio.Pin(pin), *in.On)
	case in.Method != "":
		return outside.Ask(in.Method, in.Topic, in.Payload+string(in.Bytes), func(int, string) {})
	case in.Status > 0 || in.Failure != "":
		if in.Bytes != nil {
			in.Payload = string(in.Bytes)
		}
		s, ok := outside.Lookup(in.Thing)
		if !ok {
			return "nothing called \"" + in.Thing + "\" asks for answers"
		}
		once, ok := s.(outside.Replayed)
		switch {
		case !ok:
			s.Set(in.Payload)
		case in.Failure != "":
			once.Break(in.Failure)
		default:
			once.Once(in.Status, in.Payload)
		}
	default:
		payload := in.Bytes
		if payload == nil {
			payload = []byte(in.Payload)
		}
		if !t.bus.File(in.Thing, in.Topic, payload, in.QoS, in.Retained) {
			return "no messages come to \"" + in.Thing + "\""
		}
	}
	return ""
}
