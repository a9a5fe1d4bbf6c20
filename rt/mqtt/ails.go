package mqtt

// Ails tells of a connection that is away, and of what the broker did not grant.
func (b *Broker) Ails() string {
	if !b.Connected.V {
		return "there is no connection to the broker at " + b.line.It.at.hostPort
	}
	s := b.line.It.session
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, sub := range s.subs {
		if sub.trouble != "" {
			return sub.trouble
		}
	}
	return ""
}
