package plan

import (
	"encoding/binary"
	"time"
)

// The years that a program's zones cover. Later the last change of clocks holds on.
const firstYear, lastYear = 1970, 2100

// zoneData writes the rules of a zone in the form TZif (RFC 9636), which package
// time reads: about 2 kB, where the whole database has 450.
func zoneData(loc *time.Location) string {
	var z tzif
	at := time.Date(firstYear, 1, 1, 0, 0, 0, 0, time.UTC).In(loc)
	z.add(-1<<63, at)
	for {
		_, next := at.ZoneBounds()
		if next.IsZero() || next.Year() > lastYear {
			return z.encode()
		}
		if !next.After(at) {
			next = at.Add(24 * time.Hour) // of the last day of a leap year Go finds no end
		}
		at = next.In(loc)
		z.add(at.Unix(), at)
	}
}

// tzif gathers a zone: from when on which sort of time holds.
type tzif struct {
	from  []int64
	which []byte
	sorts []clockSort
}

type clockSort struct {
	offset int
	summer bool
	name   string
}

func (z *tzif) add(from int64, at time.Time) {
	name, offset := at.Zone()
	s := clockSort{offset, at.IsDST(), name}
	n := 0
	for n < len(z.sorts) && z.sorts[n] != s {
		n++
	}
	if n == len(z.sorts) {
		z.sorts = append(z.sorts, s)
	}
	if last := len(z.which) - 1; last >= 0 && z.which[last] == byte(n) {
		return // no change at all
	}
	z.from = append(z.from, from)
	z.which = append(z.which, byte(n))
}

// encode writes an empty part for readers of version 1, and the zone for those of
// version 2.
func (z *tzif) encode() string {
	var names []byte
	index := map[string]byte{}
	for _, s := range z.sorts {
		if _, ok := index[s.name]; !ok {
			index[s.name] = byte(len(names))
			names = append(append(names, s.name...), 0)
		}
	}
	b := header(0, 0, 0)
	b = append(b, header(len(z.from), len(z.sorts), len(names))...)
	for _, t := range z.from {
		b = binary.BigEndian.AppendUint64(b, uint64(t))
	}
	b = append(b, z.which...)
	for _, s := range z.sorts {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(s.offset)))
		summer := byte(0)
		if s.summer {
			summer = 1
		}
		b = append(b, summer, index[s.name])
	}
	b = append(b, names...)
	return string(append(b, "\n\n"...))
}

func header(changes, sorts, letters int) []byte {
	b := append([]byte("TZif2"), make([]byte, 15)...)
	for _, n := range []int{0, 0, 0, changes, sorts, letters} {
		b = binary.BigEndian.AppendUint32(b, uint32(n))
	}
	return b
}
