package flow_test

import (
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
)

func rang(a flow.Alarm) bool {
	select {
	case <-a.C():
		return true
	default:
		return false
	}
}

func TestFakeClock(t *testing.T) {
	noon := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	c := flow.NewFakeClock(noon)
	at, late, stopped := c.NewTimer(time.Second), c.NewTimer(2*time.Second), c.NewTimer(time.Second)
	stopped.Stop()
	now := c.NewTimer(0)
	if !rang(now) || rang(now) || rang(at) || c.Alarms() != 2 {
		t.Error("an alarm for now rings once, and at once")
	}
	c.Advance(time.Second)
	if !rang(at) || rang(late) || rang(stopped) || c.Alarms() != 1 {
		t.Error("after a second the first alarm rings, and it alone")
	}
	c.SetWall(noon.Add(time.Hour))
	if c.Mono() != time.Second || !c.Now().Equal(noon.Add(time.Hour)) || rang(late) {
		t.Error("wall time alone was to move")
	}
	c.Advance(time.Second)
	if !rang(late) || c.Mono() != 2*time.Second || !c.Now().Equal(noon.Add(time.Hour+time.Second)) {
		t.Error("both times were to move")
	}
}

func TestSystemClock(t *testing.T) {
	c := flow.SystemClock()
	if strings.Contains(c.Now().String(), "m=") {
		t.Error("wall time has a monotonic part: comparing it would hide that it was set")
	}
	never := c.NewTimer(time.Hour)
	defer never.Stop()
	before := c.Mono()
	finished(t, "an alarm", c.NewTimer(time.Millisecond).C())
	if d := c.Mono() - before; d < time.Millisecond {
		t.Errorf("the alarm rang after %v", d)
	}
	if rang(never) {
		t.Error("an alarm of an hour rang")
	}
}

func TestTopicPart(t *testing.T) {
	for _, good := range []string{"", "tomatoes", "Küche 2", "$SYS"} {
		if got, err := flow.TopicPart(good); err != nil || got != good {
			t.Errorf("%q: %q, %v", good, got, err)
		}
	}
	for bad, want := range map[string]string{
		"a/b":                         "topic: the data \"a/b\" holds `/`, which has a meaning in a topic",
		"+":                           "topic: the data \"+\" holds `+`, which has a meaning in a topic",
		"#":                           "topic: the data \"#\" holds `#`, which has a meaning in a topic",
		strings.Repeat("ä", 50) + "/": "topic: the data \"" + strings.Repeat("ä", 20) + "…\" holds `/`, which has a meaning in a topic",
	} {
		if _, err := flow.TopicPart(bad); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", bad, err, want)
		}
	}
	if _, err := flow.TopicPart("a\x00b"); err == nil || strings.Contains(err.Error(), "\x00") {
		t.Errorf("NUL: %q", err)
	}
}
