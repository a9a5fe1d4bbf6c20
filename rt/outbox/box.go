// Package outbox keeps what sinks cannot send now, in order and through kills and power
// cuts, until the receiver has confirmed it: the buffers of package flow, on a file of
// bbolt. Only a program with a `buffer` links it.
package outbox

import (
	"errors"
	"net"
	"sync"
	"time"

	"flowc/rt/flow"
)

// Box is the outbox of a program: one file with one owner and one writer, for the
// buffers of all its sinks.
type Box struct {
	// File is where it is; a name without a folder goes to the service's own state
	// folder ($STATE_DIRECTORY) where there is one.
	File string

	h       *flow.Host
	clock   flow.Clock
	disk    disk
	writer  *writer
	shelves []*Shelf
	told    bool
	// direct says that changes are made at once, by who asks for them: a simulation
	// has no goroutine of its own.
	direct bool
	// byHand says that a test makes the changes; opener opens its disk.
	byHand bool
	opener func() (disk, error)
	// born is the age of the store when it was opened, at the monotonic time opened.
	born, opened time.Duration
	// ending is how the program gives up; tests have their own.
	ending func(message string)

	// door is where dead letters are asked for while the program runs.
	door net.Listener

	mu sync.Mutex
	// trouble is what is wrong now, damage what was found at the start.
	trouble, damage string
}

// join opens the store for its first shelf, and finds what waits for this one.
func (b *Box) join(s *Shelf) (found, error) {
	if b.disk == nil {
		if err := b.open(s.h); err != nil {
			return found{}, err
		}
	}
	b.shelves = append(b.shelves, s)
	return b.disk.begin(s.Name, s.Was)
}

func (b *Box) open(h *flow.Host) (err error) {
	b.h, b.clock = h, h.Clock()
	if b.ending == nil {
		b.ending = h.GiveUp
	}
	if b.opener == nil {
		b.opener = b.openFile
	}
	if b.disk = simulated(b.File); b.disk != nil {
		b.direct = true
	} else if b.disk, err = b.opener(); err != nil {
		b.disk = nil
		return err
	}
	b.born, b.opened = b.disk.age(), b.clock.Mono()
	b.writer = newWriter(b, b.clock)
	if !b.direct && !b.byHand {
		go b.writer.run()
		b.listen()
	}
	return nil
}

// leave closes the store after its last shelf.
func (b *Box) leave(s *Shelf) {
	for i, o := range b.shelves {
		if o != s {
			continue
		}
		b.shelves = append(b.shelves[:i], b.shelves[i+1:]...)
		if len(b.shelves) == 0 {
			b.deaf()
			b.writer.close()
			b.disk.close()
			b.disk = nil
		}
		return
	}
}

// age is how long programs have run with this store: a clock that no time server and
// no user can step.
func (b *Box) age() time.Duration { return b.born + b.clock.Mono() - b.opened }

// orphans tells, once, of rows for sinks that are not there any more.
func (b *Box) orphans() {
	if b.told {
		return
	}
	b.told = true
	for name, n := range b.disk.names() {
		known := false
		for _, s := range b.shelves {
			known = known || s.Name == name
		}
		if !known {
			b.h.Log(flow.LevelError, flow.FormatInt(int64(n))+" messages wait for \""+name+
				"\", which has no buffer any more; they stay. If it has another name now, say there: renamed_from = \""+name+"\"")
		}
	}
}

// fault notes and tells that something is wrong; the same is told once.
func (b *Box) fault(text string) {
	b.mu.Lock()
	known := b.trouble == text
	b.trouble = text
	b.mu.Unlock()
	if !known {
		b.h.Log(flow.LevelError, text)
	}
}

// mend says that the store works.
func (b *Box) mend(whole bool) {
	b.mu.Lock()
	was := b.trouble
	if whole {
		b.trouble = ""
	}
	b.mu.Unlock()
	if whole && was != "" {
		b.h.Log(flow.LevelInfo, "the outbox can be written again")
	}
}

// state is for the counters of a shelf.
func (b *Box) state(name string) (letters uint64, trouble string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.disk != nil {
		letters = b.disk.letters(name)
	}
	trouble = b.trouble
	if trouble == "" {
		trouble = b.damage
	}
	return letters, trouble
}

// giveUp ends the program: what was promised cannot be kept.
func (b *Box) giveUp(why error) {
	if why == nil {
		why = errors.New("it fails again and again")
	}
	b.ending("the outbox " + b.File + " cannot be written: " + why.Error())
}

// fits reports whether so many bytes can be written and a tenth of the disk stays free.
func (b *Box) fits(need int64) bool {
	if need <= b.disk.room() {
		return true
	}
	free, all, ok := freeSpace(b.File)
	if !ok || free-need >= all/10 {
		return true
	}
	b.fault("the disk of the outbox is nearly full; nothing more is written until a tenth of it is free")
	return false
}

// reopen gives up a handle that failed and opens the file anew.
func (b *Box) reopen() error {
	b.disk.close()
	d, err := b.opener()
	if err != nil {
		return err
	}
	b.mu.Lock()
	b.disk = d
	b.mu.Unlock()
	for _, s := range b.shelves {
		if _, err := d.begin(s.Name, ""); err != nil {
			return err
		}
	}
	return nil
}
