//go:build !sim

package postgres

import (
	"flowc/rt/flow"
	"flowc/rt/rows"
)

// newLine makes the way to the server.
func newLine(h *flow.Host, t *Database) (*rows.Line, error) {
	s, err := newStore(h, t)
	if err != nil {
		return nil, err
	}
	l := rows.NewLine(h, s, false)
	s.line = l
	l.Watch(func(up bool) { t.changes.Put(up, 1) })
	l.Start()
	return l, nil
}

// Check logs in and looks whether the tables fit, as the program would make them.
func (t *Database) Check(h *flow.Host) error {
	s, err := newStore(h, t)
	if err != nil {
		return err
	}
	defer s.disconnect()
	if err = s.connect(); err == nil {
		end := s.link.guard()
		err = s.fit(true)
		end()
	}
	if err != nil {
		return explained(err)
	}
	return nil
}
