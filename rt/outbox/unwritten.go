package outbox

import (
	"encoding/binary"
	"hash/crc32"
	"os"

	"flowc/rt/flow"
)

// A row that no source can repeat is lost with a program that is killed before it is
// written, and then nobody knows of it. So a small file beside the outbox says how many
// rows are in memory. It is never synced, which costs no disk any time: it outlives the
// program, though not the machine.

// unwritten is what that file says of one sink.
type unwritten struct {
	_ [0]func() // nobody compares two
	// boot is the run of the machine that it was written in.
	boot string
	// next is the number of the next row, memory how many are in memory.
	next, memory uint64
	// stopped says that the program came to its end.
	stopped bool
}

// unwrittenMagic begins the file; its last byte is the version.
const unwrittenMagic = "\xf1om\x01"

func (u unwritten) encode() []byte {
	b := append([]byte(unwrittenMagic), 0)
	if u.stopped {
		b[len(unwrittenMagic)] = 1
	}
	b = binary.BigEndian.AppendUint64(b, u.next)
	b = binary.BigEndian.AppendUint64(b, u.memory)
	b = append(b, u.boot...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
}

// decodeUnwritten reads what encode wrote; false for anything else.
func decodeUnwritten(b []byte) (u unwritten, ok bool) {
	const head = len(unwrittenMagic) + 1 + 8 + 8
	n := len(b) - 4
	if n < head || string(b[:len(unwrittenMagic)]) != unwrittenMagic || crc32.ChecksumIEEE(b[:n]) != binary.BigEndian.Uint32(b[n:]) {
		return u, false
	}
	u.stopped = b[len(unwrittenMagic)] == 1
	u.next = binary.BigEndian.Uint64(b[len(unwrittenMagic)+1:])
	u.memory = binary.BigEndian.Uint64(b[len(unwrittenMagic)+9:])
	u.boot = string(b[head:n])
	return u, true
}

// bookOf is where that file of a sink is.
func (s *Shelf) bookOf(name string) string { return s.Box.beside + "." + name + ".unwritten" }

// recall reads what the run before has left in the file, or in that of the name that the
// sink had then, and goes on with it. Without a file of its own, as in a simulation, nothing
// is counted.
func (s *Shelf) recall(stored uint64) {
	if !s.strict() || s.Box.beside == "" {
		return
	}
	f, err := os.OpenFile(s.bookOf(s.Name), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return // nothing is counted
	}
	s.book = f
	data := make([]byte, 128)
	n, _ := f.ReadAt(data, 0)
	before, ok := decodeUnwritten(data[:n])
	if !ok && s.Was != "" {
		data, _ = os.ReadFile(s.bookOf(s.Was))
		before, ok = decodeUnwritten(data)
	}
	if ok {
		s.before, s.lost = before, min(before.memory, max(before.next, stored+1)-stored-1)
	}
	boot, _ := os.ReadFile("/proc/sys/kernel/random/boot_id") // where there is none, kills are all there is
	s.booked = unwritten{boot: string(boot)}
	s.note(false)
}

// note keeps the file up to date, from when it was told what it said before: a start may
// fail until then.
func (s *Shelf) note(stopped bool) {
	u := &s.booked
	memory := uint64(s.memory - s.exhuming)
	if s.book == nil || s.before.next != 0 || u.next == s.next && u.memory == memory && u.stopped == stopped {
		return
	}
	u.next, u.memory, u.stopped = s.next, memory, stopped
	_, _ = s.book.WriteAt(u.encode(), 0) // on a disk that is full the file has its place already
}

// confess tells what the end of the run before has taken.
func (s *Shelf) confess() {
	b := s.before
	s.before = unwritten{}
	if s.book != nil && s.Was != "" && s.Box.shelf(s.Was) == nil {
		_ = os.Remove(s.bookOf(s.Was)) // its rows have the new name
	}
	if s.lost > 0 {
		s.h.Dropped(int(s.lost))
		s.h.Fault(flow.FormatInt(int64(s.lost)) + " messages are lost, unless their source sends them again: they were not written yet when the program was killed" + untaken)
	}
	switch {
	case b.next == 0 || b.stopped:
	case b.boot != s.booked.boot:
		s.h.Log(flow.LevelWarning, "the machine went down; what was not written is lost, and nobody can count that")
	case s.lost == 0:
		s.h.Log(flow.LevelWarning, "the program was killed; what waited in the chip of a pin, or for its turn, is lost, and nobody can count that")
	}
}

// untaken is what nobody knows: how much waited in the chip, or for its instant.
const untaken = "; what waited in the chip of a pin, or for its turn, is lost as well, and nobody can count that"
