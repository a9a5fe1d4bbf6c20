package wirejson

import (
	"math"
	"time"

	"flowc/rt/fn"
)

// Scaled reads a number that counts steps of factor: 235 with a factor of 0.1 is
// 23.5. A product beyond all numbers is an error.
func (s *Scanner) Scaled(factor float64) float64 {
	v := s.Float() * factor
	if math.IsInf(v, 0) {
		s.Reject("a smaller number")
		return 0
	}
	return v
}

// NumberText reads a number that is sent as text: "12.5".
func (s *Scanner) NumberText() float64 {
	text := s.Text()
	v, err := fn.ToNumber(text)
	if err != nil && s.err == nil {
		s.Reject("a number in quotes")
		return 0
	}
	return v
}

// IntText reads a whole number that is sent as text: "12".
func (s *Scanner) IntText() int64 {
	text := s.Bytes()
	n, err := ParseInt(text)
	if err != nil && s.err == nil {
		s.Reject("a whole number in quotes")
		return 0
	}
	return n
}

// Word reads a text that is one of words, and gives its place among them.
func (s *Scanner) Word(words ...string) int {
	text := s.Bytes()
	for i, w := range words {
		if string(text) == w {
			return i
		}
	}
	if s.err == nil {
		s.Reject(OneOf(words))
	}
	return 0
}

// ParseWord is Word for a message of plain text.
func ParseWord(text []byte, words ...string) (int, error) {
	for i, w := range words {
		if string(text) == w {
			return i, nil
		}
	}
	return 0, &Error{Want: OneOf(words), Found: Quoted(text)}
}

// Epoch reads a moment that is a count of units since the beginning of 1970, in
// UTC.
func (s *Scanner) Epoch(unit time.Duration) time.Time {
	t, err := EpochTime(s.Float(), unit)
	if err != nil && s.err == nil {
		s.Reject("a time between the years 1 and 9999")
	}
	return t
}

// Years that a moment may lie in: those that ISO 8601 writes with four digits.
const (
	firstSecond = -62135596800
	lastSecond  = 253402300799
)

// EpochTime is the moment that lies count units after the beginning of 1970. A
// fraction counts down to the microsecond, which is what a float64 holds of today.
func EpochTime(count float64, unit time.Duration) (time.Time, error) {
	seconds := math.Floor(count * unit.Seconds())
	if !(seconds >= firstSecond && seconds <= lastSecond) {
		return time.Time{}, &Error{Want: "a time between the years 1 and 9999", Found: fn.FormatNumber(count)}
	}
	perSecond := float64(time.Second / unit)
	rest := count - seconds*perSecond
	micros := math.Round(rest * float64(unit) / 1e3)
	return time.Unix(int64(seconds), int64(micros)*1e3).UTC(), nil
}

// AppendEpoch appends a moment as a count of units since 1970.
func AppendEpoch(dst []byte, t time.Time, unit time.Duration) []byte {
	per := int64(time.Second / unit)
	whole := t.Unix()*per + int64(t.Nanosecond())/int64(unit)
	if rest := int64(t.Nanosecond()) % int64(unit); rest != 0 {
		return AppendFloat(dst, float64(whole)+float64(rest)/float64(unit))
	}
	return AppendInt(dst, whole)
}

// AppendWord appends the word of a switch: off and on.
func AppendWord(dst []byte, v bool, off, on string) []byte {
	if v {
		return AppendString(dst, on)
	}
	return AppendString(dst, off)
}

// AppendNumberText appends a number in quotes.
func AppendNumberText[T ~float64](dst []byte, v T) []byte {
	return append(AppendFloat(append(dst, '"'), v), '"')
}

// AppendIntText appends a whole number in quotes.
func AppendIntText(dst []byte, v int64) []byte {
	return append(AppendInt(append(dst, '"'), v), '"')
}
