package flow

import (
	"os"
	"time"
)

// Buffer is a setting of a sink, `buffer = { keep = 24.h, on = disk }`: what cannot be
// sent now waits in an outbox. It is nil without the setting; package outbox has one,
// and only programs that use it link that. All is called on the instant loop.
type Buffer interface {
	// Open ties the buffer to its sink, in the sink's Start. At most window rows are
	// carried at once; c is told of them from React and Put.
	Open(h *Host, c Carrier, window int) error
	// Put takes an effect of this instant. The buffer ends its token: when the row has
	// reached the disk, or its receiver.
	Put(t Token, row []byte)
	// React is to hear of every wake of the sink.
	React(w Wake)
	// Over says that what was carried under a ticket is over; why tells of a dead one.
	Over(ticket uint64, o Outcome, why string)
	// Confine says that the sink was quarantined: it takes nothing more until the next
	// start. What waits is written, and what may not be written becomes dead letters, so
	// that no source waits for ever.
	Confine()
	// Drained reports whether nothing is left that a stop would lose. What lies on the
	// disk waits for the next start.
	Drained() bool
	// Close ends the buffer, in the sink's Stop.
	Close()
}

// Carrier is a sink as its buffer sees it.
type Carrier interface {
	// Carry sends a row that came age ago, in the order of the calls; its end is told
	// with Over. One that has not been sent within left is over as dropped.
	Carry(ticket uint64, row []byte, age, left time.Duration)
	// Up reports whether the receiver is there. The sink wakes itself with Done(0) when
	// that changes.
	Up() bool
}

// BufferTimer is the timer of a sink that its buffer uses.
const BufferTimer = 3

// BufferMemory is how much memory the rows of one buffer take at most, in bytes: those that
// wait to be written, are being written, were read, and are with the sink. What sources keep
// until it is confirmed is theirs, and beside it.
const BufferMemory = 16 << 20

// Buffering are the settings of a Buffer.
type Buffering struct {
	// Keep is how long something may wait; what is older is dropped and counted. Only
	// time in which the program runs counts: a clock that is put forward loses nothing.
	Keep time.Duration `drops:"*"`
	// On is where it waits.
	On BufferPlace `default:"disk"`
	// Size is how much may wait; beside it a tenth of the disk always stays free.
	Size int64 `default:"256.MB" unit:"B"`
	// Rows is how many may wait.
	Rows int64 `default:"1000000"`
	// When says what is written: what cannot be sent now (auto), everything before it
	// is sent (always), or nothing any more (never).
	When BufferWhen `default:"auto"`
	// OnFull says what happens to one more when there is no room: its source is held
	// back (block), or something is dropped and counted.
	OnFull BufferFull `default:"block" drops:"drop_oldest drop_newest"`
}

// BufferPlace is where a buffer keeps what waits.
type BufferPlace string

// The places.
const BufferDisk BufferPlace = "disk"

// BufferWhen says what a buffer writes.
type BufferWhen string

// The ways.
const (
	// BufferAuto writes once the receiver has been away for 2 s, or does not keep up;
	// what its source cannot repeat, such as a pin or a schedule, is always written
	// first.
	BufferAuto BufferWhen = "auto"
	// BufferAlways writes everything before it is sent.
	BufferAlways BufferWhen = "always"
	// BufferNever writes nothing more; what lies there is still sent.
	BufferNever BufferWhen = "never"
)

// BufferFull says what a full buffer does with one more.
type BufferFull string

// The policies.
const (
	// FullBlock does not acknowledge it: its source keeps it, if it can.
	FullBlock BufferFull = "block"
	// FullDropOldest drops what has waited longest.
	FullDropOldest BufferFull = "drop_oldest"
	// FullDropNewest drops the new one.
	FullDropNewest BufferFull = "drop_newest"
)

// BufferCount tells what became of the rows that a buffer took over, those found at
// the start included. At any quiet moment Stored = Sent + Dropped + Dead + Waiting.
type BufferCount struct {
	_                                    uncompared
	Stored, Sent, Dropped, Dead, Waiting uint64
	// Refused were turned away by a full buffer before it took them over.
	Refused uint64
	// Bytes is what the waiting rows take.
	Bytes int64
	// Writing says that new rows go to the disk, Full that there is no room for them.
	Writing, Full bool
	// Letters is how many dead letters lie there.
	Letters uint64
	// Trouble is what is wrong with the store: it was damaged, the disk is full; "" if
	// nothing is.
	Trouble string
}

// Holds reports whether the conservation law is kept.
func (c BufferCount) Holds() bool { return c.Stored == c.Sent+c.Dropped+c.Dead+c.Waiting }

// buffered is a buffer with its sink. The engine holds it as any: the description of
// its types would be linked into every program.
type buffered struct {
	_      uncompared
	node   int32
	buffer interface{ Count() BufferCount }
}

// Keep says that the sink has a buffer, whose counters are found from then on.
func (h *Host) Keep(b interface{ Count() BufferCount }) {
	h.e.buffers = append(h.e.buffers, buffered{node: h.node, buffer: b})
}

// Filed says that somebody will end what Begin began, whatever becomes of the one that
// began it.
func (h *Host) Filed() { h.e.begun = 0 }

// Buffers gives the counters of every buffer with the number of its sink; called on
// the instant loop.
func (e *Engine) Buffers(f func(node int, c BufferCount)) {
	for _, b := range e.buffers {
		if b, ok := b.(buffered); ok {
			f(int(b.node), b.buffer.Count())
		}
	}
}

// GiveUp ends the process with safe outputs, from any goroutine: what it stands on is
// broken, and a new start is the only hope.
func (e *Engine) GiveUp(message string) {
	end := make(chan struct{}, 1)
	end <- struct{}{}
	last := func() {
		select {
		case <-end:
			e.log.put(string(LevelError) + " " + message + "; the program ends with safe outputs")
			e.safeState(func(int32, error) {})
			e.log.close()
			os.Exit(exitProblem)
		default:
		}
	}
	e.Call(last)
	alarm := e.clock.NewTimer(hurryLimit)
	<-alarm.C()
	last()
}

// MoreTime asks the service manager for another two minutes until the program is ready: a thing
// that has much to look at in its Start says so now and then. Any goroutine may call it, also
// later, when it means nothing.
func (h *Host) MoreTime() { h.e.watched.tell("EXTEND_TIMEOUT_USEC=120000000", false) }

// Call runs f on the instant loop, between instants; any goroutine may ask.
func (h *Host) Call(f func()) { h.e.Call(f) }

// GiveUp is Engine.GiveUp, told by a thing.
func (h *Host) GiveUp(message string) { h.e.GiveUp(message) }
