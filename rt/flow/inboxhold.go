package flow

// HoldInbox asks for no more wake-ups until ReleaseInbox: meanwhile the thing looks by
// itself for what waits. These are no methods: those would be listed in the types of
// every program that has an inbox.
func HoldInbox[I any](b *Inbox[I]) { addCalls(&b.gate, manyCalls) }

// ReleaseInbox asks for the wake-ups of all that waits.
func ReleaseInbox[I any](b *Inbox[I]) {
	addCalls(&b.gate, -manyCalls)
	b.call()
}

// manyCalls is more wake-ups than an inbox can want: none is missing then.
const manyCalls = 1 << 30

func addCalls(g *gate, n int) {
	g.mu.Lock()
	g.calls += n
	g.mu.Unlock()
}
