package postgres

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"os"
	"syscall"

	"github.com/jackc/pgx/v5/pgproto3"
)

// encryption reads the files of a TLS connection; nil for one without.
func (t *Database) encryption(a address) (*tls.Config, error) {
	if !t.TLS || a.plain || a.network == "unix" {
		if t.CA != "" || t.Cert != "" {
			return nil, errors.New("ca: this connection has no TLS")
		}
		return nil, nil
	}
	c := &tls.Config{MinVersion: tls.VersionTLS12, ServerName: a.server}
	if t.CA != "" {
		pem, err := os.ReadFile(t.CA)
		if err != nil {
			return nil, errors.New("ca: " + t.CA + " cannot be read")
		}
		c.RootCAs = x509.NewCertPool()
		if !c.RootCAs.AppendCertsFromPEM(pem) {
			return nil, errors.New("ca: " + t.CA + " holds no certificate in PEM form")
		}
	}
	switch {
	case t.Cert == "" && t.Key == "":
		return c, nil
	case t.Key == "":
		return nil, errors.New("cert: the setting `key` with its private key is missing")
	case t.Cert == "":
		return nil, errors.New("key: the setting `cert` with its certificate is missing")
	}
	pair, err := tls.LoadX509KeyPair(t.Cert, t.Key)
	if err != nil {
		return nil, errors.New("cert: " + t.Cert + " and " + t.Key + " are no certificate with its private key in PEM form")
	}
	c.Certificates = []tls.Certificate{pair}
	return c, nil
}

// dial opens the connection and encrypts it.
func (s *store) dial(ctx context.Context) (net.Conn, error) {
	d := net.Dialer{Timeout: s.timeout}
	conn, err := d.DialContext(ctx, s.at.network, s.at.dial)
	if err != nil {
		return nil, unreachable(err)
	}
	return conn, nil
}

// unreachable words a failure to open a connection, without the address.
func unreachable(err error) error {
	var name *net.DNSError
	var number syscall.Errno
	var timeout net.Error
	switch {
	case errors.As(err, &name):
		return &broken{why: "the name of the server cannot be found"}
	case errors.As(err, &number):
		return &broken{why: "the server cannot be reached (" + number.Error() + ")"}
	case errors.As(err, &timeout) && timeout.Timeout():
		return &broken{why: "the server cannot be reached (no answer)"}
	}
	return &broken{why: "the server cannot be reached"}
}

// encrypted asks the server for TLS. Whatever it sends beside its answer was not sent
// by it alone, so not a byte more is read.
func encrypted(conn net.Conn, config *tls.Config) (net.Conn, []byte, error) {
	ask, err := (&pgproto3.SSLRequest{}).Encode(nil)
	if err != nil {
		return nil, nil, err
	}
	if _, err := conn.Write(ask); err != nil {
		return nil, nil, lost(err)
	}
	var answer [1]byte
	if _, err := io.ReadFull(conn, answer[:]); err != nil {
		return nil, nil, lost(err)
	}
	switch answer[0] {
	case 'S':
	case 'E': // an error instead of an answer: what it says was not sent over TLS and is not believed
		return nil, nil, &broken{why: "the server takes no connection at the moment"}
	default:
		return nil, nil, &broken{why: "the server offers no TLS; write `tls = off` where nobody can listen in"}
	}
	c := tls.Client(conn, config)
	if err := c.Handshake(); err != nil {
		return nil, nil, untrusted(err)
	}
	state := c.ConnectionState()
	return c, endPoint(&state), nil
}

// untrusted words a handshake that failed.
func untrusted(err error) error {
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &authority):
		return &broken{why: "the server's certificate is signed by nobody that is known here; see `ca`"}
	case errors.As(err, &host):
		return &broken{why: "the server's certificate is for another name"}
	case errors.As(err, &invalid):
		return &broken{why: "the server's certificate is not valid: " + invalid.Error()}
	}
	return &broken{why: "the server and this program cannot agree on TLS (" + err.Error() + ")"}
}

// silent is a connection that was closed because nothing came for too long.
var silent = &broken{why: "the server does not answer in time"}

// lost words the end of a connection.
func lost(err error) error {
	var number syscall.Errno
	switch {
	case errors.As(err, &number):
		return &broken{why: "the connection was lost (" + number.Error() + ")"}
	case errors.Is(err, net.ErrClosed):
		return silent
	}
	return &broken{why: "the server ended the connection"}
}
