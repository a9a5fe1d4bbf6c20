package flow

// Ailing is a thing that can tell what is wrong with it now: a connection that is away, an
// agreement that was not kept. It is asked on the instant loop, where somebody watches over
// the program.
type Ailing interface {
	// Ails is what is wrong, "" for nothing.
	Ails() string
}

// Heed asks a, which is no thing of the flow, what ails it as well: the store of what the
// program remembers.
func (e *Engine) Heed(a Ailing) { e.heeded = append(e.heeded, a) }

// Ails gives what is wrong with those that are no things; called on the instant loop.
func (e *Engine) Ails() (list []string) {
	for _, a := range e.heeded {
		if a, ok := a.(Ailing); ok && a.Ails() != "" {
			list = append(list, a.Ails())
		}
	}
	return list
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
