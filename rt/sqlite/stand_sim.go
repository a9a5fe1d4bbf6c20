//go:build sim

package sqlite

import (
	"errors"
	"time"

	"flowc/rt/flow"
	"flowc/rt/rows"
	"flowc/rt/sqlite/lite"
)

// Stand is a line that takes the place of another database in a simulation. What SQLite
// does not read of that one's SQL fails, and says so.
func Stand(h *flow.Host, tables flow.Tables, watch func(bool)) (*rows.Line, error) {
	s := &store{h: h, busy: time.Second, tables: tables, statements: map[string]*lite.Stmt{}}
	if err := s.place(h.Name() + ".stand-in.db"); err != nil {
		return nil, err
	}
	l := rows.NewLine(h, &stand{s}, true)
	l.Watch(watch)
	if err := s.begin(); err != nil {
		s.Close()
		return nil, explained(s.file, err)
	}
	l.Start()
	return l, nil
}

// stand is a store in the place of another.
type stand struct{ *store }

// Attempt words what SQLite does not read.
func (s *stand) Attempt(batch []*rows.Job) error {
	if s.conn != nil {
		for _, j := range batch {
			if _, err := s.prepared(j.SQL); err != nil {
				j.Begin()
				j.GiveUp(unread(err).Error(), flow.OutcomeDead)
				return nil // a simulation carries out one at a time
			}
		}
	}
	return s.store.Attempt(batch)
}

func unread(err error) error {
	return errors.New("SQLite, which takes the database's place in a simulation, does not read this statement (" + err.Error() + "); let a test say what it answers")
}
