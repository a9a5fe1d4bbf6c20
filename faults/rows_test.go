package faults

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"flowc/rt/mqtt/witness"
	"flowc/rt/sqlite/lite"
)

// TestKillRows kills a program that keeps messages in a table, while a broker sends
// again what was not confirmed: each message makes one row. It holds the order of commit
// and acknowledgement; what the disk itself does with a commit (synchronous = FULL or
// NORMAL) no kill can tell, since the system's memory outlives the program.
func TestKillRows(t *testing.T) {
	beside(t)
	r := newRun(t, build(t, "rows.hcl"), 8, 200)
	rowsRig(r)
	r.report()
}

func rowsRig(r *run) {
	d := newRowStore(r)
	b := newWitness(r.t, nil)
	p := d.start(b)
	stream := d.load(b, p, 2000, 40)
	began := time.Now()
	for round := range r.rounds {
		if round > 0 {
			p = d.start(b)
		}
		d.letLive(p, 700*time.Millisecond)
		p.kill()
	}
	p = d.start(b)
	total := stream.end()
	if !b.Wait(r.patience, func() bool { return b.Unconfirmed("rows-in") == 0 }) {
		r.wrong("%d messages are not acknowledged:\n%s", b.Unconfirmed("rows-in"), p.log)
	}
	p.terminate(termLimit)
	d.once("items", total, p)
	r.figures = fmt.Sprintf("%d messages in %.0f s, one row each", total, time.Since(began).Seconds())
}

// rowStore is the folder in which the program keeps its rows, and what it is told.
type rowStore struct {
	r    *run
	dir  string
	file string
	env  []string
}

func newRowStore(r *run) *rowStore {
	dir := r.t.TempDir()
	return &rowStore{r: r, dir: dir, file: filepath.Join(dir, "rows.db"),
		env: []string{"STATE_DIRECTORY=" + dir, "TOKEN=" + postToken, "FLOW_LISTEN=127.0.0.1:0"}}
}

func (d *rowStore) start(b *witness.Broker) *process { return d.startArgs(b) }

func (d *rowStore) startArgs(b *witness.Broker, args ...string) *process {
	return startArgs(d.r.t, d.r.program, args, append(d.env, "FLOW_SOURCE="+b.URL())...)
}

// letLive waits for a random moment in the life of a process.
func (d *rowStore) letLive(p *process, most time.Duration) {
	select {
	case <-p.over:
		d.r.wrong("the program ended by itself:\n%s", p.log)
	case <-time.After(d.r.within(most)):
	}
	if s := p.trouble(); s != "" {
		d.r.wrong("%s", s)
	}
}

// ids are the rows of a table, with how often each is there.
func (d *rowStore) ids(table string, p *process) *ledger {
	d.r.t.Helper()
	l := newLedger()
	c, err := lite.Open(d.file)
	if err != nil {
		d.r.t.Fatal(err)
	}
	defer c.Close()
	c.Busy(10 * time.Second)
	s, err := c.Prepare("SELECT id FROM " + table)
	var e *lite.Error
	if errors.As(err, &e) && !e.Damaged() && !e.Busy() {
		return l // killed before it made its tables
	}
	if err != nil {
		d.r.wrong("%v:\n%s", err, p.log)
		return l
	}
	defer s.Close()
	for {
		row, err := s.Step()
		if err != nil {
			d.r.wrong("%v:\n%s", err, p.log)
			return l
		}
		if !row {
			return l
		}
		l.mark(int(s.Int(0)))
	}
}

// once holds that each of total messages is there, and once.
func (d *rowStore) once(table string, total int, p *process) {
	l := d.ids(table, p)
	if lost := l.missing(total); len(lost) > 0 {
		d.r.wrong("%d of %d rows are lost: %s", len(lost), total, some(lost))
	}
	if again, _ := l.doubled(); again > 0 {
		d.r.wrong("%d rows are there twice", again)
	}
}
