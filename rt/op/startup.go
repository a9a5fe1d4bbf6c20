package op

import "flowc/rt/flow"

// Startup happens once, when the program starts, together with the first look at
// all inputs. It does not wait for anything: a broker or a sensor may still be
// silent then. It remembers nothing.
//
//	relay siren {
//	  pin  = 22
//	  on   = pulse(startup(), 200.ms)
//	  safe = off
//	}
//
//flow:op startup
//flow:call
//flow:out event
//flow:ready always
//flow:rate once
type Startup struct{}

// Step happens in the first pass of instant 0.
func (o *Startup) Step(t flow.Tick) flow.Hap[flow.Unit] {
	if !t.Start() {
		return flow.Hap[flow.Unit]{}
	}
	t.Fresh()
	return flow.Now(flow.Unit{})
}
