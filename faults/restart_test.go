package faults

import (
	"fmt"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"flowc/rt/mqtt/witness"
)

// TestRestart kills a real broker under load and starts it with nothing of what it knew, as
// mosquitto without persistence does: the one that messages come from, the one they go to, or
// both. What the program had accepted arrives, and so does what is published once it has
// subscribed again; what it keeps with a broker lies there again.
func TestRestart(t *testing.T) {
	beside(t)
	r := newRun(t, source{flow: "pipe.hcl", set: withStatus}.build(t), 3, 30)
	restartRig(r)
	r.report()
}

// withStatus lets the program keep its availability with the broker that messages go to.
var withStatus = map[string]string{`client_id = "pipe-out"`: "client_id = \"pipe-out\"\n  availability = \"pipe/status\""}

func itemPayload(id int) string { return `{"id":` + strconv.Itoa(id) + `,"text":"x"}` }

// restarts is what a rig with two real brokers works with.
type restarts struct {
	r            *run
	source, sink *witness.Mosquitto
	in, out      *proxy
	seen         *tap
	l            *ledger
	producer     *producer
	subscriber   *peer
	// marks counts the messages that tell that all before them have come, kept those that the
	// sink had of the program's availability.
	marks, kept atomic.Int64
	// forgotten are the messages that the source took with it.
	forgotten map[int]bool
}

func restartRig(r *run) {
	s := &restarts{r: r, l: newLedger(), seen: newTap(), forgotten: map[int]bool{}}
	s.source, s.sink = witness.StartMosquitto(r.t, "allow_anonymous true"), witness.StartMosquitto(r.t, "allow_anonymous true")
	s.in, s.out = startProxy(r.t, s.source.Addr(), r.seed), startProxy(r.t, s.sink.Addr(), r.seed+1)
	s.in.tap = s.seen.way
	s.subscriber = newPeer(r.t, s.sink.Addr(), "subscriber", s.heard)
	s.subscriber.connect("out/item", "marks")
	env := []string{"FLOW_SOURCE=" + s.in.url(), "FLOW_SINK=" + s.out.url()}
	p := start(r.t, r.program, env...)
	if !r.until(func() bool { return s.seen.subscriptions() > 0 }) {
		r.wrong("no subscription:\n%s", p.log)
		return
	}
	began := time.Now()
	q := newPeer(r.t, s.source.Addr(), "producer", nil)
	q.connect()
	s.producer = startProducer(q, 1000)
	for round := range r.rounds {
		if round%restartEvery == restartEvery-1 { // see there
			p.terminate(termLimit)
			p = start(r.t, r.program, env...)
		}
		some := s.l.has() + r.random.IntN(500)
		r.until(func() bool { return s.l.has() >= some })
		which := round
		if round > 2 {
			which = r.random.IntN(3)
		}
		switch which % 3 {
		case 0:
			s.forgetSink(func() {})
		case 1:
			s.forgetSource(p)
		case 2: // the program cannot hand over what the source has sent and now forgets
			s.forgetSink(func() { s.forgetSource(p) })
		}
	}
	total := s.producer.end()
	for len(s.owed(total)) > 0 && s.l.silence() < r.patience {
		time.Sleep(10 * time.Millisecond)
	}
	if lost := s.owed(total); len(lost) > 0 {
		r.wrong("%d of %d messages are lost: %s", len(lost), total, some(lost))
	}
	p.terminate(termLimit)
	r.complain(p)
	again, late := s.l.doubled()
	if most := 2 * window * r.rounds; again > most {
		r.wrong("%d messages came again, more than %d", again, most)
	}
	if late > 0 {
		r.wrong("%d messages came first after a later one", late)
	}
	r.figures = fmt.Sprintf("%d messages in %.0f s, %d lost, %d came again, %d lost by the broker itself", total,
		time.Since(began).Seconds(), len(s.owed(total)), again, len(s.forgotten))
}

// until waits until ok holds, and reports whether it does.
func (r *run) until(ok func() bool) bool {
	for began := time.Now(); !ok(); time.Sleep(time.Millisecond) {
		if time.Since(began) > r.patience {
			return false
		}
	}
	return true
}

// heard takes what the sink hands on.
func (s *restarts) heard(topic, payload string, retained bool) {
	switch {
	case topic == "out/item":
		s.l.note(payload)
	case topic == "marks":
		s.marks.Add(1)
	case retained && payload == "online":
		s.kept.Add(1)
	}
}

// owed are the messages that have to arrive and have not.
func (s *restarts) owed(total int) (ids []int) {
	for _, id := range s.l.missing(total) {
		if !s.forgotten[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

// forgetSink cuts the program off with messages under way, lets the broker hand on all that it
// has confirmed, and then forget everything. The subscriber is back before the program, and
// so misses nothing.
func (s *restarts) forgetSink(meanwhile func()) {
	s.out.leave()
	s.r.pass(50 * time.Millisecond) // some messages come that cannot go on
	meanwhile()
	marks := s.marks.Load()
	if err := s.subscriber.publish("marks", "all"); err != nil {
		s.r.t.Fatal(err)
	}
	s.r.until(func() bool { return s.marks.Load() > marks })
	s.sink.Forget()
	s.subscriber.connect("out/item", "marks")
	before, kept := s.l.has(), s.kept.Load()
	s.out.come()
	if !s.r.until(func() bool { return s.l.has() > before }) {
		s.r.wrong("nothing comes any more from the program to the broker that was started again")
		return
	}
	watch := newPeer(s.r.t, s.sink.Addr(), "watch", s.heard)
	watch.connect("pipe/status")
	if !s.r.until(func() bool { return s.kept.Load() > kept }) {
		s.r.wrong("the broker that was started again has no availability of the program")
	}
}

// forgetSource lets the broker forget, with nothing published until the program has subscribed
// again. What it took and the program has not accepted is lost by its own doing.
func (s *restarts) forgetSource(p *process) {
	s.producer.gate.Lock()
	defer s.producer.gate.Unlock()
	granted := s.seen.subscriptions()
	s.source.Forget()
	for id := range s.producer.count {
		if !s.seen.has(itemPayload(id)) {
			s.forgotten[id] = true
		}
	}
	s.producer.connect()
	if !s.r.until(func() bool { return s.seen.subscriptions() > granted }) {
		s.r.wrong("no new subscription:\n%s", p.log)
	}
}
