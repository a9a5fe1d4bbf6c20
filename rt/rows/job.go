package rows

import (
	"errors"
	"slices"
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

// Job is one statement on its way to the database and back.
type Job struct {
	desk  *desk
	Token flow.Token
	// Ticket is what a buffer knows it by, 0 without one; until is when that has kept it
	// for long enough, 0 for never.
	Ticket uint64
	until  time.Duration
	// SQL is the statement, with ?1 for the first of Args.
	SQL  string
	Args wiresql.Row
	// What says for people what it does.
	What string
	// Writes says that it changes something, Adds that it is a row of an sql_insert: when
	// the table is not there for now that is not the row's fault.
	Writes, Adds bool
	// prunes says that it takes out a portion of what is too old.
	prunes bool
	// Once is set for a row that is added once, whatever is repeated.
	Once *Once

	// Attempt counts how often it was tried.
	Attempt int64
	// Rows are what it gave, Count how many; Changed is how many rows it changed.
	Rows    wiresql.Row
	Count   int
	Changed int64
	// Failure says why there is no result.
	Failure string
	Outcome flow.Outcome
}

// Limits of what one query gives.
const (
	rowsMost  = 10_000
	rowsBytes = 1 << 20
)

// ErrTooMuch ends a query that gives more than a program may hold.
var ErrTooMuch = errors.New("the query gives more than 10,000 rows or 1 MB; let it count or choose (LIMIT)")

// Begin makes the job ready for another attempt.
func (j *Job) Begin() {
	j.Attempt++
	j.Rows, j.Count, j.Changed, j.Failure, j.Outcome = nil, 0, 0, "", flow.OutcomeDelivered
}

// Row counts a row of the answer; its cells are appended to Rows then.
func (j *Job) Row() error {
	if j.Count++; j.Count > rowsMost || len(j.Rows) > rowsBytes {
		return ErrTooMuch
	}
	return nil
}

// held reports whether a source or a buffer waits for the job.
func (j *Job) held() bool { return j.Ticket != 0 || j.desk != nil && j.desk.h.Held(j.Token) }

// size is about how much memory it takes while it waits.
func (j *Job) size() int64 {
	size := int64(len(j.Args)) + 256
	if j.Once != nil {
		size += int64(len(j.Once.Key))
	}
	return size
}

// GiveUp ends the job without a result.
func (j *Job) GiveUp(failure string, o flow.Outcome) {
	j.Rows, j.Count, j.Failure, j.Outcome = nil, 0, failure, o
}

// over ends the effect and reports whether it succeeded.
func (j *Job) over(h *flow.Host, wired bool) bool {
	h.End(j.Token, j.Outcome)
	if j.Failure == "" {
		return true
	}
	if !wired {
		h.Fault(j.Failure)
	}
	return false
}

func (j *Job) told(h *flow.Host) Failure {
	return Failure{Message: j.Failure, Attempt: j.Attempt, Time: h.Time()}
}

// desk is where a thing hands in jobs and hears of their end.
type desk struct {
	h    *flow.Host
	line *Line
	play desktop

	mu      sync.Mutex
	results []*Job
}

// desktop lets a simulation make jobs of a thing fail; nil elsewhere.
type desktop interface {
	// fails hears of a job and gives the reason for which it is to fail, "" for none.
	fails(j *Job) string
	// answers carries a job out as a script says, if it does.
	answers(j *Job) bool
	close()
}

// open gives a thing its desk.
func (l *Line) open(h *flow.Host) *desk {
	d := &desk{h: h, line: l}
	d.play = playedDesk(d)
	h.Confined(func(w flow.Wake) { d.confined(h, w) })
	return d
}

// send hands in a job; it starts at the end of this instant.
func (d *desk) send(j *Job) {
	j.desk = d
	if d.play != nil {
		if why := d.play.fails(j); why != "" {
			j.Attempt = 1
			j.GiveUp(why, flow.OutcomeDead)
			j.tell()
			return
		}
		if d.play.answers(j) {
			j.tell()
			return
		}
	}
	d.line.Take(j)
}

// tell says, from any goroutine, that the job is over; one of the database's own
// concerns nobody.
func (j *Job) tell() {
	d := j.desk
	if d == nil {
		return
	}
	d.mu.Lock()
	d.results = append(d.results, j)
	d.mu.Unlock()
	d.h.Done(j.Token)
}

// result is the job whose end woke the thing, nil if something else did.
func (d *desk) result(w flow.Wake) *Job {
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

// confined ends the job of a thing that was quarantined. Those before it are of effects
// that a panic kept from being heard of: the engine has ended them.
func (d *desk) confined(h *flow.Host, w flow.Wake) {
	d.mu.Lock()
	i := slices.IndexFunc(d.results, func(j *Job) bool { return w.Why == flow.OnDone && j.Token == w.Effect })
	if i < 0 {
		d.mu.Unlock()
		return
	}
	j := d.results[i]
	d.results = d.results[i+1:]
	d.mu.Unlock()
	h.End(j.Token, j.Outcome)
}

func (d *desk) close() {
	if d != nil && d.play != nil {
		d.play.close()
	}
}
