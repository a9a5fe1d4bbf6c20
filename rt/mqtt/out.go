package mqtt

import (
	"errors"
	"time"

	"flowc/rt/flow"
)

// Out sends messages to a broker. Each is sent again after a lost connection
// until the broker has confirmed it.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in probe {
//	  via   = home
//	  topic = "probes/{name}/raw"
//	  json  = { temperature = F }
//	}
//
//	mqtt_out metric {
//	  via   = home
//	  topic = "probes/${probe.name}/celsius"
//	  send  = { temperature = in(probe.temperature, C) }
//	}
//
//flow:kind mqtt_out
//flow:memory 17.MB messages that wait for the broker
//flow:confirms the broker has confirmed it
//flow:again window
type Out[T any] struct {
	// Via is the connection.
	Via *Broker
	// Topic is where the message goes. Data in it must not hold `/`, `+` or `#`.
	Topic flow.Each[string] `topic:"out"`
	// Send is the message; a record or a list is sent as JSON, a string as it is.
	Send flow.Shot[T] `capacity:"200/s"`
	// Payload spells a switch or an enumeration in other words:
	// words({ on = "ON", off = "OFF" }).
	Payload flow.FormOf[T]
	// QoS is how sure the way to the broker is: 0 at most once, 1 at least once, 2
	// exactly once while the program runs.
	QoS int64 `default:"1" range:"0,2" unsure:"0 the broker confirms nothing"`
	// Retain keeps the message with the broker for later subscribers. A broker that keeps
	// nothing through its own restart gets it with the next message; what is to lie there
	// at once is also sent `when = merge(changes(mode), at(rises(home.connected), mode))`.
	Retain bool `default:"off"`
	// Expiry is how long the message is worth sending, at least 1 s; without it, for
	// ever.
	Expiry flow.Opt[time.Duration] `drops:"*"`
	// Window is how many messages may be under way without a confirmation. With 1 a
	// message that is sent again cannot be overtaken.
	Window int64 `default:"64" range:"1,1024"`
	// OnFull says what happens to one more message when 256 wait: sources are not
	// acknowledged (block), or some are dropped.
	OnFull flow.OnFull `default:"block" drops:"drop_oldest drop_newest latest"`
	// Buffer lets messages wait on the disk while the broker is away, in their order and
	// through restarts: `buffer = { keep = 24.h }`.
	Buffer flow.Buffer

	// Sent happens when the broker has confirmed a message.
	Sent flow.Event[flow.Unit] `rate:"shots"`
	// Failed happens when a message is given up.
	Failed flow.Event[Failure] `rate:"shots"`

	Encode flow.Encoder[T]

	courier flow.Outside[*courier]
}

// Failure tells why a message was given up.
type Failure struct {
	// Message is what went wrong.
	Message string
	// Attempt is how often the broker refused it.
	Attempt int64
	// Time is when it was given up.
	Time time.Time
}

// Start makes the queue; messages wait in it until there is a connection.
func (t *Out[T]) Start(h *flow.Host) error {
	if t.Expiry.OK && t.Expiry.V < time.Second {
		return errors.New("expiry: must be at least 1.s")
	}
	window := int(min(max(t.Window, 1), 1024))
	c := newCourier(t.Via.line.It.session, h, window, t.OnFull)
	t.courier.It = c
	h.Confined(func(w flow.Wake) { t.confined(h, w) })
	if t.Buffer == nil {
		return nil
	}
	c.s.notify(c.heard)
	return t.Buffer.Open(h, c, window)
}

// Shoot files one message.
func (t *Out[T]) Shoot(h *flow.Host) {
	c := t.courier.It
	token := h.Begin()
	if err := checkTopic(t.Topic.V); err != nil {
		c.fail(token, err.Error())
		return
	}
	d := c.fresh()
	d.token, d.topic = token, t.Topic.V
	d.qos, d.retain = byte(t.QoS), t.Retain
	d.born, d.expiry = h.Mono(), t.Expiry.Or(0)
	d.payload = t.Encode(d.payload[:0], t.Send.V)
	if t.Buffer != nil {
		t.Buffer.Put(token, c.pack(d))
		return
	}
	c.post(d)
}

// React hears of the end of a message.
func (t *Out[T]) React(h *flow.Host, w flow.Wake) {
	if t.Buffer != nil {
		t.Buffer.React(w)
	}
	if w.Why != flow.OnDone {
		return
	}
	r, ok := t.courier.It.result()
	if !ok {
		return
	}
	t.over(h, r)
	if r.outcome == flow.OutcomeDelivered {
		t.Sent.Happen(h.Pass(), flow.Unit{})
		return
	}
	if !t.Failed.Wired {
		h.Fault(r.message)
	}
	t.Failed.Happen(h.Pass(), Failure{Message: r.message, Attempt: int64(r.attempt), Time: h.Time()})
}

// confined hears of the end of what is under way; what comes is left to the buffer.
func (t *Out[T]) confined(h *flow.Host, w flow.Wake) {
	if t.Buffer != nil {
		t.Buffer.Confine()
		t.Buffer.React(w)
	}
	if w.Why != flow.OnDone {
		return
	}
	for r, ok := t.courier.It.resultOf(w.Effect); ok; r, ok = t.courier.It.resultOf(0) {
		t.over(h, r)
	}
}

// over ends a message for those who wait for it.
func (t *Out[T]) over(h *flow.Host, r result) {
	h.End(r.token, r.outcome)
	if r.ticket != 0 {
		t.Buffer.Over(r.ticket, r.outcome, r.message)
	}
}

// Drained reports whether the broker has confirmed everything. Without a
// connection nothing more can be done: what a source has not been
// acknowledged stays with it, or goes to the buffer.
func (t *Out[T]) Drained(*flow.Host) bool {
	if t.Buffer != nil && !t.Buffer.Drained() {
		return false
	}
	return t.courier.It.idle()
}

// Stop ends the queue.
func (t *Out[T]) Stop(*flow.Host) {
	if t.courier.It != nil {
		t.courier.It.end()
	}
	if t.Buffer != nil {
		t.Buffer.Close()
	}
}
