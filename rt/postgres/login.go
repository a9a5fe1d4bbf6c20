package postgres

import (
	"crypto/md5"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"

	"flowc/rt/flow"

	"github.com/jackc/pgx/v5/pgproto3"
)

// login begins the session: who asks for what, and how the server is to write what it
// answers.
func (l *link) login(s *store, binding []byte, secure bool) error {
	wait := flow.FormatInt(s.timeout.Milliseconds())
	l.f.Send(&pgproto3.StartupMessage{ProtocolVersion: pgproto3.ProtocolVersion30, Parameters: map[string]string{
		"user": s.user, "database": s.at.database, "application_name": s.program,
		"client_encoding": "UTF8", "DateStyle": "ISO", "TimeZone": "UTC", "extra_float_digits": "1", "bytea_output": "hex",
		"standard_conforming_strings": "on",
		// a notice is nothing to a program, and may be larger than what fits a socket
		"client_min_messages": "error",
		// what waits for a lock is told from what is slow: it is tried again
		"statement_timeout": wait, "lock_timeout": flow.FormatInt(s.timeout.Milliseconds() * 3 / 4),
		// what the program holds when its network is gone is given free
		"idle_in_transaction_session_timeout": flow.FormatInt(3 * s.timeout.Milliseconds()),
	}})
	if err := l.flush(); err != nil {
		return err
	}
	a := &asked{l: l, s: s, binding: binding, secure: secure}
	for {
		m, err := l.receive()
		if err != nil {
			return err
		}
		switch m := m.(type) {
		case *pgproto3.ErrorResponse:
			return a.refused(m)
		case *pgproto3.ReadyForQuery:
			if !a.over {
				return &broken{why: errSCRAM.Error()}
			}
			return nil
		case *pgproto3.AuthenticationOk:
			if a.over = a.scram == nil || a.held; !a.over {
				return &broken{why: errSCRAM.Error()}
			}
		default:
			if err := a.answer(m); err != nil {
				return err
			}
		}
	}
}

// asked is a server that wants to know who it is.
type asked struct {
	l       *link
	s       *store
	binding []byte
	secure  bool
	scram   *scram
	// held says that the server has proved that it knows the password.
	held bool
	// over says that the server has let it in.
	over bool
}

// refused words a login that fails. The server holds the password in the form that
// SASLprep gives it; what is not in that form already is another one here.
func (a *asked) refused(m *pgproto3.ErrorResponse) error {
	foreign := strings.IndexFunc(a.s.password, func(c rune) bool { return c > unicode.MaxASCII }) >= 0
	if m.Code == codeNotValidPwd && a.scram != nil && foreign {
		return &broken{why: "the database does not accept the user and the password; one with letters beyond ASCII must be written in Unicode's form NFKC"}
	}
	return refused(m)
}

func (a *asked) answer(m pgproto3.BackendMessage) error {
	switch m := m.(type) {
	case *pgproto3.AuthenticationCleartextPassword:
		if !a.secure {
			return &broken{why: "the server wants the password in plain text, and the connection has no TLS: it is not sent"}
		}
		return a.send(&pgproto3.PasswordMessage{Password: a.s.password})
	case *pgproto3.AuthenticationMD5Password:
		inner := md5.Sum([]byte(a.s.password + a.s.user))
		outer := md5.Sum(append([]byte(hex.EncodeToString(inner[:])), m.Salt[:]...))
		return a.send(&pgproto3.PasswordMessage{Password: "md5" + hex.EncodeToString(outer[:])})
	case *pgproto3.AuthenticationSASL:
		return a.begin(m.AuthMechanisms)
	case *pgproto3.AuthenticationSASLContinue:
		if a.scram == nil {
			return &broken{why: errSCRAM.Error()}
		}
		proof, err := a.scram.prove(m.Data)
		if err != nil {
			return &broken{why: err.Error()}
		}
		return a.send(&pgproto3.SASLResponse{Data: proof})
	case *pgproto3.AuthenticationSASLFinal:
		if a.scram == nil {
			return &broken{why: errSCRAM.Error()}
		}
		if err := a.scram.hold(m.Data); err != nil {
			return &broken{why: err.Error()}
		}
		a.held = true
	case *pgproto3.AuthenticationGSS, *pgproto3.AuthenticationGSSContinue:
		return &broken{why: "the server wants a login by Kerberos, which is not known here"}
	}
	return nil // what the server tells of itself
}

func (a *asked) begin(mechanisms []string) error {
	bound := a.binding != nil && slices.Contains(mechanisms, mechanismBound)
	if !bound && !slices.Contains(mechanisms, mechanism) {
		return &broken{why: "the server wants a login that is not known here"}
	}
	a.scram = newSCRAM(a.s.password, a.binding, bound)
	name := mechanism
	if bound {
		name = mechanismBound
	}
	return a.send(&pgproto3.SASLInitialResponse{AuthMechanism: name, Data: a.scram.begin()})
}

func (a *asked) send(m pgproto3.FrontendMessage) error {
	if a.s.password == "" {
		return &broken{why: "the database asks for a password; see `password`"}
	}
	a.l.f.Send(m)
	return a.l.flush()
}
