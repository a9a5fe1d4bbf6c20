package flow

import "time"

// Thing is what a kind gives the runtime. Start and Stop run on the instant
// loop, outside instants; React runs inside an instant and is the only writer
// of the thing's outputs. A thing's own goroutines only file input (Inbox) and
// report the end of effects (Outbox).
type Thing interface {
	// Start claims what the thing needs (a line in its safe state, a
	// subscription). An error stops the program with every output safe.
	Start(h *Host) error
	// React answers one occurrence.
	React(h *Host, w Wake)
	// Stop lets go; outputs go to their safe state.
	Stop(h *Host)
}

// Decider is a thing with a level input (`on`). Decide runs at its place in the
// plan, with Wanted filled in, and sets what is commanded; Apply runs at the end
// of the instant when that changed, and is the only writer of the outside.
type Decider interface {
	Decide(h *Host)
	Apply(h *Host)
}

// Shooter is a thing with a shot input (`send`). Shoot runs at its place in the
// plan, with the shot's fields filled in, and starts at most one effect.
type Shooter interface{ Shoot(h *Host) }

// Completer is a source that confirms to its peer. Complete is called once for
// each id given to Host.Accept, when every effect of that occurrence is over.
type Completer interface {
	Complete(h *Host, id uint64, o Outcome)
}

// Windowed is a Completer whose peer keeps what is not confirmed and sends no more than
// so much of it: what it waits for is bounded by that, and nothing on the way may drop
// it for want of room. A web client, which waits only so long, is none.
type Windowed interface{ Windowed() }

// Drainer is a thing that still has effects to finish when the program stops.
type Drainer interface {
	// Drained reports whether nothing is left.
	Drained(h *Host) bool
}

// SafeStater is a thing that can be left on. SafeState puts it safe and lets
// go, without the flow running; it is what `<program> safe-state` calls.
type SafeStater interface{ SafeState(h *Host) error }

// Checker is a thing that can be tried out beforehand (`<program> --check`).
// Check touches nothing outside and tells what would be missing.
type Checker interface{ Check(h *Host) error }

// Why is the reason for which a thing reacts.
type Why uint8

// The reasons.
const (
	// AtStart is instant 0: what is known of the outside is delivered, without
	// edges.
	AtStart Why = iota
	// OnInput means that the thing's inbox holds an occurrence to Take.
	OnInput
	// OnTimer means that the thing's timer Wake.Timer is due.
	OnTimer
	// OnDone means that the effect Wake.Effect of the thing is over.
	OnDone
	// onFault is the engine's own: the occurrence is a fault that the flow wired.
	onFault
)

// Wake tells a thing why it reacts. Timer is the number that the thing gave its timer,
// where one is due, and Effect the token of what is over.
type Wake struct {
	Why    Why
	Timer  int
	Effect Token
}

// Outside wraps what a thing holds of the world: a connection, a line, a
// goroutine. It is the only field of a kind that is not plain data, and it is
// never stored.
type Outside[T any] struct{ It T }

// Stale says how long silence may last before a reading stops being ready; Never
// means that the last one stays for ever.
type Stale time.Duration

// Never is `stale = never`.
const Never Stale = -1

// Host is a thing's door to the running program.
type Host struct {
	e    *Engine
	node int32
	// timers are the thing's own, by number, in the engine's numbering.
	timers []TimerID
	// confined is called in place of React once the thing is quarantined.
	confined func(Wake)
}

// Confined is for a thing that holds effects until it hears of something, in its Start:
// once it is quarantined f is called in place of React, at once and with every wake that
// follows. It lets go of what the thing holds, so that no source waits for ever; what the
// thing says with its outputs is not looked at.
func (h *Host) Confined(f func(w Wake)) { h.confined = f }

// Pass is the current pass: what outputs are set with.
func (h *Host) Pass() Pass { return h.e.Pass }

// Time is the wall time of this instant.
func (h *Host) Time() time.Time { return h.e.Time }

// Mono is the monotonic time of this instant.
func (h *Host) Mono() time.Duration { return h.e.Mono }

// Clock is for the thing's own goroutines: back-off, deadlines.
func (h *Host) Clock() Clock { return h.e.clock }

// Name is the thing's name in the flow.
func (h *Host) Name() string { return h.e.info.Nodes[h.node].Name }

// Program is the flow's name.
func (h *Host) Program() string { return h.e.info.Name }

// After sets the thing's timer n (0, 1, 2 …) to ring after d; setting it again
// moves it.
func (h *Host) After(n int, d time.Duration) {
	for len(h.timers) <= n {
		h.timers = append(h.timers, h.e.thingTimer(h.node, len(h.timers)))
	}
	h.e.Arm(h.timers[n], d)
}

// Cancel stops the thing's timer n.
func (h *Host) Cancel(n int) {
	if n < len(h.timers) {
		h.e.disarm(h.timers[n])
	}
}

// Fault reports a failure of this thing, on the instant loop. It says nothing of
// the occurrence of this instant; see Dead.
func (h *Host) Fault(message string) { h.e.Fault(h.node, message) }

// Accept says that the occurrence that this thing took in this instant is known to
// its peer as id; Complete hears of it when all that the instant started is over.
func (h *Host) Accept(id uint64) { h.e.accept(h.node, id) }

// Dead marks the occurrence of this instant as undeliverable: it did not fit
// its type. It is confirmed to the peer all the same.
func (h *Host) Dead() { h.e.mark(OutcomeDead) }

// Dropped counts n occurrences that a bounded queue refused before they were
// accepted.
func (h *Host) Dropped(n int) { h.e.dropped(h.node, n) }

// Begin starts an effect of this instant: what the instant accepted is held until
// End, which must be called once.
func (h *Host) Begin() Token { return h.e.begin() }

// End ends an effect that Begin started; called on the instant loop.
func (h *Host) End(t Token, o Outcome) {
	goOn(h.e, h.node, t)
	h.e.end(t, o)
}

// Held reports whether a peer waits for the end of an effect, and keeps what it is about
// and more of its like to itself until then. A sink that has no room drops others, but
// not such a one: it would be confirmed and lost. Called on the instant loop.
func (h *Host) Held(t Token) bool { return h.e.held(t) }

// Wake is, from any goroutine, an occurrence that carries nothing: React is called
// with OnInput. What carries something goes through an Inbox.
func (h *Host) Wake() { h.e.post(occurrence{why: OnInput, node: h.node}) }

// Done reports, from any goroutine, that an effect is over: React is called
// with OnDone.
func (h *Host) Done(t Token) { h.e.post(occurrence{why: OnDone, node: h.node, effect: t}) }

// Log writes a line about the thing, outside the flow's own data: a connection
// lost, a retry. It never blocks.
func (h *Host) Log(level LogLevel, message string) { h.e.Log(level, h.node, message) }
