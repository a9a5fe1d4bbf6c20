package postgres

import (
	"errors"
	"time"

	"flowc/rt/flow"
	"flowc/rt/rows"
)

// transaction is the work on the jobs of one commit.
type transaction struct {
	s     *store
	l     *link
	batch []*rows.Job
	// over are the jobs that were given up.
	over map[*rows.Job]bool
	// careful lets each job stand for itself, since one of them was refused before.
	careful bool
	// begins says that the server has begun a transaction for these jobs, so that what
	// happens to the connection from then on happens to them.
	begins bool
	// from is when that was, or when it was asked to, and took how long after it the
	// attempt ended.
	from, took time.Duration
}

// blamed is the error of one job.
type blamed struct {
	job *rows.Job
	err error
}

func (b *blamed) Error() string { return b.err.Error() }

// errAnew says that the connection went with a job that was given up.
var errAnew = errors.New("begin anew")

// run carries out the jobs together. Where one of them is refused nothing of the
// transaction is left, so it begins again, and each job gets a savepoint of its own.
func (t *transaction) run() error {
	for {
		err := t.once()
		if err == nil {
			return nil
		}
		var b *blamed
		var r *refusal
		switch {
		case errors.As(err, &b) && !errors.As(b.err, &r):
			t.giveUp(b.job, b.err) // an answer that was too large, and the rest of it is still to come
			t.again()
			return errAnew
		case b == nil && !errors.As(err, &r):
			return err
		}
		if err := t.l.do("ROLLBACK"); err != nil {
			return err
		}
		if b == nil {
			return err
		}
		if t.l.untried(b) {
			again, err := t.l.reread(b.job)
			if err != nil {
				return err
			}
			if again {
				t.again()
				continue
			}
		}
		t.giveUp(b.job, b.err) // all before it were as they will be
		if len(t.over) == len(t.batch) {
			return nil
		}
		t.careful = true
		t.again()
	}
}

// again makes the jobs that are left ready for another round.
func (t *transaction) again() {
	for _, j := range t.batch {
		if !t.over[j] {
			j.Attempt--
			j.Begin()
		}
	}
}

func (t *transaction) giveUp(j *rows.Job, err error) {
	j.GiveUp(refusalText(err), flow.OutcomeDead)
	t.over[j] = true
}

// once carries out all jobs that are left.
func (t *transaction) once() error {
	var list []*rows.Job
	for _, j := range t.batch {
		if !t.over[j] {
			list = append(list, j)
		}
	}
	if err := t.begin(); err != nil {
		return err
	}
	for len(list) > 0 {
		n := t.span(list)
		if err := t.part(list[:n]); err != nil {
			return err
		}
		list = list[n:]
	}
	t.l.command("COMMIT")
	tag, err := t.l.settle()
	if err == nil && tag != "COMMIT" {
		err = &broken{why: "the server did not commit"}
	}
	return err
}

// begin begins the transaction; where connections were lost before, its answer is waited
// for.
func (t *transaction) begin() error {
	t.l.command("BEGIN")
	t.from = t.l.clock.Mono()
	if t.s.doubt.lost == 0 {
		return nil
	}
	_, err := t.l.settle()
	t.begins, t.from = err == nil, t.l.clock.Mono()
	return err
}

// span is how many jobs go over the line together: rows that are added, of which the
// server answers little. A query goes alone, since its answer fills the line.
func (t *transaction) span(list []*rows.Job) int {
	n := 1
	for !t.careful && list[0].Adds && n < len(list) && list[n].Adds {
		n++
	}
	return n
}

// part carries out some jobs; carefully, it is one, and its refusal takes nothing with
// it.
func (t *transaction) part(list []*rows.Job) error {
	if list[0].SQL == "" {
		return nil // only looks whether the server answers
	}
	if t.careful {
		t.l.command("SAVEPOINT flowc")
	}
	err := t.exchange(list)
	if !t.careful {
		return err
	}
	var b *blamed
	var r *refusal
	switch {
	case err == nil:
		t.l.command("RELEASE SAVEPOINT flowc")
	case errors.As(err, &b) && errors.As(b.err, &r) && !t.l.untried(b):
		t.giveUp(b.job, b.err)
		t.l.command("ROLLBACK TO SAVEPOINT flowc")
		return nil
	}
	return err
}

// rowsMost bounds what the server sends of one answer; a job refuses more by itself.
const rowsMost = 10_001

// exchange sends jobs and reads what comes back.
func (t *transaction) exchange(list []*rows.Job) error {
	for _, j := range list {
		text, args := j.SQL, j.Args
		limit := uint32(rowsMost)
		if j.Once != nil {
			text, args = t.s.fresh(j)
		}
		if j.Writes {
			limit = 0
		}
		t.l.queue(text, args, !j.Writes, limit)
	}
	t.l.sync()
	if err := t.begun(); err != nil {
		return err
	}
	for _, j := range list {
		if err := t.result(j); err != nil {
			return err
		}
	}
	return t.l.ready()
}

// begun reads the answers to the commands before the jobs. Where one of them is refused
// the answers to the jobs are still to come, and would be taken for those to what is asked
// next: the connection is of no use any more.
func (t *transaction) begun() error {
	_, err := t.l.settle()
	var r *refusal
	if errors.As(err, &r) {
		return &broken{why: refusalText(r)}
	}
	return err
}

// result reads what one job gave.
func (t *transaction) result(j *rows.Job) error {
	take := taken(j)
	if j.Writes {
		take = nil
	}
	tag, err := t.l.answer(take)
	if err == nil {
		if j.Writes {
			j.Changed = count(tag)
		}
		return nil
	}
	var b *broken
	if errors.As(err, &b) {
		return err
	}
	var r *refusal
	if errors.As(err, &r) {
		if err := t.l.ready(); err != nil {
			return err
		}
		if passing(j, r) {
			return &unreached{r}
		}
	}
	return &blamed{j, err}
}
