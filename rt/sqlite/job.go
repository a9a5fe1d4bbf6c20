package sqlite

import (
	"sync"
	"time"

	"flowc/rt/flow"
	"flowc/rt/wiresql"
)

// Failure tells why a row or a statement was given up.
type Failure struct {
	// Message is what went wrong.
	Message string
	// Attempt is how often it was tried.
	Attempt int64
	// Time is when it was given up.
	Time time.Time
}

// job is one statement on its way to the file and back.
type job struct {
	desk  *desk
	token flow.Token
	sql   string
	args  wiresql.Row
	// what says for people what it does.
	what string
	// writes says that it changes something.
	writes bool
	// once is set for a row that is added once, whatever is repeated.
	once *deduped

	attempt int64
	// rows are what it gave, count how many; changed is how many rows it changed.
	rows    wiresql.Row
	count   int
	changed int64
	// failure says why there is no result.
	failure string
	outcome flow.Outcome
}

// held reports whether a source waits for the job.
func (j *job) held() bool { return j.desk != nil && j.desk.h.Held(j.token) }

// size is about how much memory it takes while it waits.
func (j *job) size() int64 {
	size := int64(len(j.args)) + 256
	if j.once != nil {
		size += int64(len(j.once.key))
	}
	return size
}

// giveUp ends the job without a result.
func (j *job) giveUp(failure string, o flow.Outcome) {
	j.rows, j.count, j.failure, j.outcome = nil, 0, failure, o
}

// over ends the effect and reports whether it succeeded.
func (j *job) over(h *flow.Host, wired bool) bool {
	h.End(j.token, j.outcome)
	if j.failure == "" {
		return true
	}
	if !wired {
		h.Fault(j.failure)
	}
	return false
}

func (j *job) told(h *flow.Host) Failure {
	return Failure{Message: j.failure, Attempt: j.attempt, Time: h.Time()}
}

// desk is where a thing hands in jobs and hears of their end.
type desk struct {
	h    *flow.Host
	line *line
	play desktop

	mu      sync.Mutex
	results []*job
}

// desktop lets a simulation make jobs of a thing fail; nil elsewhere.
type desktop interface {
	// fails hears of a job and gives the reason for which it is to fail, "" for none.
	fails(j *job) string
	close()
}

// open gives a thing its desk.
func (l *line) open(h *flow.Host) *desk {
	d := &desk{h: h, line: l}
	d.play = playedDesk(d)
	return d
}

// send hands in a job; it starts at the end of this instant.
func (d *desk) send(j *job) {
	j.desk = d
	if d.play != nil {
		if why := d.play.fails(j); why != "" {
			j.attempt = 1
			j.giveUp(why, flow.OutcomeDead)
			j.tell()
			return
		}
	}
	d.line.take(j)
}

// tell says, from any goroutine, that the job is over; one of the database's own
// concerns nobody.
func (j *job) tell() {
	d := j.desk
	if d == nil {
		return
	}

	d.mu.Lock()
	d.results = append(d.results, j)
	d.mu.Unlock()
	d.h.Done(j.token)
}

// result is the job whose end woke the thing, nil if something else did.
func (d *desk) result(w flow.Wake) *job {
	if w.Why != flow.OnDone {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.results) == 0 {
		return nil
	}
	j := d.results[0]
	d.results[0] = nil
	d.results = d.results[1:]
	return j
}

func (d *desk) close() {
	if d != nil && d.play != nil {
		d.play.close()
	}
}
