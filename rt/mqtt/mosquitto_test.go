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

// BenchmarkPublish is how many messages of 70 bytes a second a flow gets rid of
// at QoS 1, each confirmed, from Shoot to `sent`.
func BenchmarkPublish(b *testing.B) {
	m := witness.StartMosquitto(b, "allow_anonymous true")
	home := broker(m.URL())
	o := out(home, 1)
	r := newRig(b)
	r.add("home", home)
	r.add("out", o)
	payload := `{"moisture": 41.5, "battery": 3.01, "at": "2026-11-22T10:14:00.000Z"}`
	shot, sent, total := 0, 0, 0
	emit := func() {
		shot++
		o.Topic.V, o.Send.V = "garden/tomatoes/soil", payload
		o.Shoot(r.engine.Hosts[1])
	}
	r.step = func(r *rig) {
		if o.Sent.Happened(r.engine.Pass) {
			if sent++; shot < total {
				emit()
			} else if sent == total {
				r.saw("over")
			}
		}
	}
	r.start(flow.SystemClock())
	run := func(n int) {
		r.note(func() { r.got = nil })
		r.at(func() {
			shot, sent, total = 0, 0, n
			for shot < min(n, 128) {
				emit()
			}
		})
		r.engine.Hosts[0].Done(0)
		r.until("all confirmed", func() bool { return len(r.seen()) == 1 })
	}
	run(10)
	b.ReportAllocs()
	b.ResetTimer()
	run(b.N)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msg/s")
}
