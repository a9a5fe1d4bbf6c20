package mqtt

import (
	"time"

	"flowc/rt/flow"
)

// Level is a device that is set by messages: a dimmer, a blind, the target of a
// radiator valve. It is an actuator as `mqtt_switch` is; what counts as a run, for
// `max_on` and `rest`, is a level other than the safe one.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	motion hall {
//	  pin = 4
//	}
//
//	mqtt_level hall_light {
//	  via     = home
//	  topic   = "hall/light/set"
//	  payload = scaled(0.4, pct)
//	  level   = off_delay(hall.active, 5.min) ? 80.pct : 10.pct
//	  safe    = 10.pct
//	}
//
// The payload is the bare number in the unit that `payload` gives; with
// scaled(0.4, pct) the device hears 200 for 80 %.
//
//flow:kind mqtt_level
//flow:memory 1.MB commands and answers
//flow:repeats the broker sends it again
type Level[T comparable] struct {
	// Via is the connection.
	Via *Broker
	// Topic is where the commands go.
	Topic string `topic:"out" const:"true"`
	// Level is what it is set to.
	// The limits below hold whatever it says; read back, it is what is commanded.
	Level flow.Drive[T] `capacity:"200/s"`
	// Payload is what the number in a message measures: a unit, `number`, `int`, or
	// one of them scaled.
	Payload flow.TypeOf[T] `default:"pct"`
	// StateTopic is where the device says what it does.
	StateTopic string `optional:"true" topic:"in" const:"true"`
	// Safe is its level while what it follows is not ready, and when the program
	// stops.
	Safe T `code:"E0801"`
	// MaxOn is the longest time it may be at another level than the safe one, more
	// than 0.s. Then it goes to its safe level with a fault, whatever the flow
	// wants, until `rest` is over; without `rest`, until the safe level was wanted
	// once.
	// Without it there is no such limit.
	MaxOn flow.Opt[time.Duration]
	// Rest is the least time at the safe level between two runs, and after the
	// program starts.
	Rest time.Duration `default:"0.s"`
	// Stale is how long the device may be silent before `state` stops being ready.
	Stale flow.Stale `stale:"must" optional:"true" needs:"state_topic"`
	// QoS is how sure the way to the broker and back is: 0 at most once, 1 at least
	// once.
	QoS int64 `default:"1" range:"0,1" unsure:"0 the broker sends each message once, whether it arrives or not"`
	// Retain keeps the last command with the broker, for a device that starts
	// later.
	Retain bool `default:"off"`

	// Wanted is what `level` says, before the limits.
	Wanted flow.Value[T]
	// State is what the device says of itself; it happens with each report.
	State flow.Reading[T] `needs:"state_topic" rate:"any"`
	// Sent happens when the broker has confirmed a command.
	Sent flow.Event[flow.Unit] `rate:"any"`
	// Failed happens when a command is given up; it is sent again after 30 s.
	Failed flow.Event[Failure] `rate:"any"`

	Encode flow.Encoder[T]
	Decode flow.Decoder[T]

	remote remote
}

func (t *Level[T]) socket() *socket {
	return &socket{
		via: t.Via, topic: t.Topic, stateTopic: t.StateTopic, qos: t.QoS, retain: t.Retain,
		maxOn: t.MaxOn, rest: t.Rest,
		on: t.Level.V != t.Safe, wanted: t.Level.Want.OK && t.Level.Want.V != t.Safe,
	}
}

// spoken is the socket with the payloads.
func (t *Level[T]) spoken() *socket {
	s := t.socket()
	s.command, s.safe = t.Encode(nil, t.Level.V), t.Encode(nil, t.Safe)
	return s
}

// Start makes the way for commands; the first is sent when there is a connection.
func (t *Level[T]) Start(h *flow.Host) error { return t.remote.start(h, t.spoken()) }

// React follows the connection and the device. When a limit is over there is nothing
// to do: Decide runs whenever it has reacted, after all that changed at that moment.
func (t *Level[T]) React(h *flow.Host, w flow.Wake) {
	switch {
	case w.Why == flow.AtStart:
		t.remote.begin(h, t.socket())
		t.Level.Set(h.Pass(), t.Safe)
	case w.Why == flow.OnInput:
		if m, ok := t.remote.report(h); ok {
			t.hear(h, m)
		} else {
			t.remote.connection(h, t.spoken())
		}
	case w.Why == flow.OnDone:
		sent, failed := t.remote.over(h, t.Failed.Wired)
		if sent {
			t.Sent.Happen(h.Pass(), flow.Unit{})
		}
		if failed != nil {
			t.Failed.Happen(h.Pass(), *failed)
		}
	case w.Why == flow.OnTimer && w.Timer == timerAgain:
		t.remote.send(h, t.spoken())
	}
}

// hear takes what the device says. What is no number is a fault.
func (t *Level[T]) hear(h *flow.Host, m message) {
	var level T
	if err := t.Decode(m.payload, &level); err != nil {
		misfit(h, m, err)
		return
	}
	t.State.Happen(h.Pass(), h.Time(), level)
}

// Decide sets what is commanded.
func (t *Level[T]) Decide(h *flow.Host) {
	t.Wanted.Put(h.Pass(), t.Level.Want)
	s := t.socket()
	level := t.Level.Wish(t.Safe)
	if !t.remote.run.Allows(h, s.limits(), s.wanted) {
		level = t.Safe
	}
	t.Level.Set(h.Pass(), level)
}

// Apply sends the command.
func (t *Level[T]) Apply(h *flow.Host) { t.remote.send(h, t.spoken()) }

// Kept is what its limits remember.
func (t *Level[T]) Kept() any { return &t.remote.run }

// Complete confirms a report to the broker.
func (t *Level[T]) Complete(_ *flow.Host, id uint64, _ flow.Outcome) { t.Via.line.It.done(id) }

// Drained reports whether the broker has confirmed the last command.
func (t *Level[T]) Drained(*flow.Host) bool { return t.remote.courier.It.idle() }

// Stop sends the safe state.
func (t *Level[T]) Stop(*flow.Host) { t.remote.stop(t.spoken()) }

// SafeState sends the safe state without the flow.
func (t *Level[T]) SafeState(h *flow.Host) error { return t.spoken().makeSafe(h) }
