package postgres

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"flowc/rt/rows"

	"github.com/jackc/pgx/v5/pgproto3"
)

// pair is a certificate for 127.0.0.1 with its key.
func pair(t *testing.T) (tls.Certificate, []byte) {
	t.Helper()
	cert, key := certificate(t)
	c, err := tls.X509KeyPair(cert, key)
	if err != nil {
		t.Fatal(err)
	}
	return c, cert
}

// TestMendTellsNoStranger holds that a connection which was not made ready is none: who
// cuts off a program that is connected, and answers in the server's place, hears nothing
// in plain text.
func TestMendTellsNoStranger(t *testing.T) {
	right, ca := pair(t)
	wrong, _ := pair(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	heard := make(chan []byte, 8)
	go func() {
		for n := 0; ; n++ {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			if n == 0 {
				cutOff(conn, right)
			} else {
				heard <- overheard(conn, wrong)
			}
			conn.Close()
		}
	}()

	s := opened(t, "postgres://"+l.Addr().String()+"/house", nil)
	s.fitted = true
	s.tls = &tls.Config{ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12, RootCAs: x509.NewCertPool()}
	s.tls.RootCAs.AppendCertsFromPEM(ca)
	batch := []*rows.Job{row(1)}
	for range 3 {
		err := s.Attempt(batch)
		if err == nil {
			t.Fatal("a stranger took a row")
		}
		if mended, _ := s.Mend(err); mended {
			t.Fatal("a stranger was believed")
		}
	}
	s.disconnect()
	for range 2 {
		text := []byte("BEGIN, or nothing at all")
		select {
		case text = <-heard:
		case <-time.After(patience):
		}
		if bytes.Contains(text, []byte("BEGIN")) || bytes.Contains(text, []byte("INSERT")) {
			t.Errorf("a stranger heard %q", text)
		}
	}
}

// cutOff logs a client in, and leaves it alone with what it says then.
func cutOff(conn net.Conn, cert tls.Certificate) {
	asked := make([]byte, 8)
	io.ReadFull(conn, asked)
	conn.Write([]byte("S"))
	inner := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{cert}})
	b := pgproto3.NewBackend(inner, inner)
	if _, err := b.ReceiveStartupMessage(); err != nil {
		return
	}
	answered(b, &pgproto3.AuthenticationOk{}, &pgproto3.ReadyForQuery{TxStatus: 'I'})
	b.Receive()
}

// overheard is all that a client says to a server with the wrong certificate.
func overheard(conn net.Conn, cert tls.Certificate) []byte {
	asked := make([]byte, 8)
	io.ReadFull(conn, asked)
	conn.Write([]byte("S"))
	tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{cert}}).Handshake()
	conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	rest, _ := io.ReadAll(conn)
	return rest
}

// TestMendOnce holds that a server which takes no commit, again and again, is not asked
// without a pause.
func TestMendOnce(t *testing.T) {
	s := fake(t, func(b *pgproto3.Backend) {
		answered(b, &pgproto3.AuthenticationOk{}, &pgproto3.ReadyForQuery{TxStatus: 'I'})
		b.Receive()
	})
	s.tables, s.fitted = nil, true
	mended := 0
	for range 5 {
		err := s.Attempt([]*rows.Job{row(1)})
		if err == nil {
			t.Fatal("nobody took the row")
		}
		if again, _ := s.Mend(err); again {
			mended++
		}
	}
	if mended > 1 {
		t.Errorf("%d attempts without a pause", mended)
	}
}

// TestRefusedBegin holds that the answers to jobs are never taken for those to something
// else: where the server refuses to begin they are still to come.
func TestRefusedBegin(t *testing.T) {
	var turn atomic.Int32
	s := fake(t, func(b *pgproto3.Backend) {
		answered(b, &pgproto3.AuthenticationOk{}, &pgproto3.ReadyForQuery{TxStatus: 'I'})
		refuses := turn.Add(1) == 1
		for {
			m, err := b.Receive()
			if err != nil {
				return
			}
			switch m := m.(type) {
			case *pgproto3.Query:
				if refuses {
					refuses = false
					b.Send(&pgproto3.ErrorResponse{Code: codeCanceled, Message: "canceled"})
				} else {
					b.Send(&pgproto3.CommandComplete{CommandTag: []byte(m.String)})
				}
				answered(b, &pgproto3.ReadyForQuery{TxStatus: 'I'})
			case *pgproto3.Execute:
				b.Send(&pgproto3.CommandComplete{CommandTag: []byte("INSERT 0 1")})
			case *pgproto3.Sync:
				answered(b, &pgproto3.ReadyForQuery{TxStatus: 'I'})
			}
		}
	})
	s.fitted = true
	j := row(1)
	if err := s.Attempt([]*rows.Job{j}); err == nil || s.link != nil {
		t.Fatalf("%v; the connection is kept: %v", err, s.link != nil)
	}
	if err := s.Attempt([]*rows.Job{j}); err != nil || j.Changed != 1 {
		t.Errorf("%v; %d rows", err, j.Changed)
	}
}
