package op

// LatestReading is a reading seen as a value only: what it is now. It is not
// ready while the reading is not, also after the reading went stale. It
// remembers nothing.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in outside {
//	  via   = home
//	  topic = "garden/outside"
//	  text  = C
//	  stale = 1.h
//	}
//
//	log outside_now {
//	  show = latest(outside)
//	}
//
//flow:op latest
//flow:call r
//flow:in r reading
//flow:out value
//flow:ready follows
type LatestReading[T any] struct{}

// Step gives what the reading is.
func (o *LatestReading[T]) Step(r T) T { return r }

// Reset has nothing to forget.
func (o *LatestReading[T]) Reset() {}
