package fn

import (
	"strconv"
	"strings"
	"time"
)

// moment gathers what is read of one.
type moment struct {
	year, month, day int
	clock            time.Duration
	hour, half       int // of 12 hours, and 12 for PM
	hasZone          bool
	offset           time.Duration
}

// read takes text apart by the layout; why says what is wrong with it.
func (l Layout) read(s string) (m moment, why string) {
	for _, p := range l.parts {
		rest, ok := p.read(s, &m)
		if !ok {
			return m, p.expected(s)
		}
		s = rest
	}
	if s != "" {
		return m, "nothing more was expected at " + shorten(s)
	}
	if m.hour > 0 {
		m.clock += time.Duration(m.hour%12+m.half) * time.Hour
	}
	return m, ""
}

func (p layoutPart) expected(s string) string {
	what := map[byte]string{
		0: "the text " + shorten(p.text), 'y': "a year", 'M': "a month", 'd': "a day", 'H': "an hour", 'h': "an hour from 1 to 12",
		'm': "a minute", 's': "a second", 'S': "milliseconds", 'a': "AM or PM", 'E': "a weekday", 'X': "a distance from UTC like +02:00",
	}[p.letter]
	if s == "" {
		return what + " is missing at the end"
	}
	return what + " was expected at " + shorten(s)
}

// read takes one part off the beginning of s.
func (p layoutPart) read(s string, m *moment) (rest string, ok bool) {
	switch p.letter {
	case 0:
		return strings.CutPrefix(s, p.text)
	case 'M':
		if p.count >= 3 {
			return p.readMonth(s, m)
		}
	case 'E':
		return p.readWeekday(s)
	case 'X':
		return m.readOffset(s)
	case 'a':
		return m.readHalf(s)
	}
	n := 0
	for n < len(s) && n < p.widest() && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	if n == 0 || n < p.count {
		return s, false
	}
	v, _ := strconv.Atoi(s[:n])
	return s[n:], p.set(v, m)
}

// widest is the largest number of digits: d reads one or two.
func (p layoutPart) widest() int {
	if p.count == 1 {
		return 2
	}
	return p.count
}

// set keeps a number that was read, if it is in range.
func (p layoutPart) set(v int, m *moment) bool {
	switch p.letter {
	case 'y':
		m.year = v
		if p.count == 2 {
			m.year = 2000 + v
		}
		return m.year > 0
	case 'M':
		m.month = v
		return v >= 1 && v <= 12
	case 'd':
		m.day = v
		return v >= 1 && v <= 31
	case 'H':
		m.clock += time.Duration(v) * time.Hour
		return v < 24
	case 'h':
		m.hour = v
		return v >= 1 && v <= 12
	case 'm':
		m.clock += time.Duration(v) * time.Minute
		return v < 60
	case 's':
		m.clock += time.Duration(v) * time.Second
		return v < 60
	case 'S':
		m.clock += time.Duration(v) * time.Millisecond
	}
	return true
}

// cutName takes a name off s, whole or its first three letters, in small or
// capital letters.
func (p layoutPart) cutName(s, name string) (rest string, ok bool) {
	if p.count == 3 {
		name = name[:3]
	}
	if len(s) < len(name) || !strings.EqualFold(s[:len(name)], name) {
		return s, false
	}
	return s[len(name):], true
}

func (p layoutPart) readMonth(s string, m *moment) (rest string, ok bool) {
	for month := time.January; month <= time.December; month++ {
		if rest, ok = p.cutName(s, month.String()); ok {
			m.month = int(month)
			return rest, true
		}
	}
	return s, false
}

// readWeekday reads a weekday, which says nothing that the date does not.
func (p layoutPart) readWeekday(s string) (rest string, ok bool) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if rest, ok = p.cutName(s, day.String()); ok {
			return rest, true
		}
	}
	return s, false
}

func (m *moment) readHalf(s string) (rest string, ok bool) {
	if len(s) < 2 || s[1]|0x20 != 'm' {
		return s, false
	}
	switch s[0] | 0x20 {
	case 'a':
		return s[2:], true
	case 'p':
		m.half = 12
		return s[2:], true
	}
	return s, false
}

// readOffset reads Z, +02:00 or +0200.
func (m *moment) readOffset(s string) (rest string, ok bool) {
	m.hasZone = true
	if rest, ok = strings.CutPrefix(s, "Z"); ok {
		return rest, true
	}
	if len(s) < 5 || s[0] != '+' && s[0] != '-' {
		return s, false
	}
	hours, minutes := s[1:3], strings.TrimPrefix(s[3:], ":")
	if len(minutes) < 2 {
		return s, false
	}
	h, err1 := strconv.ParseUint(hours, 10, 8)
	min, err2 := strconv.ParseUint(minutes[:2], 10, 8)
	if err1 != nil || err2 != nil || h > 23 || min > 59 {
		return s, false
	}
	m.offset = time.Duration(h)*time.Hour + time.Duration(min)*time.Minute
	if s[0] == '-' {
		m.offset = -m.offset
	}
	return minutes[2:], true
}

// in is the moment, by the clocks of a zone unless the text told its own.
func (m moment) in(zone Zone) (t time.Time, why string) {
	midnight := time.Date(m.year, time.Month(m.month), m.day, 0, 0, 0, 0, time.UTC)
	if midnight.Day() != m.day {
		return t, "there is no such day"
	}
	if m.hasZone {
		t = midnight.Add(m.clock - m.offset)
	} else {
		t = at(zone.local(midnight), m.year, m.month, m.day, m.clock).UTC()
	}
	if s := t.Unix(); s <= firstSecond || s > lastSecond {
		return t, "it is outside the years 1 to 9999"
	}
	return t, ""
}
