package mqtt

import (
	"sync"
	"time"

	"flowc/rt/flow"
)

// session is what outlives a connection: subscriptions, what is not confirmed
// yet, and the identifiers the broker knows. One mutex guards it all, links and
// couriers included; nothing blocks while it is held.
type session struct {
	// name is that of the thing whose connections these are.
	name  string
	mu    sync.Mutex
	clock flow.Clock
	log   func(flow.LogLevel, string)
	// connected is told of a new and a lost connection, and so are watchers.
	connected func(bool)
	watchers  []func(bool)

	subs     []*subscription
	couriers []*courier
	// availability is the topic that says "online" and "offline", or "".
	availability string

	link  *link
	epoch uint32
	// waiting holds what was published and not confirmed, by packet id.
	waiting map[uint16]*delivery
	lastID  uint16
	// inherited says that the broker kept the session of an earlier process, and
	// swept which packet ids are known not to be left from there (QoS 2).
	inherited bool
	swept     map[uint16]bool
	// taken holds QoS 2 messages that came in and are not released, by packet
	// id; working finds them by the key of their first receipt.
	taken   map[uint16]*taken
	working map[uint64]*taken

	// topics saves a copy of each topic for the next message on it.
	topics map[string]string
	// strangers counts messages for filters that this program does not have.
	strangers uint64
}

// maxTopics bounds the saved topics.
const maxTopics = 1024

func newSession(clock flow.Clock, log func(flow.LogLevel, string), connected func(bool)) *session {
	return &session{
		clock: clock, log: log, connected: connected,
		waiting: map[uint16]*delivery{}, swept: map[uint16]bool{},
		taken: map[uint16]*taken{}, working: map[uint64]*taken{},
		topics: map[string]string{},
	}
}

// adopt makes l the connection. The broker kept the session if present is true;
// if not, everything unconfirmed is sent as new.
func (s *session) adopt(l *link, present bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.epoch == 0 {
		s.inherited = present
	}
	if !present {
		s.inherited = false
	}
	s.epoch++
	l.epoch = s.epoch
	s.link = l
	for _, c := range s.couriers {
		if c.fleeting {
			c.recall()
		}
	}
	for id, d := range s.waiting {
		if d.owner == nil || !present {
			d.forget()
			delete(s.waiting, id)
		}
	}
	if !present {
		clear(s.taken)
		clear(s.working)
	}
	for _, sub := range s.subs {
		l.subscribe(sub)
	}
	if s.availability != "" {
		l.announce("online")
	}
	s.tellAll(true)
	s.wakeCouriers()
}

// tellAll tells of a new or a lost connection.
func (s *session) tellAll(up bool) {
	s.connected(up)
	for _, w := range s.watchers {
		w(up)
	}
}

// notify lets f hear of new and lost connections; called before the first starts.
func (s *session) notify(f func(bool)) { s.watchers = append(s.watchers, f) }

// leave ends l; what it had not confirmed waits for the next one.
func (s *session) leave(l *link) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.link == l {
		s.link = nil
		s.tellAll(false)
	}
}

// room lets the couriers go on.
func (s *session) room() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wakeCouriers()
}

func (s *session) wakeCouriers() {
	for _, c := range s.couriers {
		c.ring()
	}
}

// newID gives a free packet identifier, or 0 when all are in use.
func (s *session) newID() uint16 {
	for range 65535 {
		s.lastID++
		if s.lastID == 0 || s.waiting[s.lastID] != nil {
			continue
		}
		if s.link != nil && s.link.asked[s.lastID] != nil {
			continue
		}
		return s.lastID
	}
	return 0
}

// up reports whether there is a connection.
func (s *session) up() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.link != nil
}

// intern gives the topic as a string, saved for the next message.
func (s *session) intern(topic []byte) string {
	if t, ok := s.topics[string(topic)]; ok {
		return t
	}
	if len(s.topics) >= maxTopics {
		clear(s.topics)
	}
	t := string(topic)
	s.topics[t] = t
	return t
}

// overdue is how long ago the oldest thing that the broker owes an answer for
// was sent on this link.
func (s *session) overdue(l *link) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock.Mono()
	oldest := now
	for _, d := range s.waiting {
		if d.epoch == l.epoch {
			oldest = min(oldest, d.sentAt)
		}
	}
	for _, a := range l.asked {
		oldest = min(oldest, a.at)
	}
	return now - oldest
}
