package mqtt

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"syscall"
	"time"
)

// dialLimit is how long a broker may take to accept a connection.
const dialLimit = 10 * time.Second

// Dial opens a connection to an address, "host:port".
type Dial func(ctx context.Context, address string) (net.Conn, error)

// TLSFiles are the files of a TLS connection, all in PEM; "" where there is
// none.
type TLSFiles struct {
	// CA holds the certificates that the broker's may be signed with; without
	// it the system's own count.
	CA string
	// Cert and Key are the client's certificate and its private key.
	Cert, Key string
}

// prepareTLS is set by rt/mqtt/mqtttls, which is linked only where a flow asks
// for TLS: it is the larger half of a small program.
var prepareTLS func(TLSFiles) (Dial, error)

// UseTLS says how TLS connections are made. prepare reads the files and fails
// with a sentence that names the setting at fault.
func UseTLS(prepare func(TLSFiles) (Dial, error)) { prepareTLS = prepare }

// dialer gives the way to an address.
func dialer(a address, files TLSFiles) (Dial, error) {
	if !a.tls {
		return dialTCP, nil
	}
	if prepareTLS == nil {
		return nil, errors.New("url: this program was built without TLS; build it with an mqtts:// address in the flow, or with `url` as a setting")
	}
	return prepareTLS(files)
}

func dialTCP(ctx context.Context, address string) (net.Conn, error) {
	d := net.Dialer{Timeout: dialLimit}
	conn, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, Unreachable(err)
	}
	return conn, nil
}

// Trouble is an error that says what the broker does, as a sentence without its
// subject: "does not speak TLS on this port".
func Trouble(text string) error { return &lost{text: text} }

// Unreachable words a failure to open a connection, as what the broker does:
// "does not answer (connection refused)".
func Unreachable(err error) error {
	var name *net.DNSError
	if errors.As(err, &name) {
		if name.IsNotFound {
			return &lost{text: "cannot be found: the name " + quote(name.Name) + " is not known"}
		}
		return &lost{text: "cannot be found: no name server answers for " + quote(name.Name)}
	}
	return &lost{text: "does not answer (" + plain(err) + ")"}
}

// plain gives a network error without the layers that repeat the address.
func plain(err error) string {
	var number syscall.Errno
	var timeout net.Error
	switch {
	case errors.As(err, &number):
		return number.Error()
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded),
		errors.As(err, &timeout) && timeout.Timeout():
		return "no answer in time"
	case errors.Is(err, net.ErrClosed), errors.Is(err, fs.ErrClosed):
		return "closed"
	}
	var op *net.OpError
	if errors.As(err, &op) && op.Err != nil {
		return op.Err.Error()
	}
	return err.Error()
}
