package wirejson

import (
	"strconv"
	"unicode/utf8"
)

// An Error is what is wrong with a message.
type Error struct {
	// Path leads to the field: current.temperature, items[3].name. It is empty
	// for the message as a whole.
	Path string
	// Want and Found say what should have been there and what was, shortened;
	// empty where Problem says it.
	Want, Found string
	// Problem says what is wrong where it is not one thing in the place of
	// another: "missing".
	Problem string
	// Declared is where the flow declares the field, file:line; empty if nothing
	// says so.
	Declared string
	// Offset is where in the message, in bytes from its beginning.
	Offset int
}

// Error tells it in one line: moisture: expected a number, found "wet".
func (e *Error) Error() string {
	text := e.Problem
	if text == "" {
		text = "expected " + e.Want + ", found " + e.Found
	}
	if e.Path != "" {
		text = e.Path + ": " + text
	}
	if e.Declared != "" {
		text += " (declared at " + e.Declared + ")"
	}
	return text
}

// Failed reports whether there was an error.
func (s *Scanner) Failed() bool { return s.err != nil }

// Declared notes in an error where the flow declares what it is about: o's record
// in the first of lines, its fields in the others; one line stands for all, and then
// o may be nil. What an inner record noted stays.
func (s *Scanner) Declared(o *Object, file string, lines ...int) {
	if s.err == nil || s.err.Declared != "" {
		return
	}
	line := lines[0]
	if len(lines) > 1 {
		line = lines[o.at]
	}
	s.err.Declared = file + ":" + strconv.Itoa(line)
}

// Reject makes the value read last an error: it is of the right kind, but not
// what the decoder wants.
func (s *Scanner) Reject(want string) { s.fail(s.start, want) }

// mismatch is the error that something else stands where want should begin.
//
//go:noinline
func (s *Scanner) mismatch(want string) { s.fail(s.pos, want) }

func (s *Scanner) fail(at int, want string) {
	if s.err == nil {
		s.err = &Error{Path: path(s.data, at), Want: want, Found: found(s.data, at), Offset: at}
	}
	s.stop()
}

func (s *Scanner) failProblem(at int, problem string) {
	if s.err == nil {
		s.err = &Error{Path: path(s.data, at), Problem: problem, Offset: at}
	}
	s.stop()
}

// failField is a problem of a field of the object that is open at offset at.
func (s *Scanner) failField(at int, name, problem string) {
	if s.err == nil {
		s.err = &Error{Path: joinField(objectPath(s.data, at), harmless(name, longestName)), Problem: problem, Offset: at}
	}
	s.stop()
}

// stop goes to the end of the message, where every method fails and every loop
// ends; this way nothing but fail needs to ask whether there was an error.
func (s *Scanner) stop() { s.pos = len(s.data) }

//go:noinline
func (s *Scanner) missing(name string) {
	s.failField(s.pos-1, name, "missing") // at the brace that was read last
}

// repeated is the error that the field at hand was there before.
//
//go:noinline
func (s *Scanner) repeated() { s.twice(s.keySpan) }

func (s *Scanner) twice(name span) {
	s.failField(int(name.from)-1, string(s.data[name.from:name.to]), "is there twice")
}

const (
	longestName  = 40
	longestFound = 24
)

// A level is an object or a list on the way to a value.
type level struct {
	list  bool
	index int  // of the element at hand, in a list
	named bool // the name of a field has been read, and its colon
	name  span
}

// path finds the way to the value at an offset by reading the message once
// more, so that nothing needs to be noted while all is well. What stands before
// the offset is known to be right.
func path(data []byte, at int) string { return writePath(data, levels(data, at)) }

// objectPath is the way to the object that is open at an offset.
func objectPath(data []byte, at int) string {
	way := levels(data, at)
	if n := len(way); n > 0 {
		way[n-1].named = false
	}
	return writePath(data, way)
}

func levels(data []byte, at int) []level {
	way := make([]level, 1, 8) // the first stands for the message itself
	for i := 0; i < at; i++ {
		top := &way[len(way)-1]
		switch data[i] {
		case '{', '[':
			way = append(way, level{list: data[i] == '['})
		case '}', ']':
			way = way[:max(len(way)-1, 1)]
		case ',':
			top.named = false
			top.index++
		case ':':
			top.named = true
		case '"':
			end := closingQuote(data, i)
			if !top.named {
				top.name = span{int32(i + 1), int32(end)}
			}
			i = end
		}
	}
	return way[1:]
}

func writePath(data []byte, way []level) string {
	p := ""
	for _, l := range way {
		switch {
		case l.list:
			p += "[" + strconv.Itoa(l.index) + "]"
		case l.named:
			p = joinField(p, harmless(string(data[l.name.from:l.name.to]), longestName))
		}
	}
	return p
}

// closingQuote finds the end of the text that begins at data[i].
func closingQuote(data []byte, i int) int {
	for i++; i < len(data) && data[i] != '"'; i++ {
		if data[i] == '\\' {
			i++
		}
	}
	return i
}

func joinField(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// found describes what begins at an offset, for people.
func found(data []byte, at int) string {
	if at >= len(data) {
		return "the end of the message"
	}
	switch c := data[at]; {
	case c == '{':
		return "an object"
	case c == '[':
		return "a list"
	case c == '"':
		end := closingQuote(data, at)
		return `"` + harmless(string(data[at+1:min(end, len(data))]), longestFound) + `"`
	case isWordByte(c):
		end := at
		for end < len(data) && isWordByte(data[end]) {
			end++
		}
		return harmless(string(data[at:end]), longestFound)
	}
	_, n := utf8.DecodeRune(data[at:])
	return harmless(string(data[at:at+n]), longestFound)
}

func isWordByte(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '-' || c == '+' || c == '.' || c == '_'
}

// Harmless shortens a name from outside for an error, and takes out what could move
// the cursor of a terminal.
func Harmless(name string) string { return harmless(name, longestName) }

// harmless shortens text from outside for a message, and takes out what could
// move the cursor of a terminal or is not UTF-8.
func harmless(text string, longest int) string {
	var b []byte
	n := 0
	for _, r := range text {
		if n == longest {
			return string(append(b, "…"...))
		}
		if r < ' ' || r >= 0x7F && r < 0xA0 {
			r = utf8.RuneError
		}
		b = utf8.AppendRune(b, r)
		n++
	}
	return string(b)
}
