package mqtt

import (
	"context"
	"time"

	"flowc/rt/flow"

	"github.com/eclipse/paho.golang/packets"
	"github.com/eclipse/paho.golang/paho"
)

// connect opens a connection, logs in, and hands it to the link. A failure says
// what the broker does, as a sentence without its subject: "does not answer
// (connection refused)".
func connect(ctx context.Context, clock flow.Clock, dial Dial, at address, in login, l *link) (*paho.Client, error) {
	conn, err := dial(ctx, at.hostPort)
	if err != nil {
		return nil, err
	}
	w := newWire(conn, clock, l)
	l.w = w
	client := paho.NewClient(paho.ClientConfig{
		Conn:        w,
		Session:     l,
		PingHandler: &pinger{clock: clock, w: w},
		// The library calls a missing one without looking.
		AuthHandler:        noAuth{},
		OnPublishReceived:  []func(paho.PublishReceived) (bool, error){nothing},
		OnServerDisconnect: func(*paho.Disconnect) {},
		PacketTimeout:      dialLimit,
	})
	ack, err := client.Connect(ctx, in.packet())
	if err != nil {
		cause := w.cause()
		w.kill(errStopped)
		return nil, refused(ack, cause)
	}
	return client, nil
}

func nothing(paho.PublishReceived) (bool, error) { return true, nil }

type noAuth struct{}

func (noAuth) Authenticate(*paho.Auth) *paho.Auth { return &paho.Auth{} }

func (noAuth) Authenticated() {}

// refused words a login that failed.
func refused(ack *paho.Connack, cause error) error {
	switch {
	case ack != nil && ack.ReasonCode == packets.ConnackUnsupportedProtocolVersion:
		return errOldBroker
	case ack != nil && ack.ReasonCode >= 0x80:
		return &lost{text: "refuses the connection: " + reason(ack.ReasonCode), code: ack.ReasonCode}
	case cause != nil:
		return cause
	}
	return &lost{text: "does not answer the login within " + seconds(dialLimit)}
}

func (in login) packet() *paho.Connect {
	expiry := uint32(min(in.sessionExpiry/time.Second, 0xFFFFFFFF))
	most, large := uint16(receiveMaximum), uint32(maxPacket)
	p := &paho.Connect{
		ClientID:   in.clientID,
		CleanStart: in.clean,
		KeepAlive:  uint16((in.keepAlive + time.Second - 1) / time.Second),
		Properties: &paho.ConnectProperties{
			SessionExpiryInterval: &expiry, ReceiveMaximum: &most, MaximumPacketSize: &large,
		},
		WillMessage: in.will,
	}
	if in.user != "" {
		p.UsernameFlag, p.Username = true, in.user
	}
	if secret := in.password.Reveal(); secret != "" {
		p.PasswordFlag, p.Password = true, []byte(secret)
	}
	return p
}
