package op

import "flowc/rt/flow"

// DeadbandValue is the value v without its small moves: it stays where it is until
// v is at least the band away from it, and then becomes what v is. It remembers one
// number.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in power {
//	  via   = home
//	  topic = "house/power"
//	  text  = W
//	  stale = 10.min
//	}
//
//	mqtt_in solar {
//	  via   = home
//	  topic = "house/solar"
//	  text  = W
//	  stale = 10.min
//	}
//
//	log surplus {
//	  show = deadband(solar - power, 100.W)
//	}
//
//flow:op deadband
//flow:call v, band
//flow:in v value
//flow:out value
//flow:ready follows
//flow:delta band
type DeadbandValue[T flow.Quantity] struct {
	// Band is the least difference that counts.
	Band T `range:"0,"`

	last flow.Val[T]
}

// Step moves to v when it is at least Band away.
func (o *DeadbandValue[T]) Step(v T) T {
	if !o.last.OK || !within(v, o.last.V, o.Band) {
		o.last = flow.Ready(v)
	}
	return o.last.V
}

// Reset forgets where it was.
func (o *DeadbandValue[T]) Reset() { o.last = flow.Val[T]{} }
