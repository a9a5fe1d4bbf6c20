package mqtt_test

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"flowc/rt/flow"
	"flowc/rt/mqtt/witness"
)

func TestMosquittoEveryQoS(t *testing.T) {
	t.Parallel()
	m := witness.StartMosquitto(t, "allow_anonymous true")
	for _, qos := range []int64{0, 1, 2} {
		s := newStream(t, m.URL(), qos)
		s.until("a subscription", func() bool { return s.subscribed() })
		s.produce(100)
		s.until("all", func() bool { return len(s.seen()) >= 100 })
		got := s.seen()
		slices.Sort(got)
		if n := len(slices.Compact(got)); n != 100 {
			t.Errorf("QoS %d: %d different messages", qos, n)
		}
		s.stop()
	}
}

func TestMosquittoPassword(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "passwords")
	tool, err := exec.LookPath("mosquitto_passwd")
	if err != nil {
		t.Skip("mosquitto_passwd is not installed")
	}
	if out, err := exec.Command(tool, "-b", "-c", file, "flo", "s3cret").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	m := witness.StartMosquitto(t, "allow_anonymous false\npassword_file "+file)
	home := broker(m.URL())
	home.User, home.Password = "flo", flow.NewSecret("s3cret")
	r := newRig(t)
	r.add("home", home)
	r.prepare(flow.SystemClock())
	if err := home.Check(r.engine.Hosts[0]); err != nil {
		t.Error(err)
	}
	home.Password = flow.NewSecret("wrong")
	want := "the broker at " + m.Addr() + " refuses the connection: not authorized (0x87)"
	if err := home.Check(r.engine.Hosts[0]); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// A stream of QoS 1 through the flow, and the broker goes down in the middle of
// it, twice: everything arrives at least once, and the counters agree.
func TestMosquittoRestartsInTheMiddleOfAStream(t *testing.T) {
	t.Parallel()
	const total = 20000
	m := witness.StartMosquitto(t, "allow_anonymous true")
	s := newStream(t, m.URL(), 1)
	s.until("a subscription", func() bool { return s.subscribed() })
	s.produce(total)
	for _, at := range []int{total / 4, total / 2} {
		s.until("a part", func() bool { return s.arrived() > at })
		m.Stop()
		m.Start()
	}
	s.until("all", func() bool { return s.different() == total })
	s.until("the end of all work", func() bool {
		c := s.counters(streamSoil)
		return c.InFlight == 0
	})
	c := s.counters(streamSoil)
	if !c.Holds() || c.Accepted < total || c.Delivered != c.Accepted {
		t.Errorf("counters: %+v", c)
	}
	t.Logf("%d messages arrived, %d different", s.arrived(), s.different())
	s.mustMatch(total)
}

func (s *stream) mustMatch(total int) {
	s.t.Helper()
	for i := range total {
		if s.count[fmt.Sprint(i)] == 0 {
			s.t.Fatalf("message %d is lost", i)
		}
	}
}
