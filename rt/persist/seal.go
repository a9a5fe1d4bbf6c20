package persist

import (
	"encoding/binary"
	"errors"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
)

// A page of a file tells of nothing in it whether it is as it was written, and beside what
// is stored now there lies what was stored once. So each snapshot has a seal: sums of its
// entries, in lists, and one entry with the sums of the lists. With it the entries of one
// moment are found again in a damaged file, and of those that are gone it is known which.

// Entries of the seal.
const (
	sealName = "seal"
	listName = "sums/"
)

// seal is what the entry of that name says.
type seal struct {
	// number counts the snapshots.
	number uint64
	// lists are the sums of the lists of sums; an entry's name tells in which it is.
	lists []uint64
}

// Few entries have one list; many have so many that a change of one rewrites little.
const (
	fewEntries = 256
	manyLists  = 64
)

// sum is that of some texts; where they part counts.
func sum(parts ...string) uint64 {
	h := fnv.New64a()
	for _, p := range parts {
		_, _ = h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(p))))
		_, _ = h.Write([]byte(p))
	}
	return h.Sum64()
}

// sealed is a snapshot with its seal.
func (s Stored) sealed(number uint64) Stored {
	n := 1
	if len(s) >= fewEntries {
		n = manyLists
	}
	lists := make([][]byte, n)
	out := make(Stored, len(s)+n+1)
	names := make([]string, 0, len(s))
	for name := range s {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		out[name] = s[name]
		key := sum(name)
		l := &lists[key%uint64(n)]
		*l = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(*l, key), sum(name, string(s[name])))
	}
	all := binary.AppendUvarint(nil, number)
	for i, b := range lists {
		name := listName + strconv.Itoa(i)
		out[name] = b
		all = binary.BigEndian.AppendUint64(all, sum(name, string(b)))
	}
	out[sealName] = binary.BigEndian.AppendUint64(all, sum(sealName, string(all)))
	return out
}

// bare is a snapshot without its seal.
func (s Stored) bare() Stored {
	out := make(Stored, len(s))
	for name, v := range s {
		if !ofSeal(name) {
			out[name] = v
		}
	}
	return out
}

func ofSeal(name string) bool { return name == sealName || strings.HasPrefix(name, listName) }

// readSeal reads the entry of that name; false where it is not as it was written.
func readSeal(b []byte) (s seal, ok bool) {
	n := len(b) - 8
	if n < 1 || binary.BigEndian.Uint64(b[n:]) != sum(sealName, string(b[:n])) {
		return s, false
	}
	d := decoder{b: b[:n]}
	s.number = d.uint()
	for len(d.b) >= 8 {
		s.lists = append(s.lists, binary.BigEndian.Uint64(d.b))
		d.b = d.b[8:]
	}
	return s, d.err == nil && len(s.lists) > 0
}

// list is the list of an entry.
func (s seal) list(name string) int { return int(sum(name) % uint64(len(s.lists))) }

// sums are those of a list, by the sum of the entry's name.
func sums(list []byte) map[uint64]uint64 {
	m := make(map[uint64]uint64, len(list)/16)
	for ; len(list) >= 16; list = list[16:] {
		m[binary.BigEndian.Uint64(list)] = binary.BigEndian.Uint64(list[8:])
	}
	return m
}

var errChanged = errors.New("what lies in it is not as it was written")

// intact looks whether a snapshot is as it was written. One of an earlier version has no
// seal, and nothing can be said of it.
func (s Stored) intact() error {
	b, ok := s[sealName]
	if !ok {
		return nil
	}
	of, ok := readSeal(b)
	if !ok {
		return errChanged
	}
	left := 0
	lists := make([]map[uint64]uint64, len(of.lists))
	for i := range lists {
		name := listName + strconv.Itoa(i)
		if sum(name, string(s[name])) != of.lists[i] {
			return errChanged
		}
		lists[i] = sums(s[name])
		left += len(lists[i])
	}
	for name, v := range s {
		if ofSeal(name) {
			continue
		}
		if lists[of.list(name)][sum(name)] != sum(name, string(v)) {
			return errChanged
		}
		left--
	}
	if left != 0 {
		return errChanged
	}
	return nil
}
