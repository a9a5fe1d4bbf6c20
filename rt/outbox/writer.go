package outbox

import (
	"errors"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"flowc/rt/boltfile"
	"flowc/rt/flow"
)

// Rows are written in groups: a disk takes as long for one as for many.
const (
	groupTime = 20 * time.Millisecond
	groupRows = 256
)

// writer makes the changes of all shelves, one group after the other.
type writer struct {
	box   *Box
	clock flow.Clock
	bell  chan struct{}
	quit  chan struct{}
	gone  chan struct{}

	mu     sync.Mutex
	queue  []*change
	urgent bool
	// spoilt counts looks at a damaged file since the last that went well; it is the
	// writer's own.
	spoilt int
	// low says that the disk has too little room for more.
	low atomic.Bool
}

func newWriter(b *Box, clock flow.Clock) *writer {
	return &writer{box: b, clock: clock, bell: make(chan struct{}, 1), quit: make(chan struct{}), gone: make(chan struct{})}
}

// post files a change; its end comes to the shelf as Done(0).
func (w *writer) post(c *change) {
	w.mu.Lock()
	w.queue = append(w.queue, c)
	n := len(w.queue)
	w.urgent = w.urgent || n >= groupRows || c.op == opRead || c.op == opTrim || c.ended != nil
	ring := n == 1 || w.urgent
	w.mu.Unlock()
	if w.box.direct {
		w.group()
		return
	}
	if ring {
		w.ring()
	}
}

// hurry writes what is there without waiting for more.
func (w *writer) hurry() {
	w.mu.Lock()
	w.urgent = len(w.queue) > 0
	w.mu.Unlock()
	w.ring()
}

func (w *writer) ring() {
	select {
	case w.bell <- struct{}{}:
	default:
	}
}

func (w *writer) run() {
	defer close(w.gone)
	for {
		select {
		case <-w.quit:
			w.group()
			return
		case <-w.bell:
		}
		w.gather()
		w.group()
	}
}

// gather waits until there is enough for a group.
func (w *writer) gather() {
	alarm := w.clock.NewTimer(groupTime)
	defer alarm.Stop()
	for {
		w.mu.Lock()
		enough := w.urgent || len(w.queue) == 0
		w.mu.Unlock()
		if enough {
			return
		}
		select {
		case <-alarm.C():
			return
		case <-w.quit:
			return
		case <-w.bell:
		}
	}
}

// group makes all changes that wait.
func (w *writer) group() {
	w.mu.Lock()
	list := w.queue
	w.queue, w.urgent = nil, false
	w.mu.Unlock()
	if len(list) == 0 {
		return
	}
	if !w.change(list) {
		return // the program ends; nobody is told of what was not done
	}
	var told []*Shelf
	for _, c := range list {
		if c.ended != nil {
			close(c.ended)
			continue
		}
		s := c.shelf
		s.mu.Lock()
		if len(s.results) == 0 {
			told = append(told, s)
		}
		s.results = append(s.results, c)
		s.mu.Unlock()
	}
	for _, s := range told {
		s.h.Done(0)
	}
}

// change makes changes, those that take no room first where there is none.
func (w *writer) change(list []*change) (ok bool) {
	if w.box.lacks() && !w.make() {
		return false
	}
	var changes []*change
	var need int64
	for _, c := range list {
		switch {
		case c.op == opRead || c.op == opLetters:
		case c.adds() && c.shelf.barred.Load():
			c.full = true
		default:
			changes = append(changes, c)
			need += c.size()
		}
	}
	if need > 0 && !w.box.fits(need) {
		w.low.Store(true)
		changes = turnAway(changes)
	} else if need > 0 {
		w.low.Store(false)
	}
	if len(changes) > 0 && !w.apply(changes) {
		return false
	}
	for _, c := range list {
		if c.op == opRead && !w.read(c) || c.op == opLetters && !w.list(c) {
			return false
		}
	}
	return true
}

// make makes the store if there is room by now; false says that the program ends.
func (w *writer) make() (ok bool) {
	err := w.box.reopen(nil)
	switch {
	case err == nil:
		w.box.mend(true)
	case !noRoom(err):
		w.box.giveUp(err)
		return false
	}
	return true
}

// turnAway leaves out rows for which there is no room, and those that come behind them
// until the sink has heard of it: what is written later may not be there before.
func turnAway(list []*change) (left []*change) {
	for _, c := range list {
		if c.adds() {
			c.full = true
			c.shelf.barred.Store(true)
		} else {
			left = append(left, c)
		}
	}
	return left
}

// apply makes changes for good. After a failure the file is opened anew, since nobody
// knows what the system has kept of it; a second one ends the program, but for a disk
// that is full, which may pass, and a file that is damaged, which is healed.
func (w *writer) apply(changes []*change) (ok bool) {
	for try := 1; ; try++ {
		err := w.box.use(func(d disk) error { return d.apply(changes, w.box.age()) })
		if err == nil {
			w.box.mend(!w.low.Load() && !w.box.lacks())
			return true
		}
		full, spoilt := noRoom(err), boltfile.Spoilt(err)
		if full {
			w.low.Store(true)
			changes = turnAway(changes)
		}
		w.box.fault("the outbox cannot be written: " + err.Error())
		if !w.anew(err) {
			return false
		}
		if try > 1 && !full && !(spoilt && try <= mostHeals) {
			w.box.giveUp(err)
			return false
		}
		if len(changes) == 0 {
			return true
		}
		for _, c := range changes {
			c.again = true
		}
		if full && try > 1 && !w.pause() {
			return false // the program stops, and what is left was not done
		}
	}
}

// mostHeals is how often a file is opened anew for one group of changes, or for looks that
// all fail.
const mostHeals = 3

// anew opens the file anew; false says that the program ends.
func (w *writer) anew(why error) bool {
	again := w.box.reopen(why)
	for noRoom(again) && w.pause() {
		again = w.box.reopen(why)
	}
	switch {
	case again == nil:
		return true
	case !noRoom(again):
		w.box.giveUp(errors.Join(why, again))
	}
	return false
}

// noRoom reports whether a failure is that of a full disk, or of a limit of another sort.
func noRoom(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}

// pause waits before the next attempt; false says that the program stops.
func (w *writer) pause() bool {
	alarm := w.clock.NewTimer(fullPause)
	defer alarm.Stop()
	select {
	case <-alarm.C():
		return true
	case <-w.quit:
		return false
	}
}

// read reads rows. Where nothing can be read the shelf asks again, after a while and from
// a file that was opened anew where this one is damaged.
func (w *writer) read(c *change) (ok bool) {
	c.err = w.box.use(func(d disk) error { return d.read(c) })
	return w.looked(c.err)
}

// looked hears how a look at the file has ended; false says that the program ends, as it
// does where one look after the other would have the file healed.
func (w *writer) looked(err error) bool {
	if err == nil {
		w.spoilt = 0
		return true
	}
	if errors.Is(err, errUnmade) {
		return true // it is told, and read once there is room
	}
	w.box.fault("the outbox cannot be read: " + err.Error())
	if !boltfile.Spoilt(err) {
		return true
	}
	if w.spoilt++; w.spoilt > mostHeals {
		w.box.ending("the outbox " + w.box.File + " cannot be read, however often it is written anew: " + err.Error())
		return false
	}
	return w.anew(err)
}

// list reads the dead letters.
func (w *writer) list(c *change) (ok bool) {
	c.err = w.box.use(func(d disk) (err error) {
		c.letters, err = d.list(c.numbers)
		return err
	})
	return w.looked(c.err)
}

// close makes what waits and ends.
func (w *writer) close() {
	close(w.quit)
	if w.box.direct || w.box.byHand {
		w.group()
		return
	}
	<-w.gone
}
