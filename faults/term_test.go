package faults

import (
	"fmt"
	"testing"
	"time"

	"flowc/rt/mqtt/witness"
)

// stopLimit is how long a program may take to stop: 10 s to finish what is under way, and something for the machine.
// termLimit is when the rig gives up on it.
const (
	stopLimit = 12 * time.Second
	termLimit = 20 * time.Second
)

// pumpPin is the relay's in pump.hcl.
const pumpPin = 22

// TestTerminate ends a program that copies messages under load, as a service manager
// does: in a good network and in a bad one, with a broker that confirms nothing and with one that
// cannot be reached any more. It is over in time with the pump off, and nothing is lost; where the network was good
// nothing comes twice either.
func TestTerminate(t *testing.T) {
	beside(t)
	r := newRun(t, build(t, "pump.hcl", withBoard(t)...), 6, 100)
	termRig(r)
	r.report()
}

// hardEvery is how often the sink is of no help; a stop waits for it as long as it may.
const hardEvery = 10

func termRig(r *run) {
	l := newLedger()
	source, sink := newWitness(r.t, nil), newWitness(r.t, l)
	source.OnPublish(func(witness.Message) {})
	in, out := startProxy(r.t, source.Addr(), r.seed), startProxy(r.t, sink.Addr(), r.seed+1)
	pins := newBoard(r.t)
	env := []string{"FLOW_SOURCE=" + in.url(), "FLOW_SINK=" + out.url(), pins.env()}
	p := start(r.t, r.program, env...)
	if !source.Wait(r.patience, func() bool { return len(source.Subscribes()) > 0 }) {
		r.t.Fatalf("no subscription:\n%s", p.log)
	}
	stream := startLoad(source, 2000, 40, 1)
	bad, worst, plain := 0, time.Duration(0), time.Duration(0)
	for round := range r.rounds {
		if round > 0 {
			p = start(r.t, r.program, env...)
		}
		if _, ok := pins.becomes(pumpPin, true, r.patience); !ok {
			r.wrong("round %d: the pump does not run:\n%s", round, p.log)
			break
		}
		some := l.has() + r.random.IntN(1500)
		sink.Wait(3*time.Second, func() bool { return l.has() >= some })
		hard := true
		switch n := round % hardEvery; {
		case n == hardEvery-1 && round%20 == hardEvery-1:
			stuck(sink, l)
		case n == hardEvery-1:
			out.stall()
		case n%4 == 2:
			in.storm()
			out.storm()
			out.cut()
			in.cut()
		default:
			hard = false
		}
		took := p.terminate(termLimit)
		worst = max(worst, took)
		if hard {
			bad++
		} else {
			plain = max(plain, took)
		}
		if took > stopLimit {
			r.wrong("round %d: the stop took %v", round, took)
		}
		if code := p.cmd.ProcessState.ExitCode(); code != 0 {
			r.wrong("round %d: exit code %d:\n%s", round, code, p.log)
		}
		if pins.high(pumpPin) {
			r.wrong("round %d: the pump is left on", round)
		}
		sink.Release()
		in.quiet()
		out.quiet()
	}
	total := stream.end()
	p = start(r.t, r.program, env...)
	r.drain(sink, l, total)
	p.terminate(termLimit)
	again, late := l.doubled()
	if most := 2 * window * bad; again > most {
		r.wrong("%d messages came again, more than %d: two windows for each of %d stops in trouble", again, most, bad)
	}
	if late > 0 {
		r.wrong("%d messages came first after a later one", late)
	}
	r.complain(p, source, sink)
	r.figures = fmt.Sprintf("%d messages, %d lost, %d came again; the longest stop took %v, in a good network %v", total,
		len(l.missing(total)), again, worst.Round(time.Millisecond), plain.Round(time.Millisecond))
}
