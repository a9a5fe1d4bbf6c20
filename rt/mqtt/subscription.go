package mqtt

import "hash/fnv"

// subscription is a topic filter that this connection subscribes to. Things
// with the same filter share it, as a broker keeps only one per filter.
type subscription struct {
	filter string
	id     uint32
	qos    byte
	feeds  []*feed
	// trouble is what the broker did not grant.
	trouble string
	// known says that the broker was asked before in the life of this process.
	known bool
}

// Retain handling of a subscription. The first subscription of a process wants
// the retained messages even if the broker kept the session: the process has
// forgotten them. Later ones want them only if the broker has forgotten.
const (
	retainAlways = 0
	retainIfNew  = 1
)

// subscribe lets f hear of the filter; called before the connection starts.
func (s *session) subscribe(filter string, qos byte, f *feed) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, sub := range s.subs {
		if sub.filter == filter {
			sub.qos = max(sub.qos, qos)
			sub.feeds = append(sub.feeds, f)
			return
		}
	}
	s.subs = append(s.subs, &subscription{filter: filter, id: s.subscriptionID(filter), qos: qos, feeds: []*feed{f}})
}

// subscriptionID is made of the filter alone, so that what a broker kept for an
// earlier version of the program is not taken for something else.
func (s *session) subscriptionID(filter string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(filter))
	id := h.Sum32()&0x0FFFFFFF | 1
	for s.byID(id) != nil {
		id = id%0x0FFFFFFF + 1
	}
	return id
}

func (s *session) byID(id uint32) *subscription {
	for _, sub := range s.subs {
		if sub.id == id {
			return sub
		}
	}
	return nil
}
