package outbox

import (
	"errors"
	"fmt"
	"os"
	"time"

	"flowc/rt/flow"
)

// unmade is a store for which there is no room yet: its file is damaged and a new one has
// to be written, or there is none, and the disk is full. The program runs as with a buffer
// that is full; what is whole in a damaged file waits there, and counts.
type unmade struct {
	// why is what failed, errUnmade among it.
	why error
	// waits is what waits for each sink.
	waits map[string]found
	// need is about how much room the store takes.
	need int64
	// first says that it has been so since the start.
	first bool
	// tried is when the next attempt may be made, pause how long the one after waits then.
	tried, pause time.Duration
}

var errUnmade = errors.New("there is no room for the outbox")

// leastNeed is what a store takes that is empty.
const leastNeed = 64 << 10

// longestPause is between attempts that all fail though there seems to be room: each writes
// to a card.
const longestPause = 10 * time.Minute

// lack is what stands for the store until there is room, after an attempt that failed.
func (b *Box) lack(why error) (*unmade, error) {
	u := &unmade{why: fmt.Errorf("%w: %w", errUnmade, why), waits: map[string]found{}, need: leastNeed, first: true}
	f, err := os.Open(place(b.File))
	switch {
	case errors.Is(err, os.ErrNotExist):
		return u, nil
	case err != nil:
		return nil, errors.Join(why, err)
	}
	defer f.Close()
	w, err := wreckOf(f, b.h.MoreTime)
	if err == nil {
		err = u.count(w)
	}
	return u, err
}

// text is what is wrong.
func (u *unmade) text() string {
	n := 0
	for _, f := range u.waits {
		n += f.rows
	}
	s := u.why.Error()
	if n > 0 {
		s += "; " + flow.FormatInt(int64(n)) + " messages wait in it until there is"
	}
	return s
}

// count finds what salvage will.
func (u *unmade) count(w *wreck) error {
	v := &salvor{floor: map[string]uint64{}, last: map[string]uint64{}}
	if err := w.scan(v.survey); err != nil {
		return err
	}
	met := map[string]*numbers{}
	err := w.scan(func(_ int64, r row, value []byte) error {
		u.need += int64(len(value)+rowOverhead) * 3 / 2
		if r.sort != sortRow || r.seq < v.floor[r.owner] {
			return nil
		}
		if met[r.owner] == nil {
			met[r.owner] = newNumbers(v.floor[r.owner], v.last[r.owner])
		}
		if met[r.owner].add(r.seq) {
			f := u.waits[r.owner]
			f.rows++
			f.bytes += int64(len(r.data) + rowOverhead)
			u.waits[r.owner] = f
		}
		return nil
	})
	for name, last := range v.last {
		f := u.waits[name]
		f.last = max(last, v.floor[name])
		u.waits[name] = f
	}
	return err
}

// numbers are those that were met, of a range.
type numbers struct {
	first uint64
	met   []uint64
}

// mostNumbers bounds the range: beyond it each is taken for a new one.
const mostNumbers = 1 << 26

func newNumbers(first, last uint64) *numbers {
	n := &numbers{first: first}
	if last-first < mostNumbers {
		n.met = make([]uint64, (last-first)/64+1)
	}
	return n
}

// add reports whether a number is a new one.
func (n *numbers) add(seq uint64) bool {
	at := seq - n.first
	if at/64 >= uint64(len(n.met)) {
		return true
	}
	old := n.met[at/64]
	n.met[at/64] |= 1 << (at % 64)
	return old != n.met[at/64]
}

// due reports whether another attempt is worth its while.
func (u *unmade) due(b *Box) bool {
	if b.clock.Mono() < u.tried {
		return false
	}
	free, _, ok := freeSpace(b.File)
	return !ok || free >= u.need
}

// failed notes an attempt for which there was no room. Where that is the first while the
// program runs, its sinks know what waits.
func (b *Box) failed(u *unmade, why error) {
	if !noRoom(why) {
		return
	}
	if u == nil {
		u = &unmade{why: fmt.Errorf("%w: %w", errUnmade, why), need: leastNeed}
		b.mu.Lock()
		b.disk = u
		b.mu.Unlock()
	}
	u.pause = min(max(2*u.pause, fullPause), longestPause)
	u.tried = b.clock.Mono() + u.pause
}

// lacks reports whether there is no room for the store itself.
func (b *Box) lacks() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, ok := b.disk.(*unmade)
	return ok
}

// begin gives what the store will: rows of a former name come behind those of the new one.
func (u *unmade) begin(name, was string) (found, error) {
	out := u.waits[name]
	if old, ok := u.waits[was]; ok && was != name {
		out.last = max(out.last+uint64(old.rows), old.last)
		out.rows += old.rows
		out.bytes += old.bytes
		delete(u.waits, was)
		u.waits[name] = out
	}
	return out, nil
}

// apply makes no change but one that finds nothing.
func (u *unmade) apply(changes []*change, _ time.Duration) error {
	for _, c := range changes {
		if c.op != opTrim {
			return u.why
		}
		c.gone, c.bytes = 0, 0
	}
	return nil
}

func (u *unmade) names() (map[string]int, error) {
	list := map[string]int{}
	for name, f := range u.waits {
		if f.rows > 0 {
			list[name] = f.rows
		}
	}
	return list, nil
}

func (u *unmade) read(*change) error              { return u.why }
func (u *unmade) list([]uint64) ([]Letter, error) { return nil, u.why }
func (u *unmade) room() int64                     { return 0 }
func (u *unmade) letters(string) uint64           { return 0 }
func (u *unmade) age() time.Duration              { return 0 }
func (u *unmade) close()                          {}
