// Package outbox keeps what sinks cannot send now, in order and through kills and power
// cuts, until the receiver has confirmed it: the buffers of package flow, on a file of
// bbolt. Only a program with a `buffer` links it.
package outbox

import (
	"errors"
	"net"
	"slices"
	"sync"
	"time"

	"flowc/rt/boltfile"
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
	// beside is what the names of the files begin with that count what is unwritten, "" for
	// none.
	beside string
	// byHand says that a test makes the changes; opener opens its disk.
	byHand bool
	opener func() (disk, error)
	// born is the age of the store when it was opened, at the monotonic time opened.
	born, opened time.Duration
	// ending is how the program gives up; tests have their own.
	ending func(message string)

	// door is where dead letters are asked for while the program runs.
	door net.Listener

	// using is held while the disk is used or opened anew. The instant loop waits for it at
	// the start only.
	using sync.Mutex
	// unreadable counts uses that met a part of the file that cannot be read.
	unreadable int
	// suspect is why the file is healed when it is opened the next time, nil where it is
	// looked at first.
	suspect error

	// mu guards disk and shelves, which change under using as well, and what is below.
	mu sync.Mutex
	// trouble is what is wrong now, damage what was found when the file was opened.
	trouble, damage string
}

// join opens the store for its first shelf, and finds what waits for this one.
func (b *Box) join(s *Shelf) (out found, err error) {
	b.mu.Lock()
	first := b.disk == nil
	b.mu.Unlock()
	if first {
		if err := b.open(s.h); err != nil {
			return found{}, err
		}
	}
	b.mu.Lock()
	b.shelves = append(b.shelves, s)
	b.mu.Unlock()
	begin := func(d disk) (err error) {
		out, err = d.begin(s.Name, s.Was)
		return err
	}
	if err = b.use(begin); boltfile.Spoilt(err) {
		if err = b.reopen(err); err == nil {
			err = b.use(begin)
		}
	}
	return out, err
}

// use lets f have the disk, which is not opened anew meanwhile.
func (b *Box) use(f func(disk) error) error {
	b.using.Lock()
	defer b.using.Unlock()
	return f(b.disk)
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
	} else if err = b.openFirst(); err != nil {
		return err
	}
	b.born, b.opened = b.disk.age(), b.clock.Mono()
	b.writer = newWriter(b, b.clock)
	if !b.direct && !b.byHand {
		b.beside = place(b.File)
		go b.writer.run()
		b.listen()
	}
	return nil
}

// openFirst opens the disk. Where there is no room for a store, the program starts without.
func (b *Box) openFirst() error {
	d, err := b.opener()
	if noRoom(err) {
		var u *unmade
		if u, err = b.lack(err); err == nil {
			d = u
			b.fault(u.text())
		}
	}
	if err != nil {
		return err
	}
	b.disk = d
	return nil
}

// leave closes the store after its last shelf.
func (b *Box) leave(s *Shelf) {
	b.mu.Lock()
	n := len(b.shelves)
	b.shelves = slices.DeleteFunc(slices.Clone(b.shelves), func(o *Shelf) bool { return o == s })
	last := n == 1 && len(b.shelves) == 0
	b.mu.Unlock()
	if !last {
		return
	}
	b.deaf()
	b.writer.close()
	b.using.Lock()
	defer b.using.Unlock()
	b.disk.close()
	b.mu.Lock()
	b.disk = nil
	b.mu.Unlock()
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
	var names map[string]int
	err := b.use(func(d disk) (err error) {
		names, err = d.names()
		return err
	})
	if err != nil {
		b.fault("the outbox cannot be read: " + err.Error())
	}
	for name, n := range names {
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
	if b.lacks() {
		return false
	}
	b.mu.Lock()
	room := b.disk.room()
	b.mu.Unlock()
	if need <= room {
		return true
	}
	free, all, ok := freeSpace(b.File)
	if !ok || free-need >= all/10 {
		return true
	}
	b.fault("the disk of the outbox is nearly full; nothing more is written until a tenth of it is free")
	return false
}

// reopen gives up a handle that failed and opens the file anew. One of which parts cannot
// be read, though it looked whole the last time, is healed without a look.
func (b *Box) reopen(why error) error {
	b.using.Lock()
	defer b.using.Unlock()
	lacking, _ := b.disk.(*unmade)
	if lacking != nil && !lacking.due(b) {
		return lacking.why
	}
	b.disk.close()
	b.suspect = nil
	if boltfile.Spoilt(why) {
		if b.unreadable++; b.unreadable > 1 {
			b.suspect = why
		}
		b.h.Call(func() { b.h.Fault("the outbox " + b.File + " is opened anew: " + why.Error()) })
	}
	d, err := b.opener()
	if err != nil {
		b.failed(lacking, err)
		return err
	}
	b.mu.Lock()
	b.disk = d
	shelves := b.shelves
	b.mu.Unlock()
	for _, s := range shelves {
		was := ""
		if lacking != nil && lacking.first { // nothing was given its new name
			was = s.Was
		}
		if _, err := d.begin(s.Name, was); err != nil {
			return err
		}
	}
	return nil
}
