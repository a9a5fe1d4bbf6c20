package wirejson

import (
	"bytes"
	"sort"
)

// A span is where the name of a field stands in the message, without quotes.
type span struct{ from, to int32 }

// fewKeys is how many names are compared one by one; an object with more of
// them is sorted at its end, so that a hostile one costs n log n and not n².
const fewKeys = 16

// keys are the names of the fields nobody declared, for all objects that are
// open, the innermost last. The first few need no allocation.
type keys struct {
	few  [fewKeys]span
	many []span
	n    int
}

func (k *keys) at(i int) span {
	if i < fewKeys {
		return k.few[i]
	}
	return k.many[i-fewKeys]
}

func (k *keys) push(s span) {
	if k.n < fewKeys {
		k.few[k.n] = s
	} else {
		k.many = append(k.many[:k.n-fewKeys], s)
	}
	k.n++
}

// note remembers the name of the field at hand and fails if o had it before.
func (s *Scanner) note(o *Object) {
	if s.err != nil || s.raw {
		return
	}
	if s.seen.n-o.ignored < fewKeys {
		for i := o.ignored; i < s.seen.n; i++ {
			if s.sameName(s.seen.at(i)) {
				s.repeated()
				return
			}
		}
	}
	s.seen.push(s.keySpan)
}

// sameName reports whether an earlier name is that of the field at hand. Key
// has its escapes resolved already.
func (s *Scanner) sameName(earlier span) bool {
	raw := s.data[earlier.from:earlier.to]
	if len(raw) < len(s.key) {
		return false // an escape is longer than what it stands for
	}
	if len(raw) == len(s.key) {
		return string(raw) == string(s.key)
	}
	return bytes.IndexByte(raw, '\\') >= 0 && string(unescape(nil, raw)) == string(s.key)
}

// forget drops the names of o at its end. Where they were too many to compare
// one by one it looks for a pair now.
func (s *Scanner) forget(o *Object) {
	if s.seen.n-o.ignored > fewKeys {
		s.findPair(o)
	}
	s.seen.n = o.ignored
}

func (s *Scanner) findPair(o *Object) {
	names := make(nameList, 0, s.seen.n-o.ignored)
	for i := o.ignored; i < s.seen.n; i++ {
		at := s.seen.at(i)
		text := s.data[at.from:at.to]
		if bytes.IndexByte(text, '\\') >= 0 {
			text = unescape(nil, text)
		}
		names = append(names, name{text, at})
	}
	sort.Sort(names)
	for i := 1; i < len(names); i++ {
		if bytes.Equal(names[i-1].text, names[i].text) {
			s.twice(names[i].at)
			return
		}
	}
}

// name is a field's name without escapes, and where it stands.
type name struct {
	text []byte
	at   span
}

// nameList sorts names, and the same name by place. Package sort is linked
// anyway; an instance of slices.SortFunc would be 10 KB more.
type nameList []name

func (l nameList) Len() int      { return len(l) }
func (l nameList) Swap(i, j int) { l[i], l[j] = l[j], l[i] }
func (l nameList) Less(i, j int) bool {
	if c := bytes.Compare(l[i].text, l[j].text); c != 0 {
		return c < 0
	}
	return l[i].at.from < l[j].at.from
}
