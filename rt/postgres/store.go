package postgres

import (
	"context"
	"crypto/tls"
	"errors"
	"sync"
	"time"

	"flowc/rt/flow"
	"flowc/rt/rows"
)

// store is a database with its connection. All but what mu guards belongs to whoever
// carries out jobs.
type store struct {
	clock          flow.Clock
	log            func(flow.LogLevel, string)
	program        string
	at             address
	user, password string
	tls            *tls.Config
	timeout        time.Duration
	// line is where the jobs come from; nil where only a connection is tried.
	line *rows.Line
	// tables are what the flow declares; fitted says that the database has them, keys
	// that it has the table of keys.
	tables       flow.Tables
	fitted, keys bool
	// mended says that a lost connection was replaced since the last commit.
	mended bool
	// readings counts how often in succession the statements of the flow could not be
	// read to their end.
	readings int
	// doubt is of a job that may be the end of its connections.
	doubt doubt
	// added counts the keys of each thing since the old ones were forgotten.
	added map[string]int64

	mu   sync.Mutex
	link *link
	// ended says that the program stops; cancel ends an attempt to connect.
	ended  bool
	cancel context.CancelFunc
}

// Limits of `timeout`.
const (
	timeoutLeast = time.Second
	timeoutMost  = 10 * time.Minute
)

func newStore(h *flow.Host, t *Database) (*store, error) {
	s := &store{
		clock: h.Clock(), log: h.Log, program: h.Program(), tables: t.Table, timeout: t.Timeout,
		user: t.User, password: t.Password.Reveal(), added: map[string]int64{},
	}
	if t.Timeout < timeoutLeast || t.Timeout > timeoutMost {
		return nil, errors.New("timeout: must be from 1.s to 10.min")
	}
	var err error
	if s.at, err = parseAddress(t.URL); err != nil {
		return nil, err
	}
	if s.at.user != "" && t.User != "" || s.at.password != "" && s.password != "" {
		return nil, errors.New("user: the address has a login too; one of them is enough")
	}
	if s.user == "" {
		s.user = s.at.user
	}
	if s.password == "" {
		s.password = s.at.password
	}
	if s.user == "" {
		return nil, errors.New("user: whose database is it? Write `user = \"…\"`")
	}
	s.tls, err = t.encryption(s.at)
	return s, err
}

// reach makes the connection ready; the first time the tables are fitted to what the
// flow declares. One that could not be made ready is closed: nothing is sent to a server
// that is not known, nor to tables that are not what they must be.
func (s *store) reach() error {
	err := s.connect()
	if err == nil && !s.fitted {
		err = s.prepare()
	}
	if err != nil {
		s.disconnect()
	}
	return err
}

// prepare fits the tables, and has the server read the statements of the flow.
func (s *store) prepare() error {
	end := s.link.guard()
	defer end()
	err := s.fit(false)
	if err == nil && s.line != nil && s.readings < deadlyMost {
		// the statement whose reading is the end of the connection tells of it when it is due
		s.readings++
		if err = s.verify(); err == nil {
			s.readings = 0
		}
	}
	s.fitted = err == nil
	return err
}

// patience is how long the server may be silent: longer than it lets a statement take.
func (s *store) patience() time.Duration { return s.timeout + s.timeout/2 + time.Second }

// connect opens a connection and logs in.
func (s *store) connect() error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	s.mu.Lock()
	s.cancel = cancel
	ended := s.ended
	s.mu.Unlock()
	if ended {
		return &broken{why: "the program ends"}
	}
	conn, err := s.dial(ctx)
	if err != nil {
		return err
	}
	l := newLink(conn, s.clock, s.patience())
	s.take(l)
	end := l.guard()
	defer end()
	secure := s.at.near
	var binding []byte
	if s.tls != nil {
		inner, tied, err := encrypted(conn, s.tls)
		if err != nil {
			return err
		}
		l.conn, binding, secure = inner, tied, true
	}
	return l.login(s, binding, secure)
}

// take makes a connection the store's, so that the end of the program can cut it off.
func (s *store) take(l *link) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.link = l; l != nil && s.ended {
		l.raw.Close()
	}
}

// disconnect gives up the connection.
func (s *store) disconnect() {
	if l := s.link; l != nil {
		s.take(nil)
		l.close()
	}
}

// Interrupt ends what is under way, from any goroutine: the program stops.
func (s *store) Interrupt() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	if s.cancel != nil {
		s.cancel()
	}
	if s.link != nil {
		s.link.raw.Close()
	}
}

// Mend tries again at once where a connection that was there is lost: the server was
// started again meanwhile, and what was not committed is as if it had never been. It does
// so once: a server that is lost each time is asked after a pause.
func (s *store) Mend(err error) (mended bool, cause error) {
	var b *broken
	var u *unreached
	var d *deadly
	if s.mended || !errors.As(err, &b) || errors.As(err, &u) || errors.As(err, &d) {
		return false, err
	}
	s.mended = s.reach() == nil
	return s.mended, err
}

// Passing reports whether the same may succeed later.
func (s *store) Passing(err error) bool {
	var u *unreached
	var r *refusal
	var d *deadly
	if errors.As(err, &d) {
		return false
	}
	return errors.As(err, &u) || !errors.As(err, &r) || r.passing()
}

// Explain words an error for people.
func (s *store) Explain(err error) error { return explained(err) }

// Close ends the connection.
func (s *store) Close() { s.disconnect() }
