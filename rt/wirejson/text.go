package wirejson

import (
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"flowc/rt/fn"
)

// Text reads a text.
func (s *Scanner) Text() string { return string(s.Bytes()) }

// Bytes reads a text without copying it. It is valid until the next text or
// name is read.
func (s *Scanner) Bytes() []byte {
	if s.peek() != '"' {
		s.mismatch("text")
		return nil
	}
	return s.quoted()
}

// Time reads a moment written as ISO 8601 with a time zone, such as
// 2026-06-01T12:00:00Z, and gives it in UTC.
func (s *Scanner) Time() time.Time {
	b := s.Bytes()
	if s.err != nil {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339Nano, string(b))
	if err != nil {
		s.Reject("a time like 2026-06-01T12:00:00Z")
		return time.Time{}
	}
	return t.UTC()
}

// Date reads a day of the calendar, such as 2026-12-24.
func (s *Scanner) Date() fn.Date {
	d, err := fn.ReadDate(string(s.Bytes()))
	if err != nil && s.err == nil {
		s.Reject("a date like 2026-12-24")
	}
	return d
}

// TimeOfDay reads what a clock shows, such as 07:00 or 07:00:30.
func (s *Scanner) TimeOfDay() fn.TimeOfDay {
	t, err := fn.ReadTimeOfDay(string(s.Bytes()))
	if err != nil && s.err == nil {
		s.Reject("a time of day like 07:00")
	}
	return t
}

// isPlain reports whether a byte stands for itself in a text.
func isPlain(c byte) bool { return c >= ' ' && c != '"' && c != '\\' }

// quoted reads the text that begins here and gives what is between its quotes,
// escapes resolved.
func (s *Scanner) quoted() []byte {
	s.start = s.pos
	data, i := s.data, s.pos+1
	all := byte(0)
	for i < len(data) && isPlain(data[i]) {
		all |= data[i]
		i++
	}
	if i < len(data) && data[i] == '"' {
		text := data[s.pos+1 : i]
		if all >= utf8.RuneSelf && !utf8.Valid(text) {
			s.failProblem(s.start, notUTF8)
			return nil
		}
		s.pos = i + 1
		return text
	}
	return s.escaped()
}

const (
	notUTF8     = "the text is not valid UTF-8"
	hasControl  = "the text has a control character in it"
	wrongEscape = "the text has a wrong escape in it"
	halfPair    = "the text has half of a surrogate pair in it"
)

// escaped reads the text that begins here, which is not simple.
func (s *Scanner) escaped() []byte {
	from := s.pos + 1
	i := from
	for i < len(s.data) && s.data[i] != '"' {
		switch c := s.data[i]; {
		case c < ' ':
			s.failProblem(s.start, hasControl)
			return nil
		case c == '\\':
			n, problem := escapeLength(s.data[i:])
			if problem != "" {
				s.failProblem(s.start, problem)
				return nil
			}
			i += n
		default:
			i++
		}
	}
	if i >= len(s.data) {
		s.failProblem(s.start, "the text has no end")
		return nil
	}
	if !utf8.Valid(s.data[from:i]) {
		s.failProblem(s.start, notUTF8)
		return nil
	}
	s.pos = i + 1
	s.scratch = unescape(s.scratch[:0], s.data[from:i])
	return s.scratch
}

// escapeLength measures the escape that b begins with, a surrogate pair as
// one, or tells what is wrong with it.
func escapeLength(b []byte) (n int, problem string) {
	if len(b) < 2 {
		return 0, wrongEscape
	}
	if b[1] != 'u' {
		if escapes[b[1]] == 0 {
			return 0, wrongEscape
		}
		return 2, ""
	}
	r := hex4(b)
	switch {
	case r < 0:
		return 0, wrongEscape
	case !utf16.IsSurrogate(r):
		return 6, ""
	case utf16.DecodeRune(r, hex4(b[6:])) == utf8.RuneError:
		return 0, halfPair
	}
	return 12, ""
}

// escapes are the characters after a backslash and what they stand for.
var escapes = [256]byte{
	'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t',
}

// hex4 reads \uXXXX; it gives -1 if that is not what b begins with.
func hex4(b []byte) rune {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return -1
	}
	r := rune(0)
	for _, c := range b[2:6] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return -1
		}
		r = r<<4 | rune(c)
	}
	return r
}

// unescape appends text to dst with its escapes, known to be right, resolved.
func unescape(dst, text []byte) []byte {
	for i := 0; i < len(text); {
		if text[i] != '\\' {
			dst = append(dst, text[i])
			i++
			continue
		}
		if text[i+1] != 'u' {
			dst = append(dst, escapes[text[i+1]])
			i += 2
			continue
		}
		r := hex4(text[i:])
		i += 6
		if utf16.IsSurrogate(r) {
			r = utf16.DecodeRune(r, hex4(text[i:]))
			i += 6
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}
