package postgres

import (
	"errors"

	"flowc/rt/rows"
)

// Attempt carries out jobs in one transaction. A job that the server refuses takes
// nothing with it; an error is one of all of them.
func (s *store) Attempt(batch []*rows.Job) error {
	t := &transaction{s: s, batch: batch, over: map[*rows.Job]bool{}}
	for _, j := range batch {
		j.Begin()
	}
	for {
		err := s.carryOut(t)
		if !errors.Is(err, errAnew) {
			return err
		}
		s.disconnect()
	}
}

// carryOut carries out a transaction, over a connection that is made for it where there
// is none.
func (s *store) carryOut(t *transaction) error {
	if s.link == nil {
		if err := s.reach(); err != nil {
			return &unreached{err}
		}
	}
	t.l = s.link
	end := t.l.guard()
	defer end()
	err := s.makeKeys(t.batch)
	if err == nil {
		err = t.run()
	}
	t.took = t.l.clock.Mono() - t.from
	if err != nil {
		s.after(err)
		return s.doubted(t, err)
	}
	s.mended, s.doubt = false, doubt{}
	s.forgetKeys(t.batch)
	return nil
}

// after puts the connection right after an error: one that is of no use is closed, and
// where a table is not what it was, all are fitted anew.
func (s *store) after(err error) {
	var r *refusal
	switch {
	case !errors.As(err, &r), r.class("08", "57P", "25", "26", "58", "XX"):
		s.disconnect()
	case r.class("42", "3F"):
		s.fitted, s.keys = false, false
		s.disconnect()
	}
}
