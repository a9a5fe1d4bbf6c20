package rows

import (
	"encoding/binary"
	"sync"
	"time"

	"flowc/rt/flow"
)

// What a buffer keeps of a row: its statement, which names the columns, so that a later
// version of the flow with more of them still writes it as it was; its key; its cells.

// pack writes a row for the buffer.
func (j *Job) pack() []byte {
	key := ""
	if j.Once != nil {
		key = j.Once.Key
	}
	b := binary.AppendUvarint(nil, uint64(len(j.SQL)))
	b = append(b, j.SQL...)
	b = binary.AppendUvarint(b, uint64(len(key)))
	b = append(b, key...)
	return append(b, j.Args...)
}

// unpack reads it back.
func unpack(row []byte) (sql, key string, args []byte, ok bool) {
	for _, s := range []*string{&sql, &key} {
		size, n := binary.Uvarint(row)
		if n <= 0 || uint64(len(row)-n) < size {
			return "", "", nil, false
		}
		*s, row = string(row[n:n+int(size)]), row[n+int(size):]
	}
	return sql, key, row, true
}

// Carry adds a row that the buffer kept.
func (t *Insert) Carry(ticket uint64, row []byte, _, left time.Duration) {
	d := t.end.It
	sql, key, args, ok := unpack(row)
	j := t.job(sql, args, key)
	j.Ticket = ticket
	if left > 0 {
		j.until = d.h.Mono() + left
	}
	if !ok {
		j.desk = d
		j.GiveUp("what the buffer kept cannot be read", flow.OutcomeDead)
		j.tell()
		return
	}
	d.send(j)
}

// Up reports whether the database takes rows, as far as is known.
func (t *Insert) Up() bool { return t.end.It.line.trouble.Load() == nil }

var _ flow.Carrier = (*Insert)(nil)

// confined ends what was under way once the thing is quarantined.
func (t *Insert) confined(w flow.Wake) {
	d := t.end.It
	if t.Buffer != nil {
		t.Buffer.Confine()
		t.Buffer.React(w)
	}
	if j := d.result(w); j != nil {
		t.finish(d.h, j)
	}
}

// finish ends a row for those who wait for it.
func (t *Insert) finish(h *flow.Host, j *Job) {
	h.End(j.Token, j.Outcome)
	if j.Ticket != 0 {
		t.Buffer.Over(j.Ticket, j.Outcome, j.Failure)
	}
}

// listeners hear that a database begins or ceases to take rows.
type listeners struct {
	mu   sync.Mutex
	list []func()
}

func (l *listeners) add(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(l.list, f)
}

func (l *listeners) tell() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, f := range l.list {
		f()
	}
}

// current takes out of a batch what a buffer has kept for long enough.
func (l *Line) current(batch []*Job) (rest []*Job) {
	now := l.h.Clock().Mono()
	for _, j := range batch {
		if j.until == 0 || now < j.until {
			rest = append(rest, j)
			continue
		}
		j.GiveUp("it has waited for longer than `keep`", flow.OutcomeDropped)
		l.over(j)
	}
	return rest
}

// over tells of the end of a job that was taken.
func (l *Line) over(j *Job) {
	if l.rest(j) {
		return
	}
	l.bytes.Add(-j.size())
	if j.desk == nil && j.Failure != "" {
		l.h.Log(flow.LevelError, "rows that are too old are still there: "+j.Failure)
	}
	j.tell()
	if !j.prunes {
		l.waiting.Add(-1)
	}
}
