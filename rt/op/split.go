package op

import (
	"errors"

	"flowc/rt/flow"
)

// errSplitLong tells of a list that is too long; each is a fault.
var errSplitLong = errors.New("split takes at most 1000 elements at once: the first are lost")

// Split makes one event of each element of the list that e carries, one after the
// other in the same moment; an empty list makes none. `split(text, separator)` is
// another function, which makes a list of a text. It remembers what is still to come
// of the moment, at most 1,000.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in meters {
//	  via   = home
//	  topic = "house/meters"
//	  kind  = command
//	  json  = { readings = list({ name = string, power = W }) }
//	}
//
//	mqtt_out meter {
//	  via   = home
//	  topic = "house/meter"
//	  send  = split(meters.readings)
//	}
//
//flow:op split
//flow:call e
//flow:in e any
//flow:out event
//flow:ready always
//flow:passes
//flow:rate any
//flow:keeps 1000
type Split[T any] struct{ rest queue[T] }

// Step gives the next element; the others follow in further passes of the instant.
func (o *Split[T]) Step(t flow.Tick, e flow.Hap[[]T]) (now flow.Hap[T], err error) {
	if e.OK {
		for _, v := range e.V {
			if o.rest.push(v) {
				err = errSplitLong
			}
		}
	}
	if o.rest.n > 0 {
		now = flow.Now(o.rest.pop())
	}
	if o.rest.n > 0 {
		t.Again()
	}
	return now, err
}
