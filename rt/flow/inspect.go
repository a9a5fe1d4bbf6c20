package flow

// Ailing is a thing that can tell what is wrong with it now: a connection that is away, an
// agreement that was not kept. It is asked on the instant loop, where somebody watches over
// the program.
type Ailing interface {
	// Ails is what is wrong, "" for nothing.
	Ails() string
}

// Held reports whether a node was quarantined.
func (e *Engine) Held(node int) bool { return e.quarantine.holds(int32(node)) }

// Waiting is how many occurrences wait for their instant, and how much the inboxes hold, in
// bytes. Any goroutine may ask.
func (e *Engine) Waiting() (occurrences int, bytes int64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.queue.n, e.bytes.Load()
}
