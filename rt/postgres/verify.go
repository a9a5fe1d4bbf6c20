package postgres

import (
	"errors"

	"flowc/rt/flow"
	"flowc/rt/postgres/dollar"

	"github.com/jackc/pgx/v5/pgproto3"
)

// verify asks the server whether it takes the statements of the flow: the compiler could
// check them only as far as SQLite reads them. What is wrong is told now, and not when
// the first of them is due.
func (s *store) verify() error {
	wrong := ""
	for _, a := range s.line.Announced() {
		err := s.link.read(a.SQL)
		var r *refusal
		switch {
		case err == nil:
			continue
		case !errors.As(err, &r):
			return err
		case !r.class("42601", "42703", "42P01", "42883"):
			continue // without data the types of some parameters are not known
		}
		why := "the database does not take the statement of `" + a.Thing + "`: " + r.message
		s.log(flow.LevelError, why)
		if wrong == "" {
			wrong = why
		}
	}
	s.line.Wrong(wrong)
	return nil
}

// read lets the server read a statement, and nothing else.
func (l *link) read(sql string) error {
	l.f.SendParse(&pgproto3.Parse{Query: dollar.Numbered(sql)})
	l.text = ""
	l.sync()
	if _, err := l.settle(); err != nil {
		return err
	}
	return l.ready()
}
