package web_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/web"
)

// secured gives a server a certificate of its own.
func secured(t *testing.T, s *web.Server) *tls.Config {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	cert := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, &key.PublicKey, key)
	must(t, err)
	private, err := x509.MarshalECPrivateKey(key)
	must(t, err)
	dir := t.TempDir()
	for name, block := range map[string]*pem.Block{"cert.pem": {Type: "CERTIFICATE", Bytes: der}, "key.pem": {Type: "EC PRIVATE KEY", Bytes: private}} {
		must(t, os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600))
	}
	s.Cert, s.Key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	pool := x509.NewCertPool()
	parsed, err := x509.ParseCertificate(der)
	must(t, err)
	pool.AddCert(parsed)
	return &tls.Config{RootCAs: pool}
}

// A client that takes nothing of a large answer is let go, also where a small one was
// written just before: for another request, or to shake hands for TLS.
func TestDeafClientIsLetGo(t *testing.T) {
	defer web.HurryAnswers(hurry)()
	for _, secure := range []bool{false, true} {
		a := newAnswering(t)
		dial := net.Dial
		if secure {
			config := secured(t, a.server)
			dial = func(network, address string) (net.Conn, error) { return tls.Dial(network, address, config) }
		}
		a.route.Encode = func(dst []byte, v string) []byte {
			if v == "anna large" {
				return append(dst, make([]byte, 7_900_000)...) // more than the kernel keeps for a client
			}
			return append(dst, v...)
		}
		a.run()
		c, err := dial("tcp", a.server.Address())
		must(t, err)
		defer c.Close()
		_, err = io.WriteString(c, strings.Repeat("POST /say/anna HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n\r\nsmall", 3)+
			"POST /say/anna HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n\r\nlarge")
		must(t, err)
		a.sees("asked anna large")
		a.until("it is let go", func() bool { a.note(runtime.Gosched); return a.server.Guests() == 0 })
		a.free()
	}
}

// A server that speaks TLS answers, and tells who speaks none; a program with such clients
// stops in time.
func TestServerSpeaksTLS(t *testing.T) {
	a := newAnswering(t)
	config := secured(t, a.server)
	a.run()
	c := &http.Client{Timeout: patience, Transport: &http.Transport{TLSClientConfig: config}}
	defer c.CloseIdleConnections()
	s, err := c.Post("https://"+a.server.Address()+"/say/anna", "text/plain", strings.NewReader("x"))
	must(t, err)
	text, _ := io.ReadAll(s.Body)
	s.Body.Close()
	if s.StatusCode != 200 || string(text) != "anna x" || s.Proto != "HTTP/1.1" {
		t.Errorf("%s %s: %s", s.Proto, s.Status, text)
	}
	if got := raw(t, a.server, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"); got != "HTTP/1.0 400 Bad Request" {
		t.Errorf("without TLS: %s", got)
	}
	old := config.Clone()
	old.MaxVersion = tls.VersionTLS11
	if c, err := tls.Dial("tcp", a.server.Address(), old); err == nil {
		c.Close()
		t.Error("TLS 1.1 is spoken")
	}
}

// trouble is a listener whose Accept fails a few times before each client.
type trouble struct {
	net.Listener
	mu    sync.Mutex
	fails int
	last  error
}

func (l *trouble) Accept() (net.Conn, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fails > 0 {
		l.fails--
		return nil, l.last
	}
	return l.Listener.Accept()
}

// What keeps the kernel from letting a client in passes; the server goes on.
func TestServerSurvivesTheKernel(t *testing.T) {
	for _, trouble := range []error{syscall.EMFILE, syscall.ENOBUFS, syscall.ENOMEM, syscall.EPROTO, syscall.EPERM, errors.New("something new")} {
		a := newAnswering(t)
		a.failing(trouble, 3)
		if got := a.post("/say/anna", "x"); got != "200 anna x" {
			t.Errorf("%v: %s", trouble, got)
		}
	}
}

// failing runs the flow with a listener that fails.
func (a *answering) failing(last error, times int) {
	defer web.Listening(func(l net.Listener) net.Listener { return &trouble{Listener: l, fails: times, last: last} })()
	a.run()
}

var _ flow.Thing = (*web.Server)(nil)
