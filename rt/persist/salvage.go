package persist

import (
	"bytes"
	"math"
	"os"
	"slices"
	"strconv"
	"time"

	"flowc/rt/boltfile"
	"flowc/rt/flow"
)

// salvaged is what is left of a damaged file: entries of one moment.
type salvaged struct {
	stored Stored
	seal   seal
	// gone are the sums of the names of entries that are not left, and unknown the lists of
	// names that are not.
	gone    map[uint64]bool
	unknown map[int]bool
	// earlier says that it is not the last moment of which there is anything.
	earlier bool
}

// lost reports whether an entry was there, or may have been, and is not left.
func (s *salvaged) lost(name string) bool {
	if s == nil || len(s.seal.lists) == 0 || s.stored[name] != nil {
		return false
	}
	return s.gone[sum(name)] || s.unknown[s.seal.list(name)]
}

// mostSeals are looked at.
const mostSeals = 16

// salvage reads what is left of the last snapshot of a damaged file, or of the last one
// before it of which it is known when it was. It is empty where nothing is.
func salvage(name string) *salvaged {
	none := &salvaged{stored: Stored{}}
	f, err := os.Open(name)
	if err != nil {
		return none
	}
	defer f.Close()
	is, err := f.Stat()
	if err != nil {
		return none
	}
	each := func(see func(name, value []byte)) { boltfile.Entries(f, is.Size(), see) }
	before := uint64(math.MaxUint64)
	for n := range mostSeals {
		s, ok := newest(each, before)
		if !ok {
			break
		}
		before = s.number
		out := s.collect(each)
		if v := string(out.stored[formatName]); v != format && v != "" {
			return none
		}
		if out.stored[clockName] != nil {
			out.earlier = n > 0
			out.stored[formatName] = []byte(format)
			return out
		}
	}
	return none
}

// newest is the last seal that lies in a file, of those before another one; false for none.
func newest(each func(func(name, value []byte)), before uint64) (last seal, ok bool) {
	each(func(name, value []byte) {
		if string(name) != sealName {
			return
		}
		if s, whole := readSeal(value); whole && s.number < before && (!ok || s.number > last.number) {
			last, ok = s, true
		}
	})
	return last, ok
}

// collect finds the entries that a seal is of.
func (s seal) collect(each func(func(name, value []byte))) *salvaged {
	out := &salvaged{stored: Stored{}, seal: s, gone: map[uint64]bool{}, unknown: map[int]bool{}}
	lists := map[int]map[uint64]uint64{}
	names := map[string]int{}
	for i := range s.lists {
		names[listName+strconv.Itoa(i)] = i
		out.unknown[i] = true
	}
	each(func(name, value []byte) {
		if i, ok := names[string(name)]; ok && out.unknown[i] && sum(string(name), string(value)) == s.lists[i] {
			delete(out.unknown, i)
			lists[i] = sums(value)
			for key := range lists[i] {
				out.gone[key] = true
			}
		}
	})
	each(func(name, value []byte) {
		key := sum(string(name))
		if is := lists[s.list(string(name))][key]; out.gone[key] && is == sum(string(name), string(value)) {
			delete(out.gone, key)
			out.stored[string(name)] = bytes.Clone(value)
		}
	})
	return out
}

// text says what is left.
func (s *salvaged) text() string {
	if len(s.stored) == 0 {
		return "what the program remembered is lost"
	}
	n := strconv.Itoa(len(s.stored))
	if len(s.unknown) == 0 {
		n += " of " + strconv.Itoa(len(s.stored)+len(s.gone))
	}
	when := ""
	if s.earlier {
		d := decoder{b: s.stored[clockName]}
		_, _, wall := d.uint(), d.int(), d.int()
		when = ", as it was on " + time.Unix(0, wall).UTC().Format(time.DateTime) + " UTC"
	}
	return "of what the program remembered" + when + ", " + n + " entries can be read and are kept"
}

// whole leaves out all of a node of which something is gone: what is on until a timer rings
// would stay on without that timer.
func (r *restoring) whole(k Kept) Kept {
	if r.left == nil {
		return k
	}
	anew := map[int32]bool{}
	gone := func(sort, name, was string) bool {
		lost := r.stored.under(sort, name, was) == nil && (r.left.lost(sort+name) || was != "" && r.left.lost(sort+was))
		if lost {
			r.e.Note(flow.LevelWarning, "what was stored of \""+name+"\" is lost with a part of the file; it begins anew")
		}
		return lost
	}
	for _, i := range k.Items {
		if gone(itemName, i.Name, i.Was) {
			anew[i.Node] = true
		}
	}
	for _, t := range k.Timers {
		if gone(timerName, t.Name, t.Was) {
			anew[t.Node] = true
		}
	}
	k.Items = slices.DeleteFunc(slices.Clone(k.Items), func(i Item) bool { return anew[i.Node] })
	k.Timers = slices.DeleteFunc(slices.Clone(k.Timers), func(t Timer) bool { return anew[t.Node] })
	return k
}
