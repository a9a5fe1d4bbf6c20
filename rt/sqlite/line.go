package sqlite

import (
	"sync"
	"sync/atomic"
	"time"

	"flowc/rt/flow"
	"flowc/rt/sqlite/lite"
	"flowc/rt/wiresql"
)

// Limits of what waits for the file: a schedule or a pin cannot be held back. What a
// source waits for is not dropped; it stops for want of acknowledgements.
const (
	waitingBytes = 16 << 20
	// together is how many jobs are committed at once.
	together = 256
)

// Limits of the pause before another attempt.
const (
	pauseLeast = 100 * time.Millisecond
	pauseMost  = 30 * time.Second
)

// line is the way of all jobs to one file: one after the other, those that wait
// together in one transaction. What waits while a commit is under way is the next one.
type line struct {
	h    *flow.Host
	file string
	busy time.Duration
	box  flow.Outbox[*job]
	// alone carries jobs out at once, on the instant loop: a simulation.
	alone bool
	stop  chan struct{}
	gone  chan struct{}
	bytes atomic.Int64
	// waiting counts the jobs that are not over; stuck says that the file cannot be
	// written for now.
	waiting atomic.Int64
	stuck   atomic.Bool

	// What follows belongs to whoever carries out.
	conn       *lite.Conn
	statements map[string]*lite.Stmt
	// tables are what the flow declares; fitted says that the file has them, keys that
	// it has the table of keys.
	tables flow.Tables
	fitted bool
	keys   bool
	// doubted says that an error left open what came to the disk.
	doubted bool

	closing sync.Once
	clean   func()
}

func newLine(h *flow.Host, t *Database) (*line, error) {
	l := &line{h: h, busy: t.Busy, tables: t.Table, statements: map[string]*lite.Stmt{}, stop: make(chan struct{}), gone: make(chan struct{})}
	if err := l.place(t); err != nil {
		return nil, err
	}
	if err := l.begin(); err != nil {
		l.disconnect()
		l.clean()
		return nil, explained(l.file, err)
	}
	l.box.Open(h, flow.Block)
	if l.alone {
		close(l.gone)
	} else {
		go l.run()
	}
	return l, nil
}

// begin opens the file for the first time. A file that is busy, or a disk that is full,
// keeps no program from its start.
func (l *line) begin() error {
	err := l.reach()
	if damaged(err) {
		if err = l.aside(err); err == nil {
			err = l.reach()
		}
	}
	if err != nil && !l.alone && passing(err) {
		l.disconnect()
		l.tellStuck(err)
		return nil
	}
	return err
}

// tellStuck says, once, that nothing can be written for now.
func (l *line) tellStuck(err error) {
	if !l.stuck.Swap(true) {
		l.h.Log(flow.LevelError, "cannot write: "+explained(l.file, err).Error()+"; it is tried again")
	}
}

// reach opens the file; the first time it is looked through and fitted to what the flow
// declares.
func (l *line) reach() error {
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
func (l *line) settle() error {
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
func (l *line) connect() error {
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
	return nil
}

// disconnect closes the file: after an error of the disk nobody knows what of it was
// written.
func (l *line) disconnect() {
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

// take accepts a job.
func (l *line) take(j *job) {
	if l.bytes.Add(j.size()) > waitingBytes && !j.held() {
		l.bytes.Add(-j.size())
		j.giveUp("too much waits for the database; this was dropped", flow.OutcomeDropped)
		j.tell()
		return
	}
	l.waiting.Add(1)
	if l.alone {
		l.together([]*job{j})
		return
	}
	l.box.Put(j)
}

func (l *line) idle() bool { return l.waiting.Load() == 0 || l.stuck.Load() }

// end stops the work and closes the file; what is not committed is left.
func (l *line) end() {
	l.closing.Do(func() {
		close(l.stop)
		<-l.gone
		l.disconnect()
		l.clean()
	})
}

func (l *line) run() {
	defer close(l.gone)
	for {
		select {
		case <-l.stop:
			return
		case <-l.box.Ready():
		}
		for batch := l.batch(); len(batch) > 0; batch = l.batch() {
			if !l.together(batch) {
				return
			}
		}
	}
}

// batch is what waits, up to what one commit takes.
func (l *line) batch() (list []*job) {
	for len(list) < together {
		j, ok := l.box.Take()
		if !ok {
			break
		}
		list = append(list, j)
	}
	return list
}

// together carries out jobs in one transaction, again and again while the file cannot
// be written; false means that the program stops.
func (l *line) together(batch []*job) bool {
	for attempt := 1; ; attempt++ {
		err := l.attempt(batch)
		if err == nil {
			break
		}
		if damaged(err) {
			if err = l.aside(err); err == nil {
				continue
			}
		}
		if len(batch) > 1 && !passing(err) {
			return l.oneByOne(batch)
		}
		if l.alone || !passing(err) {
			for _, j := range batch {
				j.giveUp(explained(l.file, err).Error(), flow.OutcomeDead)
			}
			break
		}
		l.tellStuck(err)
		if !l.pause(attempt) {
			return false
		}
	}
	if l.stuck.Swap(false) {
		l.h.Log(flow.LevelInfo, "the database can be written again")
	}
	for _, j := range batch {
		l.bytes.Add(-j.size())
		j.tell()
	}
	l.waiting.Add(-int64(len(batch)))
	return true
}

// oneByOne carries out jobs each in a transaction of its own: one of them ended that of
// all (INSERT OR ROLLBACK), and takes no other with it.
func (l *line) oneByOne(batch []*job) bool {
	for _, j := range batch {
		if !l.together([]*job{j}) {
			return false
		}
	}
	return true
}

// pause waits before another attempt; false means that the program stops.
func (l *line) pause(attempt int) bool {
	alarm := l.h.Clock().NewTimer(min(pauseMost, pauseLeast<<min(attempt-1, 10)))
	defer alarm.Stop()
	select {
	case <-l.stop:
		return false
	case <-alarm.C():
		return true
	}
}

// prune takes out the rows of a table that are older than it keeps them.
func (l *line) prune(t flow.Table, now time.Time) {
	l.take(&job{
		sql:  "DELETE FROM " + quoted(t.Name) + " WHERE " + quoted(t.Age) + " < ?1",
		args: wiresql.AppendTime(nil, now.Add(-t.Keep)), writes: true,
	})
}
