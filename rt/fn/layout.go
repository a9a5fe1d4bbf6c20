package fn

import (
	"strconv"
	"strings"
	"time"
)

// A Layout says how a moment is written, as "yyyy-MM-dd HH:mm" does. A flow writes
// it as a constant text, which the compiler reads.
type Layout struct{ parts []layoutPart }

// A DateLayout is a Layout that a moment can be read by: it has a year, a month
// and a day.
type DateLayout struct{ Layout }

// A layoutPart is one letter, repeated, or text between letters (letter 0).
type layoutPart struct {
	letter byte
	count  int
	text   string
}

// ParseLayout reads a layout. Letters stand for parts of a moment, in the way of
// Unicode's CLDR: yyyy year, MM month, dd day, HH hour, hh hour up to 12, mm
// minute, ss second, SSS milliseconds, a AM or PM, EEE and EEEE weekday, MMM and
// MMMM month in words, XXX distance from UTC. Other text is as it is; letters that
// stand for themselves are put between single quotes.
func ParseLayout(text string) (Layout, error) {
	if len(text) > 100 {
		return Layout{}, Failure("a layout has at most 100 characters")
	}
	var l Layout
	for text != "" {
		p, rest, err := nextPart(text)
		if err != nil {
			return Layout{}, err
		}
		l.add(p)
		text = rest
	}
	return l, nil
}

// nextPart takes one part off the beginning of a layout.
func nextPart(text string) (p layoutPart, rest string, err error) {
	c := text[0]
	if c == '\'' {
		quoted, rest, ok := unquote(text[1:])
		if !ok {
			return p, "", Failure("a ' in the layout has no other '")
		}
		return layoutPart{text: quoted}, rest, nil
	}
	if !isLetter(c) {
		return layoutPart{text: text[:1]}, text[1:], nil
	}
	rest = strings.TrimLeft(text, text[:1])
	p = layoutPart{letter: c, count: len(text) - len(rest)}
	if !p.known() {
		err = unknownLetters(text[:p.count])
	}
	return p, rest, err
}

// ParseDateLayout reads a layout for reading moments.
func ParseDateLayout(text string) (DateLayout, error) {
	l, err := ParseLayout(text)
	if err != nil {
		return DateLayout{}, err
	}
	for _, need := range []struct{ letter, name string }{{"y", "year (yyyy)"}, {"M", "month (MM)"}, {"d", "day (dd)"}} {
		if !l.has(need.letter[0]) {
			return DateLayout{}, Failure("to read a moment the layout needs a " + need.name)
		}
	}
	return DateLayout{l}, l.ambiguous()
}

// ambiguous is an error where a moment that is read could be two.
func (l Layout) ambiguous() error {
	seen := map[byte]bool{}
	for _, p := range l.parts {
		if p.letter != 0 && seen[p.letter] {
			return Failure("to read a moment the layout must not have " + string(p.letter) + " twice")
		}
		seen[p.letter] = true
	}
	switch {
	case seen['h'] && seen['H']:
		return Failure("the layout has the hour twice, as hh and as HH")
	case seen['h'] != seen['a']:
		return Failure("hh, up to 12, and a, for AM or PM, go together; HH goes up to 23")
	}
	return nil
}

// unquote takes text up to a closing quote; two quotes are one.
func unquote(s string) (text, rest string, ok bool) {
	if rest, ok = strings.CutPrefix(s, "'"); ok {
		return "'", rest, true
	}
	for {
		before, after, closed := strings.Cut(s, "'")
		text += before
		if !closed {
			return "", "", false
		}
		if s, ok = strings.CutPrefix(after, "'"); !ok {
			return text, after, true
		}
		text += "'"
	}
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// add puts a part at the end, text together with text that is there.
func (l *Layout) add(p layoutPart) {
	if n := len(l.parts); p.letter == 0 && n > 0 && l.parts[n-1].letter == 0 {
		l.parts[n-1].text += p.text
		return
	}
	l.parts = append(l.parts, p)
}

func (l Layout) has(letter byte) bool {
	for _, p := range l.parts {
		if p.letter == letter {
			return true
		}
	}
	return false
}

func (p layoutPart) known() bool {
	switch p.letter {
	case 'y':
		return p.count == 4 || p.count == 2
	case 'M':
		return p.count <= 4
	case 'd', 'H', 'h', 'm', 's':
		return p.count <= 2
	case 'S', 'X':
		return p.count == 3
	case 'E':
		return p.count == 3 || p.count == 4
	case 'a':
		return p.count == 1
	}
	return false
}

func unknownLetters(letters string) error {
	instead := map[byte]string{
		'Y': "yyyy is the year", 'D': "dd is the day of the month", 'y': "yyyy is the year", 'M': "MM is the month",
		'S': "SSS is milliseconds, ss seconds", 'T': "put it between single quotes: 'T'", 'Z': "XXX is the distance from UTC",
		'n': "mm is the minute", 'z': "XXX is the distance from UTC", 'A': "a is AM or PM",
	}[letters[0]]
	if instead == "" {
		instead = "letters that stand for themselves are put between single quotes"
	}
	return Failure(shorten(letters) + " in the layout has no meaning: " + instead)
}

// append writes a moment by the clocks of its own zone.
func (l Layout) append(dst []byte, t time.Time) []byte {
	for _, p := range l.parts {
		dst = p.append(dst, t)
	}
	return dst
}

func (p layoutPart) append(dst []byte, t time.Time) []byte {
	switch p.letter {
	case 0:
		return append(dst, p.text...)
	case 'y':
		if p.count == 2 {
			return appendDigits(dst, mod100(t.Year()), 2)
		}
		return appendDigits(dst, t.Year(), 4)
	case 'M':
		return p.appendName(dst, int(t.Month()), t.Month().String())
	case 'd':
		return appendDigits(dst, t.Day(), p.count)
	case 'H':
		return appendDigits(dst, t.Hour(), p.count)
	case 'h':
		return appendDigits(dst, (t.Hour()+11)%12+1, p.count)
	case 'm':
		return appendDigits(dst, t.Minute(), p.count)
	case 's':
		return appendDigits(dst, t.Second(), p.count)
	case 'S':
		return appendDigits(dst, t.Nanosecond()/1e6, 3)
	case 'a':
		if t.Hour() < 12 {
			return append(dst, "AM"...)
		}
		return append(dst, "PM"...)
	case 'E':
		return p.appendName(dst, 0, t.Weekday().String())
	}
	return t.AppendFormat(dst, "Z07:00")
}

// appendName writes a name in full (MMMM), its first three letters (MMM) or its
// number.
func (p layoutPart) appendName(dst []byte, number int, name string) []byte {
	switch p.count {
	case 4:
		return append(dst, name...)
	case 3:
		return append(dst, name[:3]...)
	}
	return appendDigits(dst, number, p.count)
}

func mod100(year int) int { return (year%100 + 100) % 100 }

func appendDigits(dst []byte, v, width int) []byte {
	if v < 0 {
		dst, v = append(dst, '-'), -v
	}
	digits := strconv.Itoa(v)
	for range width - len(digits) {
		dst = append(dst, '0')
	}
	return append(dst, digits...)
}
