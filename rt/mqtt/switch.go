package mqtt

import (
	"time"

	"flowc/rt/flow"
)

// Switch is a device that is switched by messages: a plug, a lamp, a valve with a
// radio. It is an actuator like a relay on a pin: `on` is followed, `safe` holds
// while what it follows is not ready, and `max_on` and `rest` hold whatever the
// flow wants.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	button door {
//	  pin = 17
//	}
//
//	mqtt_switch lamp {
//	  via         = home
//	  topic       = "lamp/cmnd/POWER"
//	  state_topic = "lamp/stat/POWER"
//	  payload     = words({ on = "ON", off = "OFF" })
//	  on          = toggle(door.pressed)
//	  max_on      = 2.h
//	  safe        = off
//	}
//
// A command is sent when `on` changes and whenever the connection is made. What
// changes without a connection is not sent later: the next connection gets what is
// commanded then.
//
// `lamp.on` is what is commanded; whether the device did it is `lamp.state`, where
// the device says so.
//
// The safe state is sent when the program stops. If it vanishes, the broker sends
// it as the connection's will; a connection has only one, so that goes for an
// actuator which is alone on a connection without `will` and `availability`.
//
//flow:kind mqtt_switch
//flow:memory 1.MB commands and answers
//flow:repeats the broker sends it again
type Switch struct {
	// Via is the connection.
	Via *Broker
	// Topic is where the commands go.
	Topic string `topic:"out" const:"true"`
	// On is when it is switched on.
	// The limits below hold whatever it says; read back, it is what is commanded.
	On flow.Drive[bool] `capacity:"200/s"`
	// Payload is how the states are spelled: `true` and `false`, or words of the
	// device's own. What the device says of its state is spelled so too.
	Payload flow.TypeOf[bool] `default:"bool"`
	// StateTopic is where the device says what it does.
	StateTopic string `optional:"true" topic:"in" const:"true"`
	// Safe is its state while what it follows is not ready, and when the program
	// stops.
	Safe bool `code:"E0801"`
	// MaxOn is the longest time it may be on without a break, more than 0.s. Then
	// it is switched off with a fault, whatever the flow wants, until `rest` is
	// over; without `rest`, until it was not wanted once.
	// Without it there is no such limit.
	MaxOn flow.Opt[time.Duration]
	// Rest is the least time off between two runs, and after the program starts.
	Rest time.Duration `default:"0.s"`
	// Stale is how long the device may be silent before `state` stops being ready.
	Stale flow.Stale `stale:"must" optional:"true" needs:"state_topic"`
	// QoS is how sure the way to the broker and back is: 0 at most once, 1 at least
	// once.
	QoS int64 `default:"1" range:"0,1" unsure:"0 the broker sends each message once, whether it arrives or not"`
	// Retain keeps the last command with the broker, for a device that starts
	// later.
	Retain bool `default:"off"`

	// Wanted is what `on` says, before the limits.
	Wanted flow.Value[bool]
	// State is what the device says of itself; it happens with each report.
	State flow.Reading[bool] `needs:"state_topic" rate:"any"`
	// Sent happens when the broker has confirmed a command.
	Sent flow.Event[flow.Unit] `rate:"any"`
	// Failed happens when a command is given up; it is sent again after 30 s.
	Failed flow.Event[Failure] `rate:"any"`

	Encode flow.Encoder[bool]
	Decode flow.Decoder[bool]

	remote remote
}

func (t *Switch) socket() *socket {
	return &socket{
		via: t.Via, topic: t.Topic, stateTopic: t.StateTopic, qos: t.QoS, retain: t.Retain,
		maxOn: t.MaxOn, rest: t.Rest, safeOn: t.Safe,
		on: t.On.V, wanted: t.On.Want.OK && t.On.Want.V,
	}
}

// spoken is the socket with the payloads.
func (t *Switch) spoken() *socket {
	s := t.socket()
	s.command, s.safe = t.Encode(nil, t.On.V), t.Encode(nil, t.Safe)
	return s
}

// Start makes the way for commands; the first is sent when there is a connection.
func (t *Switch) Start(h *flow.Host) error { return t.remote.start(h, t.spoken()) }

// React follows the connection and the device. When a limit is over there is nothing
// to do: Decide runs whenever it has reacted, after all that changed at that moment.
func (t *Switch) React(h *flow.Host, w flow.Wake) {
	switch {
	case w.Why == flow.AtStart:
		t.remote.begin(h, t.socket())
		t.On.Set(h.Pass(), t.Safe)
	case w.Why == flow.OnInput:
		if m, ok := t.remote.report(h); ok {
			t.hear(h, m)
		} else {
			t.remote.connection(h, t.spoken())
			t.On.Live = t.remote.run.On
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

// hear takes what the device says. What is not spelled as agreed is a fault.
func (t *Switch) hear(h *flow.Host, m message) {
	var on bool
	if err := t.Decode(m.payload, &on); err != nil {
		misfit(h, m, err)
		return
	}
	t.State.Happen(h.Pass(), h.Time(), on)
}

// Decide sets what is commanded.
func (t *Switch) Decide(h *flow.Host) {
	t.Wanted.Put(h.Pass(), t.On.Want)
	s := t.socket()
	allowed := t.remote.run.Allows(h, s.limits(), s.wanted)
	t.On.Set(h.Pass(), t.On.Wish(t.Safe) && allowed)
}

// Apply sends the command.
func (t *Switch) Apply(h *flow.Host) {
	t.remote.send(h, t.spoken())
	t.On.Live = t.remote.run.On
}

// Kept is what its limits remember.
func (t *Switch) Kept() any { return &t.remote.run }

// Complete confirms a report to the broker.
func (t *Switch) Complete(_ *flow.Host, id uint64, _ flow.Outcome) { t.Via.line.It.done(id) }

// Drained reports whether the broker has confirmed the last command.
func (t *Switch) Drained(*flow.Host) bool { return t.remote.courier.It.idle() }

// Stop sends the safe state.
func (t *Switch) Stop(*flow.Host) { t.remote.stop(t.spoken()) }

// SafeState sends the safe state without the flow.
func (t *Switch) SafeState(h *flow.Host) error { return t.spoken().makeSafe(h) }
