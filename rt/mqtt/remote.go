package mqtt

import (
	"context"
	"errors"
	"time"

	"flowc/rt/flow"
	"flowc/rt/limit"

	"github.com/eclipse/paho.golang/paho"
)

// remote is what the remote actuators share: the way of a command to the broker,
// the way back of what the device says, and the limits. A command counts as
// carried out when it was handed to the connection; without one nothing is sent,
// and with the next one goes what is commanded then.
type remote struct {
	courier flow.Outside[*courier]
	feed    flow.Outside[*feed]
	changes flow.Inbox[bool]
	run     limit.Run
	up      bool
}

// socket is how a remote actuator is wired, as its kind declares it.
type socket struct {
	via               *Broker
	topic, stateTopic string
	qos               int64
	retain            bool
	maxOn             flow.Opt[time.Duration]
	rest              time.Duration
	// on says that what is commanded is not the safe state; wanted that the flow
	// wants that.
	on, wanted bool
	// safeOn says that it is on when it is safe.
	safeOn bool
	// command and safe are the payloads.
	command, safe []byte
}

func (s *socket) limits() limit.Limits { return limit.Limits{MaxOn: s.maxOn, Rest: s.rest} }

// timerAgain follows the timers of the limits.
const timerAgain = limit.NextTimer

// commandAgain is the time after which a command that was given up is sent again.
const commandAgain = 30 * time.Second

func (r *remote) start(h *flow.Host, s *socket) error {
	if err := s.check(); err != nil {
		return err
	}
	line := s.via.line.It
	r.changes.Open(h, flow.DropOldest)
	line.notify(func(up bool) { r.changes.Put(up, 1) })
	line.leaveWill(&paho.WillMessage{Topic: s.topic, Payload: s.safe, QoS: byte(s.qos), Retain: s.retain})
	r.courier.It = newCourier(line.session, h, 1, flow.Latest)
	r.courier.It.fleeting = true
	if s.stateTopic != "" {
		p, err := parsePattern(s.stateTopic)
		if err != nil {
			return errors.New("state_topic: " + err.Error())
		}
		r.feed.It = newFeed(h, p, flow.Latest)
		line.subscribe(p.filter, byte(s.qos), r.feed.It)
	}
	return nil
}

func (s *socket) check() error {
	if err := s.limits().Check(s.safeOn); err != nil {
		return err
	}
	if err := checkTopic(s.topic); err != nil {
		return errors.New("topic: " + err.Error())
	}
	if s.stateTopic == "" {
		return nil
	}
	if err := checkTopic(s.stateTopic); err != nil {
		return errors.New("state_topic: " + err.Error())
	}
	return nil
}

// begin starts the limits. In a world that is simulated from its beginning, the
// device has rested.
func (r *remote) begin(h *flow.Host, s *socket) {
	r.run.Begin(h, s.limits(), simulated() != nil, s.safeOn)
}

// report takes what the device says, if it does.
func (r *remote) report(h *flow.Host) (m message, ok bool) {
	if r.feed.It == nil {
		return m, false
	}
	if m, ok = r.feed.It.take(); ok && m.key != 0 {
		h.Accept(m.key)
	}
	return m, ok
}

// connection takes a change of the connection; a new one is told what is commanded.
func (r *remote) connection(h *flow.Host, s *socket) {
	up, ok := r.changes.Take()
	if !ok {
		return
	}
	if r.up = up; up {
		r.send(h, s)
	}
}

// send hands over what is commanded, if there is a connection. A former command
// that still waits is dropped.
func (r *remote) send(h *flow.Host, s *socket) {
	h.Cancel(timerAgain)
	if !r.up {
		return
	}
	c := r.courier.It
	d := c.fresh()
	d.token, d.topic = h.Begin(), s.topic
	d.qos, d.retain, d.born = byte(s.qos), s.retain, h.Mono()
	d.payload = append(d.payload[:0], s.command...)
	c.post(d)
	if s.on != r.run.On {
		r.run.Carried(h, s.limits(), s.on, s.wanted)
	}
}

// over hears of the end of a command: it was sent, or failed with a message. One
// that a newer one replaced is neither.
func (r *remote) over(h *flow.Host, wired bool) (sent bool, failed *Failure) {
	e, ok := r.courier.It.result()
	if !ok {
		return false, nil
	}
	h.End(e.token, e.outcome)
	if e.outcome != flow.OutcomeDead {
		return e.outcome == flow.OutcomeDelivered, nil
	}
	if !wired {
		h.Fault(e.message)
	}
	h.After(timerAgain, commandAgain)
	return false, &Failure{Message: e.message, Attempt: int64(e.attempt), Time: h.Time()}
}

// stop sends the safe state and waits a moment for the broker to have it.
func (r *remote) stop(s *socket) {
	c := r.courier.It
	if c == nil {
		return
	}
	c.end()
	if b := simulated(); b != nil {
		b.send(c, &delivery{owner: c, topic: s.topic, payload: s.safe, qos: byte(s.qos), retain: s.retain})
		return
	}
	c.s.tell(s.topic, s.safe, byte(s.qos), s.retain)
}

// tell sends a message that nothing else waits for, and waits a moment until the
// broker has it.
func (s *session) tell(topic string, payload []byte, qos byte, retain bool) bool {
	d := &delivery{topic: topic, payload: payload, qos: qos, retain: retain, over: make(chan struct{})}
	s.mu.Lock()
	l := s.link
	going := l != nil && l.send(d, s.clock.Mono()) == sent
	s.mu.Unlock()
	if !going {
		return false
	}
	alarm := s.clock.NewTimer(farewellLimit)
	defer alarm.Stop()
	select {
	case <-d.over:
		return true
	case <-alarm.C():
		return false
	}
}

// makeSafe sends the safe state over a connection of its own.
func (s *socket) makeSafe(h *flow.Host) error {
	if simulated() != nil {
		return nil
	}
	c, err := s.via.open(h)
	if err != nil {
		return err
	}
	c.login.clientID += "-safe"
	c.login.clean, c.login.sessionExpiry, c.login.will = true, 0, nil
	own := newSession(h.Clock(), func(flow.LogLevel, string) {}, func(bool) {})
	client, err := connect(context.Background(), h.Clock(), c.dial, c.at, c.login, newLink(own))
	if err != nil {
		return errors.New("the broker at " + c.at.hostPort + " " + err.Error())
	}
	defer client.Disconnect(&paho.Disconnect{})
	if !own.tell(s.topic, s.safe, byte(s.qos), s.retain) {
		return errors.New("the broker at " + c.at.hostPort + " did not confirm the safe state")
	}
	return nil
}
