// Package mqtttls gives rt/mqtt connections over TLS. It is imported for its
// effect, and only by programs whose flow may ask for one.
package mqtttls

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"time"

	"flowc/rt/mqtt"
)

func init() { mqtt.UseTLS(prepare) }

// handshakeLimit is how long a broker may take for the connection and the
// handshake; the handshake is slow on the smallest machines.
const handshakeLimit = 20 * time.Second

// prepare reads the files once, so that a missing one shows at start.
func prepare(files mqtt.TLSFiles) (mqtt.Dial, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if files.CA != "" {
		pem, err := os.ReadFile(files.CA)
		if err != nil {
			return nil, unreadable("ca", err)
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(pem) {
			return nil, errors.New("ca: " + files.CA + " holds no certificate in PEM form")
		}
	}
	if err := clientCertificate(config, files); err != nil {
		return nil, err
	}
	return func(ctx context.Context, address string) (net.Conn, error) {
		return dial(ctx, address, config)
	}, nil
}

func clientCertificate(config *tls.Config, files mqtt.TLSFiles) error {
	switch {
	case files.Cert == "" && files.Key == "":
		return nil
	case files.Key == "":
		return errors.New("cert: the setting `key` with its private key is missing")
	case files.Cert == "":
		return errors.New("key: the setting `cert` with its certificate is missing")
	}
	cert, err := os.ReadFile(files.Cert)
	if err != nil {
		return unreadable("cert", err)
	}
	key, err := os.ReadFile(files.Key)
	if err != nil {
		return unreadable("key", err)
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return errors.New("cert: " + files.Cert + " and " + files.Key + " are not a certificate and its private key in PEM form")
	}
	config.Certificates = []tls.Certificate{pair}
	return nil
}

func unreadable(setting string, err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return errors.New(setting + ": cannot read " + path.Path + ": " + path.Err.Error())
	}
	return errors.New(setting + ": " + err.Error())
}

func dial(ctx context.Context, address string, config *tls.Config) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, handshakeLimit)
	defer cancel()
	d := tls.Dialer{Config: config}
	conn, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, explain(err)
	}
	return &wire{conn.(*tls.Conn)}, nil
}

// wire words what the broker says of the client's certificate: since TLS 1.3
// that comes after the handshake.
type wire struct{ *tls.Conn }

func (w *wire) Read(p []byte) (int, error) {
	n, err := w.Conn.Read(p)
	var alert tls.AlertError
	if errors.As(err, &alert) {
		err = explain(err)
	}
	return n, err
}

// explain words what went wrong in the handshake, as what the broker does.
func explain(err error) error {
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var alert tls.AlertError
	var record tls.RecordHeaderError
	switch {
	case errors.As(err, &unknown):
		return mqtt.Trouble("shows a certificate that no known authority signed; give the authority's file with `ca`")
	case errors.As(err, &name):
		return mqtt.Trouble("shows a certificate for another name (" + name.Error() + ")")
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return mqtt.Trouble("shows a certificate that is not valid today; check it, and this machine's clock")
	case errors.As(err, &invalid):
		return mqtt.Trouble("shows a certificate that is not valid (" + invalid.Error() + ")")
	case errors.As(err, &alert):
		return mqtt.Trouble("ends the TLS handshake (" + alert.Error() + "); does it want a client certificate (`cert`, `key`)?")
	case errors.As(err, &record):
		return mqtt.Trouble("does not speak TLS on this port")
	}
	return mqtt.Unreachable(err)
}
