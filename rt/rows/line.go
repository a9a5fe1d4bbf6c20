package rows

import (
	"sync"
	"sync/atomic"
	"time"

	"flowc/rt/flow"
)

// Limits of what waits for the database: a schedule or a pin cannot be held back. What a
// source waits for is not dropped; it stops for want of acknowledgements.
const (
	waitingBytes = 16 << 20
	// together is how many jobs are committed at once.
	together = 256
)

// Limits of the pause before another attempt.
const (
	pauseLeast = 100 * time.Millisecond
	pauseMost  = 30 * time.Second
)

// Store is a database as a Line sees it; one goroutine calls it.
type Store interface {
	// Attempt carries out jobs in one transaction. A job that fails by itself takes no
	// other with it; an error is one of all of them.
	Attempt(batch []*Job) error
	// Mend puts right what an error is about, if it can be put right: then the same is
	// tried again at once.
	Mend(err error) (mended bool, cause error)
	// Passing reports whether the same may succeed later.
	Passing(err error) bool
	// Explain words an error for people.
	Explain(err error) error
	// Oldest is the statement that takes out at most so many of a table's rows that are
	// older than ?1.
	Oldest(t flow.Table, most int64) string
	// Close ends the connection.
	Close()
}

// Line is the way of all jobs to one database: one after the other, those that wait
// together in one transaction. What waits while a commit is under way is the next one.
type Line struct {
	h     *flow.Host
	store Store
	box   flow.Outbox[*Job]
	// alone carries jobs out at once, on the instant loop: a simulation.
	alone bool
	stop  chan struct{}
	gone  chan struct{}
	bytes atomic.Int64
	// waiting counts the jobs that are not over; trouble is why nothing can be written for
	// now.
	waiting atomic.Int64
	trouble atomic.Pointer[string]
	closing sync.Once
	// watch hears whether the database answers; answers is what it heard last.
	watch   func(answers bool)
	answers bool
	said    announcements
	hear    listeners
	// old are portions of rows that are too old; they belong to whoever carries out jobs.
	old []*Job
}

// Interrupter is a Store whose work can be cut off, from any goroutine: it waits for
// somebody far away.
type Interrupter interface {
	Interrupt()
}

// NewLine makes the line of a database; alone carries jobs out at once.
func NewLine(h *flow.Host, s Store, alone bool) *Line {
	return &Line{h: h, store: s, alone: alone, stop: make(chan struct{}), gone: make(chan struct{})}
}

// Start begins the work.
func (l *Line) Start() {
	l.box.Open(l.h, flow.Block)
	if l.alone {
		close(l.gone)
	} else {
		go l.run()
	}
}

// Watch has f told, from any goroutine, when the database begins or ceases to answer; it
// is called before Start.
func (l *Line) Watch(f func(answers bool)) { l.watch = f }

// Stuck says, once for each reason, that nothing can be written for now.
func (l *Line) Stuck(err error) {
	why := l.store.Explain(err).Error()
	old := l.trouble.Swap(&why)
	if old == nil || *old != why {
		l.h.Log(flow.LevelError, "cannot write: "+why+"; it is tried again")
	}
	if old == nil {
		l.hear.tell()
	}
	l.answered(false)
}

// Trouble is why nothing can be written for now, what is wrong with a statement, or what
// ails the store, which is asked from any goroutine; "" for nothing.
func (l *Line) Trouble() string {
	if why := l.trouble.Load(); why != nil {
		return *why
	}
	why := l.wrong()
	if s, ok := l.store.(flow.Ailing); ok && why == "" {
		why = s.Ails()
	}
	return why
}

func (l *Line) answered(yes bool) {
	if l.watch != nil && l.answers != yes {
		l.answers = yes
		l.watch(yes)
	}
}

// Probe looks whether the database answers, where nothing else does.
func (l *Line) Probe() {
	if l.waiting.Load() == 0 {
		l.Take(&Job{})
	}
}

// Take accepts a job.
func (l *Line) Take(j *Job) {
	if l.bytes.Add(j.size()) > waitingBytes && !j.held() {
		l.bytes.Add(-j.size())
		j.GiveUp("too much waits for the database; this was dropped", flow.OutcomeDropped)
		j.tell()
		return
	}
	if !j.prunes {
		l.waiting.Add(1)
	}
	if l.alone {
		for batch := []*Job{j}; len(batch) > 0; batch = l.older(nil) {
			l.together(batch)
		}
		return
	}
	l.box.Put(j)
}

// Idle reports whether everything was committed, or cannot be for now.
func (l *Line) Idle() bool { return l.waiting.Load() == 0 || l.trouble.Load() != nil }

// End stops the work and closes the database; what is not committed is left.
func (l *Line) End() {
	l.closing.Do(func() {
		close(l.stop)
		if s, ok := l.store.(Interrupter); ok {
			s.Interrupt()
		}
		<-l.gone
		l.store.Close()
	})
}

func (l *Line) run() {
	defer close(l.gone)
	for {
		select {
		case <-l.stop:
			return
		case <-l.box.Ready():
		}
		for batch := l.batch(); len(batch) > 0; batch = l.batch() {
			if !l.together(batch) {
				return
			}
		}
	}
}

// batch is what waits, up to what one commit takes, and the next portions of old rows.
func (l *Line) batch() (list []*Job) {
	for len(list) < together {
		j, ok := l.box.Take()
		if !ok {
			break
		}
		list = append(list, j)
	}
	return l.older(list)
}

// together carries out jobs in one transaction, again and again while the database cannot
// be written; false means that the program stops.
func (l *Line) together(batch []*Job) bool {
	for attempt := 1; ; attempt++ {
		if batch = l.current(batch); len(batch) == 0 {
			return true
		}
		err := l.store.Attempt(batch)
		if err == nil {
			break
		}
		mended, err := l.store.Mend(err)
		if mended {
			continue
		}
		if len(batch) > 1 && !l.store.Passing(err) {
			return l.oneByOne(batch)
		}
		if l.alone || !l.store.Passing(err) {
			for _, j := range batch {
				j.GiveUp(l.store.Explain(err).Error(), flow.OutcomeDead)
			}
			break
		}
		if l.stopped() {
			return false // the end of the program cut it off
		}
		l.Stuck(err)
		if !l.pause(attempt) {
			return false
		}
	}
	if l.trouble.Swap(nil) != nil {
		l.h.Log(flow.LevelInfo, "the database can be written again")
		l.hear.tell()
	}
	l.answered(true)
	for _, j := range batch {
		l.over(j)
	}
	return true
}

// stopped reports whether the program stops.
func (l *Line) stopped() bool {
	select {
	case <-l.stop:
		return true
	default:
		return false
	}
}

// oneByOne carries out jobs each in a transaction of its own: one of them ended that of
// all (INSERT OR ROLLBACK), and takes no other with it.
func (l *Line) oneByOne(batch []*Job) bool {
	for _, j := range batch {
		if !l.together([]*Job{j}) {
			return false
		}
	}
	return true
}

// pause waits before another attempt; false means that the program stops.
func (l *Line) pause(attempt int) bool {
	alarm := l.h.Clock().NewTimer(min(pauseMost, pauseLeast<<min(attempt-1, 10)))
	defer alarm.Stop()
	select {
	case <-l.stop:
		return false
	case <-alarm.C():
		return true
	}
}
