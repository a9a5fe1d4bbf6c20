package mqtt

// Granted reports whether the broker has answered every subscription of the
// connection at least once: tests wait for it before they make the broker forget.
func Granted(b *Broker) bool {
	s := b.line.It.session
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, sub := range s.subs {
		if !sub.known {
			return false
		}
	}
	return len(s.subs) > 0
}
