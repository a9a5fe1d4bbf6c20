package mqtt

import (
	"errors"
	"time"

	"flowc/rt/flow"
	"flowc/rt/pace"
	"flowc/rt/unit"
)

// In takes messages from a broker. Each is confirmed to the broker when
// everything that followed from it is done, so none is lost when the program or
// the broker goes down in between.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in soil {
//	  via   = home
//	  topic = "garden/{bed}/soil"
//	  json  = { moisture = pct }
//	  stale = 2.h
//	}
//
//	moist = soil.moisture > 30.pct
//
//flow:kind mqtt_in
//flow:memory 1.MB messages that wait for the flow
//flow:repeats the broker sends it again
type In[T any] struct {
	// Via is the connection.
	Via *Broker
	// Topic is the filter: `+` stands for one level, `#` for all that follow. A
	// level in braces, as in "garden/{bed}/soil", becomes a field and a key: every
	// bed is a wire of its own.
	Topic flow.Pattern `topic:"in"`
	// QoS is how sure the way to this program is: 0 at most once, 1 at least once,
	// 2 exactly once while the program runs.
	QoS int64 `default:"1" range:"0,2" unsure:"0 the broker sends each message once, whether it arrives or not"`
	// JSON is the type of a JSON payload.
	JSON flow.TypeOf[T]
	// Text is the type of a plain-text payload. When nothing says what the payload
	// is, it is a string.
	Text flow.TypeOf[T]
	// CSV is the type of a payload of lines with columns: a record for one line, a
	// list of records for many. The columns stand in the order of the fields, unless
	// there is a header.
	CSV flow.TypeOf[T]
	// Header says that the first line of CSV names the columns, which may then stand
	// in any order.
	Header flow.Border[bool] `default:"off"`
	// Separator stands between the columns of CSV.
	Separator flow.Border[string] `default:","`
	// Pattern shows what a line of the payload looks like, with the names of fields
	// in braces: "T={t};H={h}".
	Pattern flow.Border[string] `optional:"true"`
	// Fields is the type of what the pattern finds: a record, or a list of records for
	// a payload of many lines.
	Fields flow.TypeOf[T]
	// Bytes says that the payload is no text: it is taken as it is.
	Bytes flow.Border[bool] `default:"off"`
	// Extra says what happens to fields that the type does not declare: they are
	// ignored, or the message is a fault. A type may say so itself.
	Extra flow.Border[flow.Extra] `default:"ignore"`
	// Kind says whether a message is a reading, which holds until the next one, or
	// a command, which only happens; retained commands are ignored.
	Kind flow.Nature `default:"reading"`
	// Stale is how long silence may last before the reading stops being ready.
	Stale flow.Stale `stale:"must" optional:"true"`
	// EventTime names the field of the payload that says when it was measured: windows
	// then go by that and not by when the message came.
	EventTime flow.EventTime `optional:"true"`
	// Lateness is how far a message may be behind the newest one and still belong to
	// its window.
	Lateness flow.Border[time.Duration] `default:"0.s" needs:"event_time"`
	// Idle is how long nothing has to come for the time of windows to go on with the
	// clock. Without it the last window waits until the next message: set it where
	// messages may stay away and a window is wanted all the same. A broker that is away
	// is silent too: what it kept meanwhile comes too late for its window, which is a
	// fault, where it was away for longer. So choose it longer than that, or leave it out
	// where none may be missed. While the program is off no time counts.
	Idle flow.Border[time.Duration] `optional:"true" needs:"event_time"`
	// Keys gives captures a type other than string.
	Keys flow.Keys `optional:"true"`
	// MaxKeys bounds the number of keys.
	MaxKeys flow.MaxKeys `default:"256"`
	// ForgetAfter frees a key that was silent for so long.
	ForgetAfter flow.ForgetAfter `optional:"true"`
	// OnFull says what happens when messages come faster than the flow works: they
	// stay with the broker (block; at QoS 0 they are lost), or some are dropped.
	OnFull flow.OnFull `default:"block" drops:"drop_oldest drop_newest latest"`

	// MaxRate is how many messages the flow takes at most, of all keys together: `5.Hz` is
	// five a second, `10 / 1.min` ten a minute. A second's worth may come at once, two in
	// any case. What comes faster waits with the broker, at QoS 0 it is lost and counted;
	// with another `on_full` it waits here, and some are dropped.
	MaxRate flow.Opt[unit.Frequency] `range:"0.00001,100000"`

	// Self is the payload.
	Self flow.Reading[T] `rate:"limit max_rate"`
	// Captured are the levels in braces of the message's topic.
	Captured flow.Captured
	// Meta is about the message: its topic, and how it came.
	Meta Meta

	Decode flow.Decoder[T]

	feed flow.Outside[*feed]
	next T
}

// Meta is about a message that came in.
type Meta struct {
	// Topic is the message's full topic.
	Topic string
	// Retained says that the broker had kept it from earlier.
	Retained bool
	// QoS is 0, 1 or 2, as it was delivered.
	QoS int64
}

// Start asks for the subscription; it is made when the connection is.
func (t *In[T]) Start(h *flow.Host) error {
	p, err := parsePattern(string(t.Topic))
	if err != nil {
		return errors.New("topic: " + err.Error())
	}
	most, err := pace.New(t.MaxRate)
	if err != nil {
		return err
	}
	t.feed.It = newFeed(h, p, t.OnFull)
	t.feed.It.pace = most
	t.Via.line.It.subscribe(p.filter, byte(t.QoS), t.feed.It)
	return nil
}

// React takes one message. A payload that does not fit its type is a fault: it
// changes nothing, and is confirmed, because it would not fit later either.
func (t *In[T]) React(h *flow.Host, w flow.Wake) {
	m, ok := t.message(w)
	if !ok {
		return
	}
	if m.key != 0 {
		h.Accept(m.key)
	}
	if m.retained && t.Kind == flow.NatureCommand {
		return
	}
	var none T
	t.next = none
	if err := t.Decode(m.payload, &t.next); err != nil {
		misfit(h, m, err)
		return
	}
	t.Captured = t.feed.It.pattern.captures(m.topic, t.Captured[:0])
	t.Meta = Meta{Topic: m.topic, Retained: m.retained, QoS: int64(m.qos)}
	t.Self.Happen(h.Pass(), h.Time(), t.next)
}

// message takes one that the flow may have now.
func (t *In[T]) message(w flow.Wake) (message, bool) {
	switch {
	case t.MaxRate.OK && w.Why != flow.AtStart:
		return t.feed.It.takePaced()
	case w.Why == flow.OnInput:
		return t.feed.It.take()
	}
	return message{}, false
}

// misfit is a message that does not fit its type.
func misfit(h *flow.Host, m message, err error) {
	h.Fault("a message on " + quote(m.topic) + " does not fit: " + err.Error())
	h.Dead()
}

// Complete confirms a message to the broker.
func (t *In[T]) Complete(_ *flow.Host, id uint64, _ flow.Outcome) { t.Via.line.It.done(id) }

// Windowed says that the broker sends only so much that is not confirmed.
func (t *In[T]) Windowed() {}

// Stop leaves the subscription with the broker, which collects for next time.
func (t *In[T]) Stop(*flow.Host) {}
