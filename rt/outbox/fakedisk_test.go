package outbox

import (
	"maps"
	"slices"
	"time"
)

// fakeDisk loses what was not synced: changes go to the system first, and from there to
// the plate.
type fakeDisk struct {
	// system is what a running program sees, plate what is left after a power cut.
	system, plate map[uint64]row
	last          [2]uint64
	grown         time.Duration
	dead          int
	puts, applied int
	// cut is after which step of the next write the power goes: before anything (1), before
	// it is synced (2), after that and before anybody hears of it (3).
	cut int
	// times is when each row was written, by the wall clock.
	times map[uint64]time.Time
	wall  func() time.Time

	// What is planted: unsynced never syncs by itself, early tells of the end before it
	// begins, byTime reads in the order of the wall clock.
	unsynced, early, byTime bool
	owed                    []*change
	// fails are the errors of the next writes.
	fails []error
	// readFails are those of the next reads, bad the rows that cannot be read.
	readFails []error
	bad       map[uint64]bool
	// full says that the file has no room of its own.
	full bool
}

func newFakeDisk() *fakeDisk {
	return &fakeDisk{system: map[uint64]row{}, plate: map[uint64]row{}, times: map[uint64]time.Time{}}
}

// lose is a power cut.
func (d *fakeDisk) lose() {
	d.system, d.owed, d.cut = maps.Clone(d.plate), nil, 0
	d.last[0] = d.last[1]
}

func (d *fakeDisk) begin(string, string) (found, error) {
	return found{rows: len(d.system), bytes: d.size(), last: d.last[0]}, nil
}

func (d *fakeDisk) size() (n int64) {
	for _, r := range d.system {
		n += int64(len(r.data) + rowOverhead)
	}
	return n
}

func (d *fakeDisk) apply(changes []*change, age time.Duration) error {
	cut := d.cut
	if cut == 1 {
		panic(crash{})
	}
	d.applied++
	if len(d.fails) > 0 {
		err := d.fails[0]
		if d.fails = d.fails[1:]; err != nil {
			return err
		}
	}
	if d.early {
		changes, d.owed = d.owed, slices.Clone(changes)
	}
	for _, c := range changes {
		d.change(c)
	}
	if cut == 2 {
		panic(crash{})
	}
	if !d.unsynced {
		d.sync()
	}
	d.grown = age
	if cut == 3 {
		panic(crash{})
	}
	return nil
}

func (d *fakeDisk) sync() {
	d.plate = maps.Clone(d.system)
	d.last[1] = d.last[0]
}

func (d *fakeDisk) change(c *change) {
	switch c.op {
	case opPut:
		r, err := decodeRow(c.value)
		if err != nil {
			panic(err)
		}
		d.puts++
		d.system[r.seq] = r
		d.last[0] = max(d.last[0], r.seq)
		d.times[r.seq] = d.wall()
	case opRemove:
		delete(d.system, c.seq)
	case opDiscard:
		for _, n := range c.numbers {
			delete(d.system, n)
		}
	case opBury:
		delete(d.system, c.seq)
		d.dead++
	case opTrim:
		c.gone, c.bytes = 0, 0
		for _, seq := range d.behind(c.seq) {
			if c.gone == c.most || c.older != 0 && d.system[seq].born >= c.older {
				break
			}
			c.gone++
			c.bytes += int64(len(d.system[seq].data) + rowOverhead)
			delete(d.system, seq)
		}
	}
}

// behind are the numbers of the rows behind one, in order.
func (d *fakeDisk) behind(seq uint64) []uint64 {
	var list []uint64
	for n := range d.system {
		if n > seq {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	if d.byTime {
		slices.SortStableFunc(list, func(a, b uint64) int { return d.times[a].Compare(d.times[b]) })
	}
	return list
}

func (d *fakeDisk) read(c *change) error {
	if len(d.readFails) > 0 {
		err := d.readFails[0]
		if d.readFails = d.readFails[1:]; err != nil {
			return err
		}
	}
	size := 0
	for _, seq := range d.behind(c.seq) {
		if len(c.rows)+c.gone == c.most || size >= readBytes {
			break
		}
		c.last = seq
		if d.bad[seq] {
			c.gone++
			c.numbers = append(c.numbers, seq)
			c.bytes += int64(len(d.system[seq].data) + rowOverhead)
			continue
		}
		c.rows = append(c.rows, d.system[seq])
		size += len(d.system[seq].data)
	}
	return nil
}

func (d *fakeDisk) room() int64 {
	if d.full {
		return 0
	}
	return 1 << 62
}

func (d *fakeDisk) letters(string) uint64           { return uint64(d.dead) }
func (d *fakeDisk) list([]uint64) ([]Letter, error) { return nil, nil }
func (d *fakeDisk) names() (map[string]int, error)  { return nil, nil }
func (d *fakeDisk) age() time.Duration              { return d.grown }
func (d *fakeDisk) close()                          {}
