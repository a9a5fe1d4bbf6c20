// Package health is a page about a running program, for people and for programs that watch over it. It is a small HTTP
// server of its own that knows three paths, a hundredth of what net/http would add to the program.
package health

import (
	"errors"
	"net"
	"sync"
	"time"

	"flowc/rt/flow"
	"flowc/rt/port"
)

// Page answers on an address:
//
//	/healthz   green, yellow or red, and why (200, or 503 where red)
//	/metrics   counters for Prometheus
//	/state     things, wires and the last faults as JSON
//
// It looks at the program between instants, and only when somebody asks; a program that hangs is told of.
type Page struct {
	listen string
	auth   *flow.Secret
	clock  flow.Clock

	mu       sync.Mutex
	listener net.Listener
	engine   *flow.Engine
	// resting says why no flow runs.
	resting string
	// asked is closed when the report that was asked for is there; nil if none was. since is when it was asked for.
	asked chan struct{}
	since time.Duration
	wires bool
	last  report
	// shown is the last report with wires, and shownAt when it was made; without wires there was none.
	shown   report
	shownAt time.Duration
	// lost is how many occurrences were lost at the last look, grew when that became more.
	lost uint64
	grew time.Duration
}

// At gives what a program's Spec wants: a page on the address listen, for those who show auth, if that is not nil. Auth
// is read when somebody comes.
func At(listen string, auth *flow.Secret) func(e *flow.Engine, resting string) error {
	return newPage(listen, auth).show
}

func newPage(listen string, auth *flow.Secret) *Page {
	return &Page{listen: whereListens(listen), auth: auth, clock: flow.SystemClock()}
}

// show answers for a program from now on, or for one that rests. Its error is that nobody can be answered. For nothing at
// all it only looks whether somebody could be.
func (p *Page) show(e *flow.Engine, resting string) error {
	p.mu.Lock()
	p.engine, p.resting = e, resting
	opened := p.listener != nil
	p.mu.Unlock()
	if opened {
		return nil
	}
	if e == nil && resting == "" {
		return p.told(port.Try(p.listen))
	}
	l, err := port.Listen(p.listen)
	if err = p.told(err); err != nil {
		if e != nil { // the program works without its page
			e.Note(flow.LevelError, "health: "+err.Error())
		}
		return err
	}
	p.mu.Lock()
	p.listener = l
	p.mu.Unlock()
	go p.serve(l)
	return nil
}

// told names the address in an error.
func (p *Page) told(err error) error {
	if err != nil {
		err = errors.New("cannot listen on " + p.listen + ": " + err.Error())
	}
	return err
}

// patience is how long a look at the program may take before it counts as hanging. An instant takes microseconds.
const patience = 2 * time.Second

// pause is how old wires may be. To write out those of ten thousand keys takes an instant's time a thousand times over
// (BenchmarkLook), so nobody has that done again and again, however often he asks.
const pause = 250 * time.Millisecond

// look asks the instant loop for a report. Hangs is how long the loop has not answered, the report then an earlier one.
func (p *Page) look(wires bool) (r report, resting string, hangs time.Duration) {
	r, resting, hangs = p.ask(wires)
	if wires && hangs == 0 && !r.looked { // it was under way already, for who does not want them
		r, resting, hangs = p.ask(wires)
	}
	return r, resting, hangs
}

func (p *Page) ask(wires bool) (r report, resting string, hangs time.Duration) {
	p.mu.Lock()
	e, resting := p.engine, p.resting
	if e == nil {
		p.mu.Unlock()
		return report{}, resting, 0
	}
	if wires && p.shown.wires != nil && p.clock.Mono()-p.shownAt < pause {
		defer p.mu.Unlock()
		return p.shown, "", 0
	}
	if p.asked == nil {
		p.asked, p.since, p.wires = make(chan struct{}), p.clock.Mono(), wires
		e.Call(func() { p.take(e) })
	}
	asked, since := p.asked, p.since
	p.wires = p.wires || wires
	p.mu.Unlock()
	alarm := p.clock.AlarmAt(since + patience)
	select {
	case <-asked:
	case <-alarm.C():
		hangs = p.clock.Mono() - since
	}
	alarm.Stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	if wires && p.shown.looked && p.shownAt >= since {
		return p.shown, "", hangs // the last may be a later one, without wires
	}
	return p.last, "", hangs
}

// take makes a report, on the instant loop between two instants. What breaks down in it must not take the program along.
func (p *Page) take(e *flow.Engine) {
	p.mu.Lock()
	wires := p.wires
	p.mu.Unlock()
	r, why := report{}, ""
	func() {
		defer func() {
			if recover() != nil {
				why = "the program cannot be looked at: a defect of flowc"
			}
		}()
		r = reportOf(e, wires)
	}()
	p.mu.Lock()
	if lost := r.lost(); lost > p.lost {
		p.lost, p.grew = lost, p.clock.Mono()
	}
	r.broken, r.looked = why, wires
	p.last = r
	if wires {
		p.shown, p.shownAt = r, p.clock.Mono()
	}
	close(p.asked)
	p.asked = nil
	p.mu.Unlock()
}
