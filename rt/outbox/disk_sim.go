//go:build sim

package outbox

import (
	"sync"
	"time"

	"flowc/rt/flow"
	"flowc/rt/sim/outside"
)

// simDisk is the store of a simulated program: it outlives a restart, and leaves no file.
type simDisk struct {
	rows  map[string][]row
	last  map[string]uint64
	dead  []Letter
	grown time.Duration
}

var disks struct {
	mu sync.Mutex
	by map[string]*simDisk
}

// simulated is the store of a program, the same until the simulation is over; nil for a
// simulation that keeps files.
func simulated(file string) disk {
	if outside.StateFolder() != "" {
		return nil
	}
	disks.mu.Lock()
	defer disks.mu.Unlock()
	if d := disks.by[file]; d != nil {
		return d
	}
	if disks.by == nil {
		disks.by = map[string]*simDisk{}
	}
	d := &simDisk{rows: map[string][]row{}, last: map[string]uint64{}}
	disks.by[file] = d
	outside.AtEnd(func() {
		disks.mu.Lock()
		defer disks.mu.Unlock()
		delete(disks.by, file)
	})
	return d
}

func (d *simDisk) begin(name, was string) (out found, err error) {
	if was != "" && len(d.rows[was]) > 0 {
		d.rows[name] = append(d.rows[name], d.rows[was]...)
		d.last[name] = max(d.last[name], d.last[was])
		delete(d.rows, was)
	}
	out.rows, out.last = len(d.rows[name]), d.last[name]
	for _, r := range d.rows[name] {
		out.bytes += int64(len(r.data) + rowOverhead)
	}
	return out, nil
}

func (d *simDisk) apply(changes []*change, age time.Duration) error {
	d.grown = age
	for _, c := range changes {
		d.change(c)
	}
	return nil
}

func (d *simDisk) change(c *change) {
	name := c.shelf.Name
	switch c.op {
	case opPut:
		r, _ := decodeRow(c.value)
		d.last[name] = max(d.last[name], r.seq)
		at := d.after(name, r.seq)
		d.rows[name] = append(d.rows[name], row{})
		copy(d.rows[name][at+1:], d.rows[name][at:])
		d.rows[name][at] = r
	case opRemove, opBury:
		data := c.item.data
		if c.stored {
			at := d.after(name, c.seq-1)
			data = d.rows[name][at].data
			d.cut(name, at, 1)
		}
		if c.op == opBury {
			d.dead = append(d.dead, Letter{Number: uint64(len(d.dead) + 1), Thing: name, Why: c.why, Time: c.shelf.Box.clock.Now(), Data: data})
		}
	case opTrim:
		at := d.after(name, c.seq)
		c.gone, c.bytes = 0, 0
		for _, r := range d.rows[name][at:] {
			if c.gone == c.most || c.older != 0 && r.born >= c.older {
				break
			}
			c.gone++
			c.bytes += int64(len(r.data) + rowOverhead)
		}
		d.cut(name, at, c.gone)
	}
}

// cut removes n rows from a place on; they are mostly the first.
func (d *simDisk) cut(name string, at, n int) {
	list := d.rows[name]
	if at == 0 {
		d.rows[name] = list[n:]
		return
	}
	d.rows[name] = append(list[:at:at], list[at+n:]...)
}

// after is the place of the first row behind a number.
func (d *simDisk) after(name string, seq uint64) int {
	list := d.rows[name]
	at := len(list)
	for at > 0 && list[at-1].seq > seq {
		at--
	}
	return at
}

func (d *simDisk) read(c *change) error {
	for _, r := range d.rows[c.shelf.Name][d.after(c.shelf.Name, c.seq):] {
		if len(c.rows) == c.most {
			break
		}
		c.rows = append(c.rows, r)
	}
	return nil
}

func (d *simDisk) room() int64 { return 1 << 62 }

func (d *simDisk) letters(name string) (n uint64) {
	for _, l := range d.dead {
		if l.Thing == name {
			n++
		}
	}
	return n
}

func (d *simDisk) list([]uint64) ([]Letter, error) { return d.dead, nil }

func (d *simDisk) names() (map[string]int, error) {
	list := map[string]int{}
	for name, rows := range d.rows {
		if len(rows) > 0 {
			list[name] = len(rows)
		}
	}
	return list, nil
}

func (d *simDisk) age() time.Duration { return d.grown }

func (d *simDisk) close() {}

var _ flow.Buffer = (*Shelf)(nil)
