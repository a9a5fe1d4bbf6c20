package sqlite

import (
	"errors"

	"flowc/rt/flow"
	"flowc/rt/rows"
	"flowc/rt/sqlite/lite"
	"flowc/rt/wiresql"
)

// Attempt carries out jobs in one transaction. A job that fails by itself takes nothing
// with it; an error is one of all of them.
func (l *store) Attempt(batch []*rows.Job) (err error) {
	defer func() {
		if recover() != nil {
			l.disconnect()
			err = errors.New("the work on the database failed with a defect")
		}
	}()
	if l.conn != nil && l.gone() {
		if err := l.leave(); err != nil {
			return err
		}
	}
	if l.conn == nil {
		if err := l.reach(); err != nil {
			l.disconnect()
			return &unreached{err}
		}
	}
	if err = l.makeKeys(batch); err == nil {
		err = l.transaction(batch)
	}
	if err == nil {
		return nil
	}
	if l.conn.InTransaction() {
		l.conn.Exec("ROLLBACK") // an error here shows again at the next attempt
	}
	var e *lite.Error
	if errors.As(err, &e) && !e.Busy() {
		l.disconnect()
		l.doubted = true
	}
	return err
}

func (l *store) transaction(batch []*rows.Job) error {
	begin := "BEGIN"
	for _, j := range batch {
		if j.Writes {
			begin = "BEGIN IMMEDIATE" // whoever only reads at first may find the file taken later
		}
	}
	if err := l.conn.Exec(begin); err != nil {
		return err
	}
	for _, j := range batch {
		if err := l.carryOut(j); err != nil {
			return err
		}
	}
	return l.conn.Exec("COMMIT")
}

// carryOut runs one job inside the transaction. Its own failure is its result; what
// ends the whole transaction is an error.
func (l *store) carryOut(j *rows.Job) error {
	if j.Begin(); j.SQL == "" {
		return nil // only looks whether the database answers
	}
	carry := l.statement
	if j.Once != nil {
		carry = l.added
	}
	err := carry(j)
	if err == nil {
		return nil
	}
	if passing(err) || damaged(err) || !l.conn.InTransaction() {
		return err
	}
	j.GiveUp(refusal(err), flow.OutcomeDead)
	return nil
}

// prepared is a statement that was read before, or is now.
func (l *store) prepared(sql string) (*lite.Stmt, error) {
	if s := l.statements[sql]; s != nil {
		return s, nil
	}
	s, err := l.conn.Prepare(sql)
	if err == nil {
		l.statements[sql] = s
	}
	return s, err
}

// first runs a statement up to its first row, and reports whether there is one.
func (l *store) first(sql string, args wiresql.Row) (row bool, err error) {
	s, err := l.prepared(sql)
	if err != nil {
		return false, err
	}
	defer s.Reset()
	if err := bind(s, args); err != nil {
		return false, err
	}
	return s.Step()
}

func (l *store) statement(j *rows.Job) error {
	s, err := l.prepared(j.SQL)
	if err != nil {
		return err
	}
	defer s.Reset()
	if err := bind(s, j.Args); err != nil {
		return err
	}
	for {
		row, err := s.Step()
		if err != nil {
			return err
		}
		if !row {
			break
		}
		if err := add(j, s); err != nil {
			return err
		}
	}
	if j.Writes {
		j.Changed = l.conn.Changes()
	}
	return nil
}

func bind(s *lite.Stmt, args wiresql.Row) error {
	for n := 1; ; n++ {
		c, rest, ok := wiresql.Take(args)
		if !ok {
			return nil
		}
		args = rest
		var err error
		switch c = c.Plain(); c.Sort {
		case wiresql.Int:
			err = s.BindInt(n, c.Int)
		case wiresql.Float:
			err = s.BindFloat(n, c.Float)
		case wiresql.Text:
			err = s.BindText(n, c.Data)
		case wiresql.Bytes:
			err = s.BindBlob(n, c.Data)
		default:
			err = s.BindNull(n)
		}
		if err != nil {
			return err
		}
	}
}

// add keeps a row that the statement gave.
func add(j *rows.Job, s *lite.Stmt) error {
	if err := j.Row(); err != nil {
		return err
	}
	for n := range s.Columns() {
		switch s.Sort(n) {
		case lite.Int:
			j.Rows = wiresql.AppendInt(j.Rows, s.Int(n))
		case lite.Float:
			j.Rows = wiresql.AppendFloat(j.Rows, s.Float(n))
		case lite.Text:
			j.Rows = wiresql.AppendText(j.Rows, string(s.Bytes(n)))
		case lite.Blob:
			j.Rows = wiresql.AppendBytes(j.Rows, s.Bytes(n))
		default:
			j.Rows = wiresql.AppendNull(j.Rows)
		}
	}
	return nil
}

// unreached is the error that the file could not be opened, which no job is to blame for.
type unreached struct{ error }

func (e *unreached) Unwrap() error { return e.error }

// Passing reports whether the same may succeed later.
func (l *store) Passing(err error) bool { return passing(err) }

func passing(err error) bool {
	var u *unreached
	var e *lite.Error
	return errors.As(err, &u) || errors.As(err, &e) && e.Passing()
}

// refusal says why a statement was refused.
func refusal(err error) string {
	var e *lite.Error
	if errors.As(err, &e) {
		return "the database refuses it: " + e.Message
	}
	return err.Error()
}

// explained says what is wrong with a file.
func explained(file string, err error) error {
	var e *lite.Error
	switch {
	case !errors.As(err, &e):
		return err
	case e.Damaged():
		return errors.New(file + " is damaged, or no SQLite file (" + e.Message + ")")
	case e.Busy():
		return errors.New(file + " is in use by another program")
	}
	return errors.New(file + ": " + e.Message)
}
