package postgres

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"flowc/rt/postgres/witness"

	"github.com/jackc/pgx/v5/pgproto3"
)

// certificate makes a certificate for 127.0.0.1 that is signed by itself, in PEM form.
func certificate(t *testing.T) (cert, key []byte) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "db"}, IPAddresses: []net.IP{net.ParseIP("127.0.0.1")},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: raw})
}

// TestTLS holds that a connection is encrypted and the server's certificate looked at,
// and that the login is bound to the connection.
func TestTLS(t *testing.T) {
	cert, key := certificate(t)
	w, err := witness.New(map[string][]byte{"server.crt": cert, "server.key": key},
		"ssl=on", "ssl_cert_file=../server.crt", "ssl_key_file=../server.key", "log_connections=on", "log_min_messages=log")
	if errors.Is(err, witness.ErrMissing) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, cert, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ url, ca, password, want string }{
		{w.URL(), ca, witness.Password, ""},
		{w.URL(), ca, "wrong", "the database does not accept the user and the password"},
		{w.URL(), "", witness.Password, "the server's certificate is signed by nobody that is known here; see `ca`"},
		{strings.Replace(w.URL(), "127.0.0.1", "localhost", 1), ca, witness.Password, "the server's certificate is for another name"},
	} {
		s := opened(t, c.url, weather(at(), temp()))
		s.password = c.password
		if s.tls, err = (&Database{TLS: true, CA: c.ca}).encryption(s.at); err != nil {
			t.Fatal(err)
		}
		err := s.reach()
		if err == nil {
			err = s.link.ask("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", nil, func(cells [][]byte) {
				if string(cells[0]) != "t" {
					t.Error("it is not encrypted")
				}
			})
		}
		got := ""
		if err != nil {
			got = explained(err).Error()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.url, got, c.want)
		}
		s.disconnect()
	}
	bound(t, w, ca)
}

// bound holds that a login which is bound to one connection is none on another: a man in
// the middle who passes it on is found out.
func bound(t *testing.T, w *witness.Server, ca string) {
	s := opened(t, w.URL(), nil)
	config, err := (&Database{TLS: true, CA: ca}).encryption(s.at)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", s.at.dial)
	if err != nil {
		t.Fatal(err)
	}
	inner, _, err := encrypted(conn, config)
	if err != nil {
		t.Fatal(err)
	}
	l := newLink(conn, s.clock, s.patience())
	l.conn = inner
	defer l.close()
	var r *refusal
	if err := l.login(s, []byte("the hash of another certificate"), true); !errors.As(err, &r) || !r.class("28", "08") {
		t.Errorf("a login for another connection: %v", err)
	}
}

// TestNoTLS holds that a server without TLS is not told anything.
func TestNoTLS(t *testing.T) {
	w := served(t)
	s := opened(t, w.URL(), nil)
	s.tls = &tls.Config{ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12}
	if err := s.reach(); err == nil || !strings.Contains(err.Error(), "offers no TLS; write `tls = off`") {
		t.Errorf("got %v", err)
	}
}

// fake is a server that does what a test says, and nothing more.
func fake(t *testing.T, serve func(b *pgproto3.Backend)) *store {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				b := pgproto3.NewBackend(conn, conn)
				if _, err := b.ReceiveStartupMessage(); err == nil {
					serve(b)
				}
			}()
		}
	}()
	s := opened(t, "postgres://"+l.Addr().String()+"/house", weather(at(), temp()))
	s.at.near = false
	return s
}

func answered(b *pgproto3.Backend, list ...pgproto3.BackendMessage) {
	for _, m := range list {
		b.Send(m)
	}
	b.Flush()
}

// TestHostileServer holds what is not believed and not told to a server.
func TestHostileServer(t *testing.T) {
	forged := func(final string) func(b *pgproto3.Backend) {
		return func(b *pgproto3.Backend) {
			answered(b, &pgproto3.AuthenticationSASL{AuthMechanisms: []string{mechanism}})
			b.SetAuthType(pgproto3.AuthTypeSASL)
			m, err := b.Receive()
			if err != nil {
				return
			}
			_, nonce, _ := strings.Cut(string(m.(*pgproto3.SASLInitialResponse).Data), "r=")
			answered(b, &pgproto3.AuthenticationSASLContinue{Data: []byte("r=" + nonce + "more,s=c2FsdA==,i=4096")})
			b.SetAuthType(pgproto3.AuthTypeSASLContinue)
			if _, err := b.Receive(); err != nil {
				return
			}
			if final != "" {
				answered(b, &pgproto3.AuthenticationSASLFinal{Data: []byte(final)})
			}
			answered(b, &pgproto3.AuthenticationOk{}, &pgproto3.ReadyForQuery{TxStatus: 'I'})
		}
	}
	for name, c := range map[string]struct {
		serve func(b *pgproto3.Backend)
		want  string
	}{
		"plain": {func(b *pgproto3.Backend) {
			answered(b, &pgproto3.AuthenticationCleartextPassword{})
			m, _ := b.Receive()
			if _, is := m.(*pgproto3.PasswordMessage); is {
				t.Error("it was told the password")
			}
		}, "it is not sent"},
		"no proof":    {forged(""), "the server's part of the login is not valid"},
		"false proof": {forged("v=AAAA"), "it is not the right one"},
		"many rounds": {func(b *pgproto3.Backend) {
			answered(b, &pgproto3.AuthenticationSASL{AuthMechanisms: []string{mechanism}})
			b.SetAuthType(pgproto3.AuthTypeSASL)
			m, err := b.Receive()
			if err != nil {
				return
			}
			_, nonce, _ := strings.Cut(string(m.(*pgproto3.SASLInitialResponse).Data), "r=")
			answered(b, &pgproto3.AuthenticationSASLContinue{Data: []byte("r=" + nonce + "more,s=c2FsdA==,i=2000000000")})
			b.Receive()
		}, "the server's part of the login is not valid"},
		"silent": {func(b *pgproto3.Backend) { b.Receive() }, "the server does not answer in time"},
		"gone":   {func(*pgproto3.Backend) {}, "the server ended the connection"},
		"no words": {func(b *pgproto3.Backend) {
			answered(b, &pgproto3.ReadyForQuery{TxStatus: 'I'})
			b.Receive()
		}, "the server's part of the login is not valid"},
		"large": {func(b *pgproto3.Backend) {
			answered(b, &pgproto3.AuthenticationOk{}, &pgproto3.ParameterStatus{Name: "x", Value: strings.Repeat("x", messageBytes+1)})
		}, "larger than 4 MB"},
	} {
		t.Run(name, func(t *testing.T) {
			s := fake(t, c.serve)
			if name == "silent" {
				s.timeout = 200 * time.Millisecond
			}
			err := s.reach()
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), witness.Password) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

// TestAddress holds how addresses are read, and that no message tells one.
func TestAddress(t *testing.T) {
	for text, want := range map[string]string{
		"postgres://h/d":                            "tcp h:5432 d plain=false near=false",
		"postgresql://u:p%40@localhost:1/d":         "tcp localhost:1 d u p@ plain=false near=true",
		"postgres://[::1]/d?sslmode=disable":        "tcp [::1]:5432 d plain=true near=true",
		"postgres:///d?host=/run/postgresql":        "unix /run/postgresql/.s.PGSQL.5432 d plain=false near=true",
		"postgres://:99/d?host=/run/postgresql":     "unix /run/postgresql/.s.PGSQL.99 d plain=false near=true",
		"postgres://h/d?sslmode=require":            "tcp h:5432 d plain=false near=false",
		"postgres://h/d?sslmode=prefer":             "sslmode is disable or verify-full",
		"postgres://topsecret":                      "which database?",
		"postgres:///topsecret":                     "which host?",
		"mysql://topsecret/d":                       "the scheme must be postgres",
		"postgres://topsecret:x/d":                  "this is no address",
		"postgres://topsecret:70000/d":              "the port is no number",
		"postgres://topsecret/d?application_name=x": "there is no `application_name` here",
		"postgres://topsecret/d?host=/run":          "names two hosts",
		"topsecret":                                 "the scheme must be postgres",
	} {
		a, err := parseAddress(text)
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			got = strings.Join(strings.Fields(a.network+" "+a.dial+" "+a.database+" "+a.user+" "+a.password), " ")
			got += map[bool]string{true: " plain=true", false: " plain=false"}[a.plain] + map[bool]string{true: " near=true", false: " near=false"}[a.near]
		}
		if !strings.Contains(got, want) || strings.Contains(got, "topsecret") {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// TestForeignPassword holds what becomes of a password beyond ASCII: the server keeps it
// in the form that SASLprep gives it.
func TestForeignPassword(t *testing.T) {
	w := served(t)
	for password, want := range map[string]string{
		"grün €":     "",
		"gru\u0308n": "Unicode's form NFKC",
		"½":          "Unicode's form NFKC",
	} {
		if _, err := w.SQL("DROP ROLE IF EXISTS foreigner; CREATE ROLE foreigner LOGIN PASSWORD '" + password + "'"); err != nil {
			t.Fatal(err)
		}
		s := opened(t, w.URL(), nil)
		s.user, s.password, s.fitted = "foreigner", password, true
		if err := s.reach(); err == nil != (want == "") || err != nil && !strings.Contains(explained(err).Error(), want) {
			t.Errorf("%q: %v, want %q", password, err, want)
		}
		s.disconnect()
	}
	if _, err := w.SQL("DROP ROLE foreigner"); err != nil {
		t.Fatal(err)
	}
}
