package outbox

import (
	"slices"
	"time"

	"flowc/rt/flow"
)

// write sends to the disk what must be there, oldest first.
func (s *Shelf) write() {
	if s.When == flow.BufferNever || s.memory == s.writing || s.full && s.now()-s.fullAt < fullPause {
		return
	}
	s.full = false
	if s.spilling {
		for _, i := range s.ready {
			if i.state == inMemory && !s.put(i) {
				s.turnAway(i.seq)
				return
			}
		}
	}
	if !s.writes() {
		return
	}
	for _, i := range s.tail {
		if i.state == inMemory && !s.put(i) {
			s.turnAway(i.seq)
			return
		}
	}
}

// fullPause is how long a full buffer waits before it looks for room again.
const fullPause = time.Second

// put sends a row to the disk; false says that there is no room for it.
func (s *Shelf) put(i *item) bool {
	if s.crowded(i) {
		s.fill()
		return false
	}
	i.state = beingWritten
	s.writing++
	s.rows++
	s.bytes += i.size
	s.post(&change{op: opPut, item: i, seq: i.seq, value: s.encoded(i)})
	return true
}

// encoded is a row as it lies on the disk. From then on its data is part of that.
func (s *Shelf) encoded(i *item) []byte {
	r := row{sort: sortRow, owner: s.Name, seq: i.seq, floor: s.floor(), born: i.born, data: i.data}
	value := r.encode()
	i.data = value[len(value)-len(i.data):]
	return value
}

// crowded reports whether there is no room for a row.
func (s *Shelf) crowded(i *item) bool { return s.rows >= s.Rows || s.bytes+i.size > s.Size }

// floor is the oldest row that may be waiting.
func (s *Shelf) floor() uint64 {
	switch {
	case len(s.ready) > 0:
		return s.ready[0].seq
	case s.behind() > 0:
		return s.cursor + 1
	case len(s.tail) > 0:
		return s.tail[0].seq
	}
	return s.next
}

// fill says that there is no room, and makes some where the policy is to.
func (s *Shelf) fill() {
	if !s.full {
		s.full, s.fullAt = true, s.now()
	}
	if s.OnFull != flow.FullDropOldest || s.trimming {
		return
	}
	s.trim(&change{op: opTrim, most: max(len(s.tail), 1)})
	if s.behind() == 0 && s.removing+s.writing == 0 {
		s.yield()
	}
}

// yield drops what waits in memory, but for the newest: all that is on the disk is with
// the sink, as in a buffer of one row, and cannot make room.
func (s *Shelf) yield() {
	var newest *item
	waiting := slices.Concat(s.ready[s.carried:], s.tail)
	for _, i := range waiting {
		if i.state == inMemory {
			newest = i
		}
	}
	n := s.refuseAll(func(i *item) bool { return i != newest })
	if n > 0 {
		s.h.Log(flow.LevelWarning, "the buffer is full: the oldest "+flow.FormatInt(int64(n))+" are dropped")
	}
}

// trim drops the oldest rows that the sink does not have: those in memory at once, the
// others on the disk.
func (s *Shelf) trim(c *change) {
	n := 0
	for c.most > 0 && s.carried < len(s.ready) && s.ready[s.carried].state == onDisk {
		i := s.ready[s.carried]
		s.ready = append(s.ready[:s.carried], s.ready[s.carried+1:]...)
		s.leave(i, flow.OutcomeDropped, "")
		c.most--
		n++
	}
	if n > 0 {
		s.h.Log(flow.LevelWarning, "the buffer is full: the oldest "+flow.FormatInt(int64(n))+" are dropped")
		s.Box.writer.hurry()
	}
	if c.most == 0 || s.backlog == 0 || s.reading {
		return
	}
	s.trimming = true
	c.seq, c.most = s.cursor, min(c.most, s.backlog)
	s.post(c)
}

// turnAway drops the newest rows, for which there is no room, where the policy is to.
func (s *Shelf) turnAway(from uint64) {
	if s.OnFull == flow.FullDropNewest {
		s.refuseAll(func(i *item) bool { return i.seq >= from })
		s.full = false // the next may be smaller
	}
}

// refuseAll drops rows that are in memory only and not with the sink.
func (s *Shelf) refuseAll(these func(*item) bool) (n int) {
	goes := func(i *item) bool {
		if i.state != inMemory || !these(i) {
			return false
		}
		n++
		s.memory--
		s.held -= i.weight()
		s.refuse(i, "")
		return true
	}
	s.ready = append(s.ready[:s.carried], slices.DeleteFunc(s.ready[s.carried:], goes)...)
	s.tail = slices.DeleteFunc(s.tail, goes)
	return n
}

// expire drops what has waited longer than it may.
func (s *Shelf) expire() {
	if s.Keep <= 0 || s.count.Waiting == 0 && s.memory == 0 {
		return
	}
	limit := s.Box.age() - s.Keep
	dropped := 0
	for s.carried < len(s.ready) && s.ready[s.carried].born < limit && s.ready[s.carried].state != beingWritten {
		i := s.ready[s.carried]
		s.ready = append(s.ready[:s.carried], s.ready[s.carried+1:]...)
		s.end(i, flow.OutcomeDropped, "")
		dropped++
	}
	for len(s.tail) > 0 && s.behind() == 0 && s.tail[0].born < limit && s.tail[0].state != beingWritten {
		i := s.tail[0]
		s.tail = s.tail[1:]
		s.end(i, flow.OutcomeDropped, "")
		dropped++
	}
	s.expired(dropped)
	if s.backlog > 0 && !s.trimming && !s.reading && s.now()-s.trimmed >= s.pace() {
		s.trimming, s.trimmed = true, s.now()
		s.post(&change{op: opTrim, seq: s.cursor, most: s.backlog, older: limit})
	}
}

func (s *Shelf) expired(n int) {
	if n > 0 {
		s.h.Fault(flow.FormatInt(int64(n)) + " waited longer than `keep` and were dropped")
	}
}

// pace is how often the disk is searched for what is too old.
func (s *Shelf) pace() time.Duration { return min(max(s.Keep/16, time.Second), time.Minute) }

// alarm wakes the sink when something is to be done without an occasion.
func (s *Shelf) alarm() {
	due := time.Duration(0)
	at := func(t time.Duration) {
		if due == 0 || t < due {
			due = max(t, s.now()+1)
		}
	}
	if s.memory > 0 && !s.up && !s.spilling && s.When != flow.BufferNever {
		at(s.turned + spillAfter)
	}
	if s.count.Waiting > 0 || s.memory > 0 {
		at(s.now() + s.pace())
	}
	if s.full {
		at(s.fullAt + fullPause)
	}
	if s.backlog > 0 && s.now() < s.readAt {
		at(s.readAt)
	}
	if due == 0 || s.alarmAt != 0 && s.alarmAt <= due && s.alarmAt > s.now() {
		return
	}
	s.alarmAt = due
	s.h.After(flow.BufferTimer, due-s.now())
}

// take hears what the writer has done.
func (s *Shelf) take() {
	s.mu.Lock()
	list := s.results
	s.results = nil
	s.mu.Unlock()
	for _, c := range list {
		s.done(c)
	}
	if s.writing == 0 {
		s.barred.Store(false)
	}
}

func (s *Shelf) done(c *change) {
	switch c.op {
	case opPut:
		s.written(c)
	case opExhume:
		s.exhumed(c)
	case opRemove:
		s.removing--
		s.free(c.item)
	case opBury:
		s.burying--
		if c.gone > 0 {
			s.h.Fault("a dead letter was lost with a damaged part of the outbox")
		}
		if c.stored {
			s.removing--
			s.free(c.item)
		}
		s.finish(c.item, flow.OutcomeDead)
	case opTrim:
		s.trimming = false
		s.backlog -= c.gone
		s.backlogBytes -= c.bytes
		s.rows -= int64(c.gone)
		s.bytes -= c.bytes
		s.tally(flow.OutcomeDropped, uint64(c.gone))
		switch {
		case c.gone > 0 && c.older != 0:
			s.expired(c.gone)
		case c.gone > 0:
			s.h.Log(flow.LevelWarning, "the buffer is full: the oldest "+flow.FormatInt(int64(c.gone))+" are dropped")
		}
		if c.gone > 0 {
			s.full = false
		}
	case opRead:
		s.reading = false
		s.found(c)
	}
}

// free gives back the room of a row; a full buffer goes on at once.
func (s *Shelf) free(i *item) {
	s.rows--
	s.bytes -= i.size
	s.full = false
}

// written is the end of a write: the row is on the disk, and what its source waited
// for is done. Without room it waits in memory.
func (s *Shelf) written(c *change) {
	i := c.item
	s.writing--
	if i.over {
		s.removing--
	}
	if c.full {
		s.rows--
		s.bytes -= i.size
		i.state = inMemory
		if i.over {
			s.memory--
			s.held -= i.weight()
			if i.outcome == flow.OutcomeDead {
				s.bury(i, i.why, false)
			}
			return
		}
		s.full, s.fullAt = true, s.now()
		return
	}
	s.memory--
	s.held -= i.weight()
	i.state = onDisk
	s.count.Stored++
	s.count.Waiting++
	if i.over {
		s.leave(i, i.outcome, i.why)
		return
	}
	s.finish(i, flow.OutcomeDelivered)
}

// found takes rows that were read. One that is damaged is lost, and counted. Where
// nothing could be read, nothing is known of the rows: they are read again later.
func (s *Shelf) found(c *change) {
	if c.err != nil {
		s.readAt = s.now() + fullPause
		return
	}
	s.backlog -= len(c.rows) + c.gone
	s.backlogBytes -= c.bytes
	for _, r := range c.rows {
		s.cursor = r.seq
		i := &item{seq: r.seq, data: r.data, size: int64(len(r.data) + rowOverhead), born: r.born, state: onDisk}
		s.backlogBytes -= i.size
		s.ready = append(s.ready, i)
	}
	s.cursor = max(s.cursor, c.last)
	if c.gone > 0 {
		s.rows -= int64(c.gone)
		s.bytes -= c.bytes
		s.tally(flow.OutcomeDropped, uint64(c.gone))
		s.h.Fault(flow.FormatInt(int64(c.gone)) + " that waited were damaged on the disk and are lost")
		if len(c.numbers) > 0 { // the next start is not to count them again
			s.post(&change{op: opDiscard, numbers: c.numbers})
		}
	}
	if len(c.rows) == 0 && c.gone == 0 && s.backlog > 0 { // fewer than were counted: a file was healed
		s.h.Fault(flow.FormatInt(int64(s.backlog)) + " that waited are lost with a damaged part of the outbox")
		s.tally(flow.OutcomeDropped, uint64(s.backlog))
		s.rows -= int64(s.backlog)
		s.bytes -= s.backlogBytes
		s.backlog, s.backlogBytes = 0, 0
	}
}

// post hands a change to the writer.
func (s *Shelf) post(c *change) {
	c.shelf, c.floor = s, s.floor()
	s.Box.writer.post(c)
}
