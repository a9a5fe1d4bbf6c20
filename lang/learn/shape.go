package learn

import (
	"math"
	"strconv"
	"strings"
)

// shape is what was seen at one place of the samples.
type shape struct {
	// seen counts values, null and absent ones included.
	seen, null, absent                      int
	bools, numbers, strings, objects, lists int

	number  numberRange
	text    textSeen
	fields  []*field
	byName  map[string]*field
	element *shape
}

// field is a field of an object.
type field struct {
	name  string
	shape *shape
}

// numberRange is what the numbers had in common.
type numberRange struct {
	min, max float64
	// whole says that none was written with a fraction; huge that one does not fit an int.
	whole, huge bool
}

func newShape() *shape {
	return &shape{byName: map[string]*field{}, number: numberRange{min: math.Inf(1), max: math.Inf(-1), whole: true}}
}

// add takes in one value.
func (s *shape) add(v Value) {
	s.seen++
	switch v.Sort {
	case Null:
		s.null++
	case Bool:
		s.bools++
	case Number:
		s.numbers++
		s.number.add(v.Text)
	case String:
		s.strings++
		s.text.add(v.Text)
	case Object:
		s.addObject(v)
	case List:
		s.lists++
		if s.element == nil {
			s.element = newShape()
		}
		for _, e := range v.Values {
			s.element.add(e)
		}
	}
}

func (s *shape) addObject(v Value) {
	s.objects++
	present := map[string]bool{}
	for n, name := range v.Names {
		f := s.byName[name]
		if f == nil {
			f = &field{name: name, shape: newShape()}
			f.shape.absent, f.shape.seen = s.objects-1, s.objects-1
			s.byName[name] = f
			s.fields = append(s.fields, f)
		}
		f.shape.add(v.Values[n])
		present[name] = true
	}
	for _, f := range s.fields {
		if !present[f.name] {
			f.shape.absent++
			f.shape.seen++
		}
	}
}

func (r *numberRange) add(text string) {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil { // too large for a float64
		r.huge, r.whole = true, false
		return
	}
	r.min, r.max = min(r.min, v), max(r.max, v)
	if strings.ContainsAny(text, ".eE") { // who sends 38.0 will send 38.5
		r.whole = false
	}
	if v >= 1<<63 || v < -(1<<63) {
		r.huge = true
	}
}

// counts are the numbers of values of each sort except null, by the words for them.
func (s *shape) counts() []sortCount {
	return []sortCount{
		{s.numbers, "a number", Number}, {s.strings, "a text", String}, {s.bools, "a switch", Bool},
		{s.objects, "a record", Object}, {s.lists, "a list", List},
	}
}

type sortCount struct {
	n    int
	what string
	sort Sort
}

// sorts are those that were seen.
func (s *shape) sorts() []sortCount {
	var list []sortCount
	for _, c := range s.counts() {
		if c.n > 0 {
			list = append(list, c)
		}
	}
	return list
}

// merge takes in what another place saw, as if it were this one.
func (s *shape) merge(o *shape) {
	s.seen, s.null, s.absent = s.seen+o.seen, s.null+o.null, s.absent+o.absent
	s.bools, s.numbers, s.strings, s.lists = s.bools+o.bools, s.numbers+o.numbers, s.strings+o.strings, s.lists+o.lists
	s.number.merge(o.number)
	s.text.merge(o.text)
	if o.element != nil {
		if s.element == nil {
			s.element = newShape()
		}
		s.element.merge(o.element)
	}
	for _, f := range o.fields {
		mine := s.byName[f.name]
		if mine == nil {
			mine = &field{name: f.name, shape: newShape()}
			mine.shape.absent, mine.shape.seen = s.objects, s.objects
			s.byName[f.name] = mine
			s.fields = append(s.fields, mine)
		}
		mine.shape.merge(f.shape)
	}
	for _, f := range s.fields {
		if o.byName[f.name] == nil {
			f.shape.absent += o.objects
			f.shape.seen += o.objects
		}
	}
	s.objects += o.objects
}

func (r *numberRange) merge(o numberRange) {
	r.min, r.max = min(r.min, o.min), max(r.max, o.max)
	r.whole, r.huge = r.whole && o.whole, r.huge || o.huge
}
