package mqtt

import (
	"sync"

	"flowc/rt/flow"
	"flowc/rt/pace"
)

// message is one that came in, as it waits for its thing.
type message struct {
	topic    string
	payload  []byte
	retained bool
	qos      byte
	// key names its receipt; 0 for QoS 0, which nobody waits for.
	key uint64
}

// messageOverhead is what a waiting message takes beside its text, in bytes.
const messageOverhead = 96

// feed is the way from the connection to one thing: its bounded inbox and, under
// `block`, what does not fit. That stays without acknowledgement, which bounds
// it: see unackedCount.
type feed struct {
	h       *flow.Host
	pattern pattern
	policy  flow.OnFull
	box     flow.Inbox[message]

	mu     sync.Mutex
	parked []message
	// refused counts those of QoS 0 that could not be held back.
	refused int
	// pace is that of max_rate. While held, nothing is taken before the timer rings.
	pace pace.Limit
	held bool
}

func newFeed(h *flow.Host, p pattern, policy flow.OnFull) *feed {
	f := &feed{h: h, pattern: p, policy: policy}
	f.box.Open(h, policy)
	return f
}

// wants reports whether the topic fits the thing's own filter.
func (f *feed) wants(topic string) bool { return f.pattern.match(topic) }

// file hands over a message and gives those that are over because of it: lost
// to the policy, and so acknowledged.
func (f *feed) file(m message) (gone []message) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.hasty(m) {
		f.refused++
		return nil
	}
	if f.policy == flow.Block && m.key != 0 && len(f.parked) > 0 {
		f.parked = append(f.parked, m)
		return nil
	}
	ok, gone := f.box.Put(m, size(m))
	switch {
	case ok:
	case f.policy == flow.Block && m.key != 0:
		f.parked = append(f.parked, m)
	case f.policy == flow.Block:
		f.refused++
	default:
		gone = append(gone, m)
	}
	return gone
}

// take gives the thing its next message, and the inbox what waited for room.
func (f *feed) take() (message, bool) {
	m, ok := f.box.Take()
	if ok {
		tapMessage(f.h, m)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.refused > 0 {
		f.dropped()
	}
	for len(f.parked) > 0 {
		if ok, _ := f.box.Put(f.parked[0], size(f.parked[0])); !ok {
			break
		}
		f.parked[0] = message{}
		f.parked = f.parked[1:]
	}
	return m, ok
}

// dropped tells of those that were lost. Without max_rate they are only counted.
func (f *feed) dropped() {
	f.h.Dropped(f.refused)
	f.refused = 0
	if f.pace.Limits() && f.pace.Tell() {
		f.h.Fault("messages come faster than max_rate, and those of QoS 0 cannot wait: some are lost")
	}
}

func size(m message) int { return len(m.topic) + len(m.payload) + messageOverhead }
