package faults

import (
	"fmt"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/mqtt/witness"
)

// policies name the things of flood.hcl and narrow.hcl.
var policies = []string{"block", "oldest", "newest", "latest"}

// TestFlood sends ten times what a slow machine can take, to each policy of mqtt_in.
func TestFlood(t *testing.T) {
	for _, qos := range []string{"0", "1"} {
		t.Run("qos "+qos, func(t *testing.T) {
			beside(t)
			s := source{flow: "flood.hcl", set: map[string]string{"qos     = 0": "qos     = " + qos}}
			r := newRun(t, s.probed(t).build(t), 2, 120)
			floodRig(r)
			r.report()
		})
	}
}

// TestNarrow copies messages to a broker that takes a tenth of what comes, with each
// policy of mqtt_out.
func TestNarrow(t *testing.T) {
	for _, qos := range []string{"0", "1"} {
		t.Run("qos "+qos, func(t *testing.T) {
			beside(t)
			s := source{flow: "narrow.hcl", set: map[string]string{"qos   = 0": "qos   = " + qos}}
			r := newRun(t, s.probed(t).build(t), 3, 120)
			narrowRig(r)
			r.report()
		})
	}
}

// overload is a program under it. A round is a second.
type overload struct {
	*run
	source, sink *witness.Broker
	ledgers      map[string]*ledger
	p            *process
	probe        *probe
	loads        map[string]*load
	idle         state
	heap         uint64 // the most seen, after a collection
	// budget is what the queues may take, in bytes.
	budget uint64
}

func newOverload(r *run, budget uint64) *overload {
	o := &overload{run: r, ledgers: map[string]*ledger{}, loads: map[string]*load{}, probe: newProbe(r.t), budget: budget}
	o.source, o.sink = newWitness(r.t, nil), newWitness(r.t, nil)
	o.source.OnPublish(func(witness.Message) {})
	for _, p := range policies {
		o.ledgers[p] = newLedger()
	}
	o.sink.OnPublish(func(m witness.Message) {
		if l := o.ledgers[m.Topic[len("out/"):]]; l != nil {
			l.note(m.Payload)
		}
	})
	o.p = start(r.t, r.program, "FLOW_SOURCE="+o.source.URL(), "FLOW_SINK="+o.sink.URL(), o.probe.env())
	if !o.source.Wait(r.patience, func() bool { return len(o.source.Subscribes()) == len(policies) }) {
		r.t.Fatalf("no subscriptions:\n%s", o.p.log)
	}
	o.idle = o.probe.look(o.p)
	return o
}

// press sends rate messages a second of size bytes to each policy, so many seconds long.
func (o *overload) press(rate, size int, qos byte) {
	for _, p := range policies {
		o.loads[p] = startLoadOn(o.source, "in/"+p, rate, size, qos)
	}
	ticks := time.NewTicker(250 * time.Millisecond)
	defer ticks.Stop()
	for began := time.Now(); time.Since(began) < time.Duration(o.rounds)*time.Second; <-ticks.C {
		o.heap = max(o.heap, o.probe.look(o.p).Heap)
	}
	for _, l := range o.loads {
		l.end()
	}
}

// settle waits until nothing is in flight, and holds the law against what was sent.
func (o *overload) settle() state {
	var s state
	open, before := "", ""
	for moved := time.Now(); time.Since(moved) < o.patience; before = open {
		s = o.probe.look(o.p)
		if open = o.open(s); open == "" {
			break
		}
		if open != before {
			moved = time.Now()
		}
		o.source.Wait(100*time.Millisecond, func() bool { return false })
	}
	if open := o.open(s); open != "" {
		o.wrong("%s", open)
	}
	return s
}

func (o *overload) open(s state) string {
	for _, p := range policies {
		sent := uint64(o.loads[p].count())
		if c := s.node(p); c.InFlight > 0 || c.Accepted+c.Refused != sent {
			return fmt.Sprintf("%s: of %d messages, %+v", p, sent, c)
		}
	}
	return ""
}

// bounded holds memory and connections against what they may be.
func (o *overload) bounded() string {
	heap, rss := o.heap-min(o.heap, o.idle.Heap), o.p.peak(o.t)-o.idle.RSS
	// The collector lets the heap grow to twice what is in use.
	if most := o.budget + o.budget/5; heap > most || rss > 2*most+4<<20 {
		o.wrong("beyond the idle program the heap took %d KB and the process %d KB; the queues may have %d KB", heap>>10, rss>>10, o.budget>>10)
	}
	if n := len(o.source.Connects()) + len(o.sink.Connects()); n != len(policies)+1 {
		o.wrong("%d connections were made: the load broke some", n)
	}
	o.complain(o.p, o.source, o.sink)
	return fmt.Sprintf("heap at most %d KB, process %d KB above idle, of %d KB in queues", heap>>10, rss>>10, o.budget>>10)
}

const (
	floodRate = 2500
	floodSize = 500
)

func floodRig(r *run) {
	o := newOverload(r, uint64(len(policies))*flow.InboxBytes)
	o.probe.slow(o.p, time.Millisecond) // 1,000 instants a second, for 10,000 messages
	qos := o.source.Subscribes()[0].QoS
	o.press(floodRate, floodSize, qos)
	o.probe.slow(o.p, 0)
	s := o.settle()
	for _, p := range policies {
		c := s.node(p)
		if !c.Holds() || c.Delivered != c.Accepted {
			o.wrong("%s: %+v", p, c)
		}
		// At QoS 1 a broker has only a window under way, which an inbox has room for; only `latest` has none.
		if drops := p == "latest" || qos == 0; drops != (c.Refused > 0) {
			o.wrong("%s: %d messages were refused", p, c.Refused)
		}
		o.figures += fmt.Sprintf("%s %d + %d refused; ", p, c.Accepted, c.Refused)
	}
	o.figures += o.bounded()
}

const (
	narrowRate = 2000
	narrowSize = 4000
	// letThrough confirmations go every 5 ms: a tenth of what comes for four.
	letThrough = 4
)

// outboxBytes is what may wait for one mqtt_out under block.
const outboxBytes = 16 << 20

func narrowRig(r *run) {
	o := newOverload(r, uint64(len(policies))*flow.InboxBytes+outboxBytes+
		3*flow.OutboxCount*(narrowSize+512)+uint64(len(policies))*window*(narrowSize+512))
	o.sink.Set(witness.Faults{HoldAcks: true})
	over, stop := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(over)
		ticks := time.NewTicker(beat)
		defer ticks.Stop()
		for {
			select {
			case <-stop:
				return
			case <-ticks.C:
				o.sink.Let(letThrough)
			}
		}
	}()
	qos := o.source.Subscribes()[0].QoS
	o.press(narrowRate, narrowSize, qos)
	close(stop)
	<-over
	o.sink.Release()
	s := o.settle()
	for _, p := range policies {
		c := s.node(p)
		arrived := uint64(o.ledgers[p].has())
		if again, late := o.ledgers[p].doubled(); again > 0 || late > 0 {
			o.wrong("%s: %d came again, %d too late", p, again, late)
		}
		if !c.Holds() || c.Delivered != arrived || c.Dead > 0 {
			o.wrong("%s: %d arrived of %+v", p, arrived, c)
		}
		if lossless := p == "block" && qos > 0; lossless && arrived != uint64(o.loads[p].count()) {
			o.wrong("%s: %d of %d arrived", p, arrived, o.loads[p].count())
		}
		o.figures += fmt.Sprintf("%s %d arrived + %d dropped; ", p, arrived, c.Dropped+c.Refused)
	}
	o.figures += o.bounded()
}
