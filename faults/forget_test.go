package faults

import (
	"fmt"
	"testing"
	"time"

	"flowc/rt/mqtt/witness"
)

// TestForget lets brokers forget their sessions under load. The one that messages go to
// gets all that it had not confirmed again. The one they come from loses what it had
// taken and not handed over, which is its own doing; everything else arrives, and
// what it sends once it knows of the subscription again as well.
func TestForget(t *testing.T) {
	beside(t)
	r := newRun(t, build(t, "pipe.hcl"), 3, 20)
	forgetRig(r)
	r.report()
}

// restartEvery keeps the pauses before a new connection short: they grow while connections do not last.
const restartEvery = 3

func forgetRig(r *run) {
	l := newLedger()
	source, sink := newWitness(r.t, nil), newWitness(r.t, l)
	source.OnPublish(func(witness.Message) {})
	p := startPipe(r, source, sink)
	stream := startLoad(source, 2000, 40, 1)
	forgotten := map[string]bool{}
	began := time.Now()
	for round := range r.rounds {
		if round%restartEvery == restartEvery-1 {
			p.terminate(termLimit)
			p = startPipe(r, source, sink)
		}
		some := l.has() + r.random.IntN(2000)
		sink.Wait(3*time.Second, func() bool { return l.has() >= some })
		which := r.random.IntN(3)
		if which != 0 {
			logins := len(sink.Connects())
			stuck(sink, l) // there has to be something to forget
			sink.Forget()
			sink.Set(witness.Faults{})
			if !sink.Wait(r.patience, func() bool { return len(sink.Connects()) > logins }) {
				r.wrong("round %d: no new connection to the broker that messages go to", round)
				break
			}
		}
		if which != 1 && !r.forgetSource(source, stream, forgotten) {
			r.wrong("round %d: no new subscription", round)
			break
		}
	}
	total := stream.end()
	// What the source itself lost may have arrived all the same.
	owed := func() (ids []int) {
		for _, id := range l.missing(total) {
			if _, payload := stream.message(id); !forgotten[payload] {
				ids = append(ids, id)
			}
		}
		return ids
	}
	for len(owed()) > 0 && l.silence() < r.patience {
		sink.Wait(100*time.Millisecond, func() bool { return false })
	}
	p.terminate(termLimit)
	lost := owed()
	if len(lost) > 0 {
		r.wrong("%d of %d messages are lost: %s", len(lost), total, some(lost))
	}
	again, _ := l.doubled()
	if most := 2 * window * r.rounds; again > most {
		r.wrong("%d messages came again, more than %d", again, most)
	}
	r.complain(p, source, sink)
	r.figures = fmt.Sprintf("%d messages in %.0f s, %d lost, %d came again, %d lost by the broker itself", total, time.Since(began).Seconds(),
		len(lost), again, len(forgotten))
}

// startPipe starts the program and waits until it has subscribed.
func startPipe(r *run, source, sink *witness.Broker) *process {
	before := len(source.Subscribes())
	p := start(r.t, r.program, "FLOW_SOURCE="+source.URL(), "FLOW_SINK="+sink.URL())
	if !source.Wait(r.patience, func() bool { return len(source.Subscribes()) > before }) {
		r.t.Fatalf("no subscription:\n%s", p.log)
	}
	return p
}

// stuck holds confirmations back until some messages wait for one.
func stuck(b *witness.Broker, l *ledger) {
	b.Set(witness.Faults{HoldAcks: true})
	b.Wait(3*time.Second, func() bool { return b.Held() > window/4 })
}

// forgetSource lets the source forget, with nothing published until it knows the
// subscription again.
func (r *run) forgetSource(source *witness.Broker, stream *load, forgotten map[string]bool) bool {
	defer stream.pause()()
	subscriptions := len(source.Subscribes())
	for _, payload := range source.Forget() {
		forgotten[payload] = true
	}
	return source.Wait(r.patience, func() bool { return len(source.Subscribes()) > subscriptions })
}

// complain tells what programs and brokers themselves found wrong.
func (r *run) complain(p *process, brokers ...*witness.Broker) {
	if s := p.trouble(); s != "" {
		r.wrong("%s", s)
	}
	for _, b := range brokers {
		for _, v := range b.Violations() {
			r.wrong("against the protocol: %s", v)
		}
	}
}
