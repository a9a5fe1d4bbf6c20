package outbox

import (
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"flowc/rt/flow"
)

// Shelf is the buffer of one sink: a queue whose head lies in memory and whose rest,
// where it was written, on the disk. All but the results of the writer belongs to the
// instant loop.
type Shelf struct {
	// Box is the program's outbox.
	Box *Box
	// Name is the sink's, Was the name that it had before.
	Name, Was string
	// First says that everything is written before it is sent, since its source cannot
	// repeat it.
	First bool
	flow.Buffering

	h       *flow.Host
	carrier flow.Carrier
	window  int

	// ready are the oldest rows, in order; the first carried of them are with the sink.
	ready   []*item
	carried int
	flying  int64
	// backlog is how many rows lie on the disk behind these and are not in memory; all
	// of them are behind the row cursor. backlogBytes is what they take.
	backlog      int
	backlogBytes int64
	cursor       uint64
	reading      bool
	// tail are the newest rows: they are being written, or wait until it is known
	// whether they must be.
	tail []*item
	next uint64

	// removing is how many confirmed rows are not yet removed from the disk; after a
	// kill they are sent again.
	removing int
	// burying is how many dead letters are on their way to the disk; the source of a row
	// hears that it is dead when its letter is there.
	burying int
	// writing is how many rows are on their way to the disk; exhuming of these are dead
	// letters on the disk until then.
	writing, exhuming int
	// memory and held are the rows that are not on the disk, and their bytes.
	memory, held int
	rows, bytes  int64
	trimming     bool

	up       bool
	turned   time.Duration
	spilling bool
	stopping bool
	// confined says that the sink takes nothing more.
	confined bool
	full     bool
	fullAt   time.Duration
	trimmed  time.Duration
	alarmAt  time.Duration
	// readAt is when the disk is read again after it could not be.
	readAt time.Duration
	count  flow.BufferCount

	// book is the file that says how many rows are in memory, booked what it says; before
	// is what it said of the run before, and lost how many rows that has taken.
	book           *os.File
	booked, before unwritten
	lost           uint64

	// barred says that a row was turned away and the instant loop has not heard of it: no
	// other may pass it.
	barred atomic.Bool

	mu      sync.Mutex
	results []*change
}

// Open finds what waits from an earlier run.
func (s *Shelf) Open(h *flow.Host, c flow.Carrier, window int) error {
	s.h, s.carrier = h, c
	if s.Size <= 0 {
		s.Size = defaultSize
	}
	if s.Rows <= 0 {
		s.Rows = defaultRows
	}
	// What is carried cannot be dropped to make room: a small buffer carries less at once.
	s.window = int(max(1, min(int64(window), s.Rows/2)))
	found, err := s.Box.join(s)
	if err != nil {
		return err
	}
	s.next, s.backlog = found.last+1, found.rows
	s.rows, s.bytes, s.backlogBytes = int64(found.rows), found.bytes, found.bytes
	s.count.Stored, s.count.Waiting = uint64(found.rows), uint64(found.rows)
	h.Keep(s)
	s.recall(found.last)
	return nil
}

// Put takes an effect of this instant.
func (s *Shelf) Put(t flow.Token, data []byte) {
	s.h.Filed()
	i := &item{seq: s.next, token: t, data: data, size: int64(len(data) + rowOverhead), born: s.Box.age()}
	if s.strict() && i.size > s.Size {
		s.refuse(i, "a message is larger than the whole buffer; it was dropped")
		return
	}
	if s.held > 0 && s.held+i.weight() > heldBytes && !s.h.Held(t) {
		s.refuse(i, "too many messages wait; this one was dropped")
		return
	}
	s.next++
	s.memory++
	s.held += i.weight()
	s.tail = append(s.tail, i)
	s.turn()
}

// refuse ends a row that was never taken over. Without a message it is no fault: the
// author wrote the policy.
func (s *Shelf) refuse(i *item, message string) {
	if message != "" {
		s.h.Fault(message)
	}
	s.count.Refused++
	s.h.Dropped(1)
	s.h.End(i.token, flow.OutcomeDropped)
}

// React hears of timers, of what the writer has done, and of the receiver.
func (s *Shelf) React(w flow.Wake) {
	switch w.Why {
	case flow.AtStart:
		s.turned = s.now()
		s.Box.orphans()
		s.confess()
	case flow.OnTimer:
		if w.Timer != flow.BufferTimer {
			return
		}
		s.alarmAt = 0
	case flow.OnDone:
		s.take()
	}
	s.turn()
}

func (s *Shelf) now() time.Duration { return s.h.Mono() }

// turn does all that can be done now.
func (s *Shelf) turn() {
	s.look()
	s.expire()
	s.giveBack()
	s.write()
	s.settle()
	s.carry()
	s.read()
	s.alarm()
	s.note(false)
}

// look sees whether the receiver is there, and whether what comes must be written.
func (s *Shelf) look() {
	if up := s.carrier.Up() && !s.confined; up != s.up {
		s.up, s.turned = up, s.now()
	}
	away := s.confined || !s.up && s.now()-s.turned >= spillAfter
	crowded := s.memory > memoryRows+s.window || s.held > memoryBytes
	switch {
	case s.When == flow.BufferNever:
		s.spilling = false
	case away || crowded:
		s.spilling = true
	case s.up && s.behind() == 0:
		s.spilling = false
	}
}

// behind is how many rows lie on the disk and not in memory.
func (s *Shelf) behind() int {
	if s.reading {
		return max(s.backlog, 1)
	}
	return s.backlog
}

// strict reports whether everything is written before it is sent.
func (s *Shelf) strict() bool {
	return s.When == flow.BufferAlways || s.First && s.When != flow.BufferNever
}

// writes reports whether what comes is written.
func (s *Shelf) writes() bool {
	return s.strict() || s.When != flow.BufferNever && (s.spilling || s.behind() > 0)
}

// settle lets the oldest of the tail join those in front of it: in memory where
// nothing lies between on the disk, else there.
func (s *Shelf) settle() {
	if len(s.tail) == 0 {
		return
	}
	waiting := s.readied()
	for len(s.tail) > 0 {
		i := s.tail[0]
		room := s.behind() == 0 && len(s.ready) < readRows+s.window && waiting < readyBytes
		switch {
		case room && (i.state == onDisk || !s.strict() && !i.exhumed):
			s.cursor = i.seq
			s.ready = append(s.ready, i)
			waiting += i.size
		case i.state == onDisk:
			i.data = nil
			s.backlog++
			s.backlogBytes += i.size
		default:
			return
		}
		s.tail[0] = nil
		s.tail = s.tail[1:]
	}
}

// readied is how many bytes of rows wait in memory for the sink to take them.
func (s *Shelf) readied() (n int64) {
	for _, i := range s.ready[s.carried:] {
		n += i.size
	}
	return n
}

// carry hands the oldest rows to the sink. What is confirmed and not yet removed
// counts: after a kill it would be sent again, and that has its bound.
func (s *Shelf) carry() {
	for s.carried < len(s.ready) && s.carried+s.removing < s.window && !s.confined {
		i := s.ready[s.carried]
		if s.carried > 0 && s.flying+i.size > min(carryBytes, s.Size/2) || s.stopping && i.state == onDisk {
			return
		}
		s.flying += i.size
		s.carried++
		data := i.data
		if i.state == onDisk {
			i.data = nil
		}
		age := s.Box.age() - i.born
		s.carrier.Carry(i.seq, data, age, max(s.Keep-age, 1))
	}
	if s.removing > s.window/2 && s.carried < len(s.ready) {
		s.Box.writer.hurry()
	}
}

// read asks for the next rows from the disk.
func (s *Shelf) read() {
	if s.backlog == 0 || s.reading || s.trimming || s.now() < s.readAt ||
		len(s.ready)-s.carried >= readRows/2 || s.readied() >= readyBytes {
		return
	}
	s.reading = true
	s.post(&change{op: opRead, seq: s.cursor, most: min(s.backlog, readRows)})
}

// Over says that what was carried is over.
func (s *Shelf) Over(ticket uint64, o flow.Outcome, why string) {
	n, ok := slices.BinarySearchFunc(s.ready[:s.carried], ticket, func(i *item, t uint64) int {
		return int(int64(i.seq - t))
	})
	if !ok {
		return
	}
	i := s.ready[n]
	s.ready = slices.Delete(s.ready, n, n+1)
	s.carried--
	s.flying -= i.size
	s.end(i, o, why)
	s.turn()
}

// end ends a row that is not in the queue any more.
func (s *Shelf) end(i *item, o flow.Outcome, why string) {
	switch i.state {
	case onDisk:
		s.leave(i, o, why)
	case beingWritten:
		s.removing++ // it will lie there for a moment
		i.over, i.outcome, i.why = true, o, why
		if o != flow.OutcomeDead {
			s.finish(i, o)
		}
	case inMemory:
		s.memory--
		s.held -= i.weight()
		if o == flow.OutcomeDead {
			s.bury(i, why, false)
			return
		}
		s.finish(i, o)
	}
}

// bury makes a row a dead letter; stored says that it lies on the disk.
func (s *Shelf) bury(i *item, why string, stored bool) {
	s.burying++
	s.post(&change{op: opBury, item: i, seq: i.seq, why: flow.Redacted(why), stored: stored})
}

// finish ends the token of a row, once.
func (s *Shelf) finish(i *item, o flow.Outcome) {
	t := i.token
	i.token = 0
	s.h.End(t, o)
}

// leave lets a row go from the disk.
func (s *Shelf) leave(i *item, o flow.Outcome, why string) {
	s.tally(o, 1)
	s.removing++
	if o == flow.OutcomeDead {
		s.bury(i, why, true)
		return
	}
	s.post(&change{op: opRemove, item: i, seq: i.seq, stored: true})
}

// tally moves rows from waiting to what became of them.
func (s *Shelf) tally(o flow.Outcome, n uint64) {
	s.count.Waiting -= n
	switch o {
	case flow.OutcomeDropped:
		s.count.Dropped += n
	case flow.OutcomeDead:
		s.count.Dead += n
	default:
		s.count.Sent += n
	}
}

// Drained reports whether nothing is left that the end of the program would lose. What
// cannot be sent is written, so that its source need not keep it.
func (s *Shelf) Drained() bool {
	s.stopping = true
	if s.memory == 0 || s.When == flow.BufferNever && !s.up {
		return s.burying == 0
	}
	if !s.up && !s.spilling {
		s.spilling = true
		s.turn()
	}
	return s.memory == 0 && s.burying == 0
}

// Close ends the buffer.
func (s *Shelf) Close() {
	if s.h != nil {
		s.note(true)
		_ = s.book.Close()
		s.Box.leave(s)
	}
}

// Count tells what became of the rows.
func (s *Shelf) Count() flow.BufferCount {
	c := s.count
	c.Bytes, c.Full = s.bytes, s.full
	c.Writing = s.writes()
	c.Letters, c.Trouble = s.Box.state(s.Name)
	return c
}
