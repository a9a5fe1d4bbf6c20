package sqlite

import (
	"os"
	"sync/atomic"
	"time"

	"flowc/rt/flow"
	"flowc/rt/rows"
	"flowc/rt/sqlite/lite"
)

// store is a file with its connection. All but its making belongs to whoever carries
// out jobs.
type store struct {
	h    *flow.Host
	file string
	busy time.Duration
	// alone says that jobs are carried out at once: a simulation.
	alone bool

	conn *lite.Conn
	// is is the file that was opened, by which one that took its place is known.
	is         os.FileInfo
	statements map[string]*lite.Stmt
	// tables are what the flow declares; fitted says that the file has them, keys that
	// it has the table of keys.
	tables flow.Tables
	fitted bool
	keys   bool
	// doubted says that an error left open what came to the disk.
	doubted bool

	// moved says that a file was moved aside or taken away; the instant loop asks.
	moved atomic.Pointer[string]

	clean func()
}

func newLine(h *flow.Host, t *Database) (*rows.Line, error) {
	s := &store{h: h, busy: t.Busy, tables: t.Table, statements: map[string]*lite.Stmt{}}
	if err := s.place(t.File); err != nil {
		return nil, err
	}
	l := rows.NewLine(h, s, s.alone)
	err := s.begin()
	if err != nil && !s.alone && s.Passing(err) {
		s.disconnect()
		l.Stuck(err)
		err = nil
	}
	if err != nil {
		s.Close()
		return nil, explained(s.file, err)
	}
	l.Start()
	return l, nil
}

// begin opens the file for the first time.
func (l *store) begin() error {
	err := l.reach()
	if damaged(err) {
		if err = l.aside(err); err == nil {
			err = l.reach()
		}
	}
	return err
}

// Mend moves a damaged file aside.
func (l *store) Mend(err error) (mended bool, cause error) {
	if !damaged(err) {
		return false, err
	}
	if err := l.aside(err); err != nil {
		return false, &unreached{err}
	}
	return true, nil
}

// Explain says what is wrong with the file.
func (l *store) Explain(err error) error { return explained(l.file, err) }

// Close closes the file; what is not committed is left.
func (l *store) Close() {
	l.disconnect()
	l.clean()
}

// reach opens the file; the first time it is looked through and fitted to what the flow
// declares.
func (l *store) reach() error {
	if err := l.connect(); err != nil {
		return err
	}
	if l.doubted {
		if err := l.settle(); err != nil {
			return err
		}
		l.doubted = false
	}
	if l.fitted {
		return nil
	}
	if err := l.sound(); err != nil {
		return err
	}
	err := fit(l.conn, l.file, l.tables)
	l.fitted = err == nil
	return err
}

// settle moves what is in the log to the file and begins the log anew: after a sync that
// failed the system may hold pages that never came to the disk and that a later sync
// leaves out, so they are written once more.
func (l *store) settle() error {
	s, err := l.conn.Prepare("PRAGMA wal_checkpoint(TRUNCATE)")
	if err != nil {
		return err
	}
	defer s.Close()
	row, err := s.Step()
	if err == nil && row && s.Int(0) != 0 {
		err = &lite.Error{Code: lite.BusyCode, Message: "another program reads it", Offset: -1}
	}
	return err
}

// connect opens the file: a log that is written before it (WAL), so that readers do not
// wait for the writer, and a sync of the disk at every commit.
func (l *store) connect() error {
	c, err := lite.Open(l.file)
	if err != nil {
		return err
	}
	c.Busy(l.busy)
	for _, sql := range []string{"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON", "PRAGMA trusted_schema = OFF"} {
		if err := c.Exec(sql); err != nil {
			c.Close()
			return err
		}
	}
	l.conn = c
	l.is, _ = os.Stat(l.file)
	return nil
}

// disconnect closes the file: after an error of the disk nobody knows what of it was
// written.
func (l *store) disconnect() {
	for sql, s := range l.statements {
		s.Close()
		delete(l.statements, sql)
	}
	l.keys = false
	if l.conn != nil {
		l.conn.Close()
		l.conn = nil
	}
}
