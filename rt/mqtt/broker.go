package mqtt

import (
	"context"
	"errors"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"flowc/rt/flow"

	"github.com/eclipse/paho.golang/paho"
)

// Broker is a connection to an MQTT 5 broker. It is made again whenever it is
// lost, after 0.5 s to 60 s; nothing else in the flow waits for it.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
// With TLS, a login, and a topic that says whether the program runs:
//
//	secret broker_password {}
//
//	mqtt cloud {
//	  url          = "mqtts://broker.example.com:8883"
//	  user         = "greenhouse"
//	  password     = broker_password
//	  ca           = "/etc/flow/ca.pem"
//	  availability = "greenhouse/status"
//	}
//
//flow:kind mqtt
//flow:memory 17.MB messages that are not acknowledged
//flow:memory 1.MB what is read and written
type Broker struct {
	// URL is where the broker is: tcp://host:port, or mqtts://host:port for TLS.
	// The port is 1883, with TLS 8883, if it is left out.
	URL string `tls:"flowc/rt/mqtt/mqtttls" peer:"address"`
	// ClientID is the name by which the broker knows this connection and keeps its
	// session. It must be its own for each client, and stay the same. If it is left
	// out, it is made of the program, the thing and the name of the machine.
	ClientID string `optional:"true"`
	// User is the user name.
	User string `optional:"true" secret:"may"`
	// Password goes with the user name. Over plain TCP anyone on the way can read
	// it.
	Password flow.Secret `optional:"true"`
	// CA is a PEM file with the certificates that the broker's must be signed with;
	// without it those of the system count.
	CA string `optional:"true"`
	// Cert is a PEM file with the client's certificate, for brokers that want one.
	Cert string `optional:"true"`
	// Key is a PEM file with the private key of `cert`.
	Key string `optional:"true"`
	// BridgedWith is another broker that this one exchanges messages with by itself.
	// It changes nothing in what is sent or heard; but flowc finds messages that would
	// go round by way of both.
	BridgedWith *Broker `optional:"true" peer:"bridge"`
	// KeepAlive is the longest silence on the connection: both sides notice a loss
	// after that, from 1 s to 65535 s.
	KeepAlive time.Duration `default:"30.s"`
	// SessionExpiry is how long the broker keeps what comes in while the program is
	// away.
	SessionExpiry time.Duration `default:"24.h" unsure:"0.s the broker forgets what it kept for this program as soon as the connection ends"`
	// Will is a message that the broker sends if the program vanishes without a
	// goodbye. There is at most one, and none together with `availability`.
	Will flow.Blocks[Will]
	// Availability is a topic on which `online` and `offline` are kept (retained).
	Availability string `optional:"true" topic:"out"`

	// Connected is on while there is a connection.
	Connected flow.Value[bool] `rate:"any"`

	line    flow.Outside[*connection]
	changes flow.Inbox[bool]
}

// Will is a message left with the broker.
type Will struct {
	// Topic is where the message goes.
	Topic string `topic:"out"`
	// Payload is its text.
	Payload string
	// QoS is 0, 1 or 2.
	QoS int64 `default:"1" range:"0,2"`
	// Retain keeps it with the broker for later subscribers.
	Retain bool `default:"off"`
}

// Start checks the settings; the connection is made once everything has started.
func (b *Broker) Start(h *flow.Host) error {
	c, err := b.open(h)
	if err != nil {
		return err
	}
	b.changes.Open(h, flow.DropOldest)
	log := func(level flow.LogLevel, message string) { h.Log(level, message) }
	c.session = newSession(h.Clock(), log, func(up bool) { b.changes.Put(up, 1) })
	c.session.name, c.session.availability = h.Name(), b.Availability
	b.line.It = c
	return nil
}

// open reads the settings.
func (b *Broker) open(h *flow.Host) (*connection, error) {
	at, err := parseAddress(b.URL)
	if err != nil {
		return nil, err
	}
	at = located(at)
	dial, err := dialer(at, TLSFiles{CA: b.CA, Cert: b.Cert, Key: b.Key})
	if err != nil {
		return nil, err
	}
	in, err := b.login(h)
	if err != nil {
		return nil, err
	}
	return &connection{at: at, dial: dial, login: in, wait: newBackoff(), ownWill: in.will != nil}, nil
}

func (b *Broker) login(h *flow.Host) (login, error) {
	in := login{clientID: b.ClientID, user: b.User, password: b.Password,
		keepAlive: b.KeepAlive, sessionExpiry: b.SessionExpiry}
	if in.clientID == "" {
		in.clientID = clientID(h.Program(), h.Name())
	}
	switch {
	case len(in.clientID) > 256 || !utf8.ValidString(in.clientID):
		return in, errors.New("client_id: at most 256 bytes of UTF-8 text")
	case in.keepAlive < time.Second || in.keepAlive > 65535*time.Second:
		return in, errors.New("keep_alive: must be from 1.s to 65535.s")
	case in.sessionExpiry < 0:
		return in, errors.New("session_expiry: must not be negative")
	case len(b.Will) > 1:
		return in, errors.New("will: a connection has only one")
	case len(b.Will) == 1 && b.Availability != "":
		return in, errors.New("will: a connection has only one, and `availability` needs it")
	}
	if b.Availability != "" {
		if err := checkTopic(b.Availability); err != nil {
			return in, errors.New("availability: " + err.Error())
		}
		in.will = &paho.WillMessage{Topic: b.Availability, Payload: []byte("offline"), QoS: 1, Retain: true}
	}
	if len(b.Will) == 1 {
		w := b.Will[0]
		if err := checkTopic(w.Topic); err != nil {
			return in, errors.New("will: " + err.Error())
		}
		if len(w.Payload) > 65535 {
			return in, errors.New("will: the payload is longer than 65,535 bytes")
		}
		in.will = &paho.WillMessage{Topic: w.Topic, Payload: []byte(w.Payload), QoS: byte(w.QoS), Retain: w.Retain}
	}
	return in, nil
}

// clientID makes a name that stays the same on this machine and is this
// connection's alone.
func clientID(program, thing string) string {
	id := program + "-" + thing
	if machine, err := os.Hostname(); err == nil && machine != "" {
		id += "-" + machine
	}
	return strings.Map(func(r rune) rune {
		if r < 0x80 && (r == '-' || r == '_' || r == '.' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') {
			return r
		}
		return '_'
	}, id)
}

// React follows the connection.
func (b *Broker) React(h *flow.Host, w flow.Wake) {
	switch w.Why {
	case flow.AtStart:
		b.Connected.Set(h.Pass(), false)
		b.line.It.start()
	case flow.OnInput:
		if up, ok := b.changes.Take(); ok {
			tapConnected(h, up)
			b.Connected.Set(h.Pass(), up)
		}
	}
}

// stopLimit is how long stopping waits for a last word and a goodbye.
const stopLimit = 3 * time.Second

// Stop says goodbye to the broker; it keeps the session.
func (b *Broker) Stop(*flow.Host) {
	if b.line.It != nil {
		b.line.It.close(stopLimit)
	}
}

// Check logs in under a name of its own and out again: the settings are right
// and the broker can be reached.
func (b *Broker) Check(h *flow.Host) error {
	c, err := b.open(h)
	if err != nil {
		return err
	}
	c.login.clientID += "-check"
	c.login.clean, c.login.sessionExpiry, c.login.will = true, 0, nil
	s := newSession(h.Clock(), func(flow.LogLevel, string) {}, func(bool) {})
	client, err := connect(context.Background(), h.Clock(), c.dial, c.at, c.login, newLink(s))
	if err != nil {
		return errors.New("the broker at " + c.at.hostPort + " " + err.Error())
	}
	client.Disconnect(&paho.Disconnect{})
	return nil
}
