package postgres

import (
	"errors"
	"strings"

	"flowc/rt/rows"

	"github.com/jackc/pgx/v5/pgproto3"
)

// refusal is an error that the server tells, with its SQLSTATE.
type refusal struct {
	code, message, detail string
}

func (e *refusal) Error() string { return e.message }

func refused(m *pgproto3.ErrorResponse) *refusal {
	return &refusal{code: m.Code, message: m.Message, detail: m.Detail}
}

// broken is the error that the connection is of no use any more.
type broken struct {
	why string
	// told is why the server has ended it, nil where it has not said so.
	told *refusal
}

func (e *broken) Error() string { return e.why }

// unreached is the error that the database could not be made ready, which no job is to
// blame for.
type unreached struct{ error }

func (e *unreached) Unwrap() error { return e.error }

// class reports whether a code is of one of the classes, or is one of the codes.
func (e *refusal) class(list ...string) bool {
	for _, c := range list {
		if strings.HasPrefix(e.code, c) {
			return true
		}
	}
	return false
}

// The codes that matter; PostgreSQL's Appendix A has them all.
const (
	codeCanceled    = "57014" // statement_timeout
	codeNotValidPwd = "28P01"
	codeNoFunction  = "42883" // nor operator
	codeNoMemory    = "53200" // the server has none for this statement
	codeNoRoom      = "53400" // temp_file_limit and the like
	codeTerminated  = "57P01" // pg_terminate_backend, or a stop
	codeCrashed     = "57P02" // another session took the server with it
)

// passing reports whether the same may succeed later: the server ends, has no place, the
// transaction met another one.
func (e *refusal) passing() bool {
	return e.class("08", "40", "53", "57P", "58", "XX", "55P03", "55006", "25006", "25P0")
}

// passing reports whether a job that met an error is to be tried again: its row stays as
// good as it was when the table is not there for now, or the server is slow.
func passing(j *rows.Job, err error) bool {
	var r *refusal
	if !errors.As(err, &r) {
		return true // the connection
	}
	return r.passing() || j.Adds && r.class("42", "3D", "3F", codeCanceled)
}

// refusalText is what a job that is given up is told.
func refusalText(err error) string {
	var r *refusal
	switch {
	case !errors.As(err, &r):
		return err.Error()
	case r.code == codeCanceled:
		return "the database did not finish it in time; see `timeout`"
	}
	return "the database refuses it: " + r.message
}

// explained words an error for people. What names the user or the database may be part of
// a secret and is said in other words.
func explained(err error) error {
	var r *refusal
	if !errors.As(err, &r) {
		return err
	}
	switch {
	case r.code == codeNotValidPwd:
		return errors.New("the database does not accept the user and the password")
	case r.class("28"):
		return errors.New("the database does not let this user in (its pg_hba.conf), or does not know it")
	case r.class("3D"):
		return errors.New("the server has no such database")
	case r.class("55P03"):
		return errors.New("somebody else keeps a table locked")
	case r.code == codeCanceled:
		return errors.New("the database does not finish in time; see `timeout`")
	case r.class("57P"):
		return errors.New("the database is starting or stopping")
	}
	return errors.New("the database says: " + r.message)
}
