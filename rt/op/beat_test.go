package op

import (
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/flow/flowtest"
)

func TestBeatOfNoLengthNeverBeats(t *testing.T) {
	var b beat
	s := flowtest.New(t, func(tick flow.Tick) {
		if b.tick(tick, 0) {
			t.Error("beats")
		}
	})
	s.Advance(time.Hour)
	if _, set := s.Timer(); set {
		t.Error("a timer is set")
	}
}
