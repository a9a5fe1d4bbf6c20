// Package wirejson reads and writes the JSON of messages for generated
// decoders and encoders. It is strict (RFC 8259, valid UTF-8, no field twice,
// no silent rounding of whole numbers), bounded, and does not allocate for
// numbers, switches and known names.
package wirejson

import "unicode/utf8"

// Bounds on what a message may be. Whoever exceeds one gets an error.
const (
	// MaxBytes is the longest message, in bytes.
	MaxBytes = 1 << 20
	// MaxDepth is how deep objects and lists may be nested.
	MaxDepth = 64
	// MaxFields is how many fields one record may declare.
	MaxFields = 128
)

// A Scanner reads one message from front to back, as its decoder asks for it:
//
//	s.Reset(payload)
//	o := s.Object()
//	for s.Next(&o) {
//		switch string(s.Key()) {
//		case "moisture":
//			s.Once(&o, 0)
//			m.Moisture = unit.Percent(s.Float())
//		default:
//			s.Ignore(&o)
//		}
//	}
//	s.Need(&o, 0, "moisture")
//	return s.End()
//
// The first error stays: after it every method gives a zero value, every loop
// ends, and End tells what was wrong. The zero Scanner is ready for Reset; one
// that is used again keeps its memory.
type Scanner struct {
	data  []byte
	pos   int
	start int // where the value read last begins
	depth int
	err   *Error

	key     []byte
	keySpan span
	scratch []byte // texts that had escapes
	raw     bool   // names are not looked at

	seen keys
}

// Reset begins a new message. The scanner reads from data until the next
// Reset, and what Key, Bytes and Raw give points into it.
func (s *Scanner) Reset(data []byte) {
	s.data, s.pos, s.start, s.depth, s.err = data, 0, 0, 0, nil
	s.key, s.seen.n, s.raw = nil, 0, false
	if len(data) > MaxBytes {
		s.data = nil
		s.err = &Error{Problem: "the message is longer than 1 MB"}
	}
}

// Err is the first error so far, or nil.
func (s *Scanner) Err() error {
	if s.err == nil {
		return nil
	}
	return s.err
}

// End is called after the last value: nothing but white space may follow. It
// gives the first error of the whole message, which is an *Error, or nil.
func (s *Scanner) End() error {
	if s.peek(); s.pos < len(s.data) && s.err == nil {
		s.fail(s.pos, "the end")
	}
	return s.Err()
}

// peek gives the next byte that is not white space, without consuming it, and
// 0 at the end.
func (s *Scanner) peek() byte {
	if s.pos < len(s.data) && s.data[s.pos] > ' ' {
		return s.data[s.pos]
	}
	return s.skipSpace()
}

func (s *Scanner) skipSpace() byte {
	for ; s.pos < len(s.data); s.pos++ {
		switch c := s.data[s.pos]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

// An Object is the reading of one object: a local variable of its decoder.
type Object struct {
	declared [MaxFields / 64]uint64 // which declared fields were there
	ignored  int                    // where the names of other fields begin in Scanner.seen
	open     bool                   // a field was read
	at       uint                   // the declared field at hand, plus one
}

// Object begins an object.
func (s *Scanner) Object() Object {
	if s.peek() != '{' {
		s.mismatch("an object")
		return Object{}
	}
	s.enter()
	return Object{ignored: s.seen.n}
}

// enter goes into the object or list that begins here.
func (s *Scanner) enter() {
	s.start = s.pos
	s.pos++
	s.depth++
	if s.depth > MaxDepth {
		s.failProblem(s.start, "nested deeper than 64 levels")
	}
}

// Next goes on to the next field of o, whose name is then Key; it reports
// false at the end of the object. The value of a field must be read, by Ignore
// if nobody wants it, before the next.
func (s *Scanner) Next(o *Object) bool {
	c := s.peek()
	if c == '}' {
		s.leaveObject(o)
		return false
	}
	if o.open {
		if c != ',' {
			s.fail(s.pos, "a comma or the end of the object")
			return false
		}
		s.pos++
		c = s.peek()
	}
	o.open = true
	if c != '"' {
		s.fail(s.pos, "the name of a field")
		return false
	}
	return s.readKey()
}

func (s *Scanner) leaveObject(o *Object) {
	if s.seen.n > o.ignored {
		s.forget(o)
	}
	s.pos++
	s.depth--
}

// readKey reads the name of a field and the colon behind it.
func (s *Scanner) readKey() bool {
	data, from := s.data, s.pos+1
	to := from
	for to < len(data) && isPlain(data[to]) && data[to] < utf8.RuneSelf {
		to++
	}
	if to+1 < len(data) && data[to] == '"' && data[to+1] == ':' {
		s.key = data[from:to]
		s.keySpan = span{from: int32(from), to: int32(to)}
		s.pos = to + 2
		return true
	}
	return s.readOddKey()
}

// readOddKey reads a name with escapes or beyond ASCII in it, or with white
// space before the colon.
func (s *Scanner) readOddKey() bool {
	from := s.pos + 1
	key := s.quoted()
	to := s.pos - 1
	if s.peek() != ':' {
		s.fail(s.pos, "a colon after the name of a field")
		return false
	}
	s.pos++
	s.key = key
	s.keySpan = span{from: int32(from), to: int32(to)}
	return true
}

// Key is the name of the field at hand. It is valid until its value is read.
func (s *Scanner) Key() []byte { return s.key }

// Once notes that the declared field with that number, from 0 to MaxFields-1,
// is at hand. The same field twice is an error.
func (s *Scanner) Once(o *Object, field uint) {
	o.at = field + 1
	word, bit := &o.declared[field/64], uint64(1)<<(field%64)
	if *word&bit != 0 {
		s.repeated()
	}
	*word |= bit
}

// Has reports whether the declared field with that number was there.
func (o *Object) Has(field uint) bool {
	return o.declared[field/64]&(1<<(field%64)) != 0
}

// Need makes it an error if the declared field with that number was not in the
// object whose end was just read.
func (s *Scanner) Need(o *Object, field uint, name string) {
	if !o.Has(field) && s.err == nil {
		o.at = field + 1
		s.missing(name)
	}
}

// Ignore reads over the field at hand, which the record does not declare. The
// same name twice is an error here too.
func (s *Scanner) Ignore(o *Object) {
	o.at = 0
	s.note(o)
	s.Skip()
}

// Unexpected makes the field at hand an error, for records that allow no
// others than they declare.
func (s *Scanner) Unexpected(o *Object) {
	o.at = 0
	s.failField(int(s.keySpan.from)-1, string(s.key), "no such field is expected")
}

// Again makes it an error that the name at hand was there before, for maps.
func (s *Scanner) Again() { s.repeated() }

// A List is the reading of one list: a local variable of its decoder.
type List struct {
	open bool // an element was read
}

// List begins a list.
func (s *Scanner) List() List {
	if s.peek() != '[' {
		s.mismatch("a list")
		return List{}
	}
	s.enter()
	return List{}
}

// More goes on to the next element; it reports false at the end of the list.
func (s *Scanner) More(l *List) bool {
	c := s.peek()
	if c == ']' {
		s.pos++
		s.depth--
		return false
	}
	if l.open {
		if c != ',' {
			s.fail(s.pos, "a comma or the end of the list")
			return false
		}
		s.pos++
		if s.peek() == ']' {
			s.fail(s.pos, "an element after the comma")
			return false
		}
	}
	l.open = true
	return s.err == nil
}

// Skip reads over one value of any kind.
func (s *Scanner) Skip() {
	switch s.peek() {
	case '"':
		s.quoted()
	case '{':
		for o := s.Object(); s.Next(&o); {
			s.Ignore(&o)
		}
	case '[':
		for l := s.List(); s.More(&l); {
			s.Skip()
		}
	case 't':
		s.word("true")
	case 'f':
		s.word("false")
	case 'n':
		s.word("null")
	default:
		s.start = s.pos
		if _, ok := s.number(); !ok {
			s.mismatch("a value")
		}
	}
}

// Raw reads over one value of any kind and gives its text, without white space
// around it. It points into the message. The text is JSON by RFC 8259; whether a
// name is there twice is for whoever decodes it to see.
func (s *Scanner) Raw() []byte {
	s.peek()
	from := s.pos
	s.raw = true
	s.Skip()
	s.raw = false
	if s.err != nil {
		return nil
	}
	return s.data[from:s.pos:s.pos]
}

// Null reads null and reports true if that is what comes next. Otherwise it
// reads nothing.
func (s *Scanner) Null() bool {
	return s.peek() == 'n' && s.word("null")
}

// Bool reads true or false.
func (s *Scanner) Bool() bool {
	switch s.peek() {
	case 't':
		return s.word("true")
	case 'f':
		s.word("false")
		return false
	}
	s.mismatch("true or false")
	return false
}

// word reads one of JSON's three words.
func (s *Scanner) word(w string) bool {
	s.start = s.pos
	if len(s.data)-s.pos < len(w) || string(s.data[s.pos:s.pos+len(w)]) != w {
		s.mismatch("a value")
		return false
	}
	s.pos += len(w)
	return true
}
