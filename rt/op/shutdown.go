package op

import "flowc/rt/flow"

// Shutdown happens once, when the program is told to stop, before its outputs go safe:
// what it sends is still sent, for up to ten seconds. It does not happen after a crash
// or a power cut; for that a broker has `will`. It remembers nothing.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_out last_word {
//	  via   = home
//	  topic = "garden/state"
//	  send  = "stopped"
//	  when  = shutdown()
//	}
//
//flow:op shutdown
//flow:call
//flow:out event
//flow:ready always
//flow:rate once
type Shutdown struct{ over bool }

// Step happens when the program stops.
func (o *Shutdown) Step(t flow.Tick) flow.Hap[flow.Unit] {
	if !t.Stopping() {
		t.AtStop()
		return flow.Hap[flow.Unit]{}
	}
	if o.over {
		return flow.Hap[flow.Unit]{}
	}
	o.over = true
	t.Fresh()
	return flow.Now(flow.Unit{})
}
