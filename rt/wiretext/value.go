package wiretext

import (
	"bytes"
	"encoding/base64"
	"math"
	"time"

	"flowc/rt/fn"
	"flowc/rt/wirejson"
)

func (c cell) trimmed() []byte { return bytes.TrimSpace(c.text) }

// plain is the cell at hand without spaces around it. It is an error if nothing is
// left.
func (r *Reader) plain() ([]byte, bool) {
	text := r.cell.trimmed()
	if r.err == nil && len(text) == 0 {
		r.missing()
	}
	return text, r.err == nil
}

// want is the error that the cell at hand is something else.
func (r *Reader) want(want string) {
	r.fail(&wirejson.Error{Want: want, Found: wirejson.Quoted(r.cell.text)})
}

// Text is the cell as it stands.
func (r *Reader) Text() string { return string(r.cell.text) }

// Bool reads true, on, yes or 1, and false, off, no or 0.
func (r *Reader) Bool() bool {
	text, ok := r.plain()
	if !ok {
		return false
	}
	v, err := fn.ToBool(string(text))
	if err != nil {
		r.want("on or off")
	}
	return v
}

// Int reads a whole number; 12.0 and 1.2e1 are one.
func (r *Reader) Int() int64 {
	text, ok := r.plain()
	if !ok {
		return 0
	}
	v, err := wirejson.ParseInt(text)
	if err != nil {
		r.want("a whole number")
	}
	return v
}

// Float reads a number.
func (r *Reader) Float() float64 {
	text, ok := r.plain()
	if !ok {
		return 0
	}
	v, err := fn.ToNumber(string(text))
	if err != nil {
		r.want("a number")
	}
	return v
}

// Scaled reads a number that counts steps of factor.
func (r *Reader) Scaled(factor float64) float64 {
	v := r.Float() * factor
	if math.IsInf(v, 0) {
		r.want("a smaller number")
		return 0
	}
	return v
}

// Duration reads a number that counts units.
func (r *Reader) Duration(unit time.Duration) time.Duration {
	d, err := fn.MulDuration(unit, r.Float())
	if err != nil {
		r.want("a duration of at most 292 years")
		return 0
	}
	return d
}

// Time reads a moment as ISO 8601 with a time zone.
func (r *Reader) Time() time.Time {
	text, ok := r.plain()
	if !ok {
		return time.Time{}
	}
	t, err := fn.ReadTime(string(text))
	if err != nil {
		r.want("a time like 2026-06-01T12:00:00Z")
	}
	return t
}

// Date reads a day of the calendar, such as 2026-12-24.
func (r *Reader) Date() fn.Date {
	text, ok := r.plain()
	if !ok {
		return fn.Date{}
	}
	d, err := fn.ReadDate(string(text))
	if err != nil {
		r.want("a date like 2026-12-24")
	}
	return d
}

// TimeOfDay reads what a clock shows, such as 07:00 or 07:00:30.
func (r *Reader) TimeOfDay() fn.TimeOfDay {
	text, ok := r.plain()
	if !ok {
		return fn.TimeOfDay{}
	}
	t, err := fn.ReadTimeOfDay(string(text))
	if err != nil {
		r.want("a time of day like 07:00")
	}
	return t
}

// Epoch reads a moment that is a count of units since 1970.
func (r *Reader) Epoch(unit time.Duration) time.Time {
	t, err := wirejson.EpochTime(r.Float(), unit)
	if err != nil {
		r.want("a time between the years 1 and 9999")
	}
	return t
}

// Choice reads a member of an enumeration.
func (r *Reader) Choice(members ...string) string {
	text, ok := r.plain()
	if !ok {
		return ""
	}
	m, err := wirejson.ParseChoice(text, members...)
	if err != nil {
		r.want(wirejson.OneOf(members))
	}
	return m
}

// Word reads one of words, and gives its place among them.
func (r *Reader) Word(words ...string) int {
	for n, w := range words {
		if w == string(r.cell.text) || w == string(r.cell.trimmed()) {
			return n
		}
	}
	if r.err == nil {
		r.want(wirejson.OneOf(words))
	}
	return 0
}

// Base64 reads bytes in base64.
func (r *Reader) Base64() []byte {
	data, err := base64.StdEncoding.Strict().AppendDecode(nil, r.cell.trimmed())
	if err != nil {
		r.want("bytes in base64")
		return nil
	}
	return data
}

// JSON reads a text that is JSON and leaves it undecoded.
func (r *Reader) JSON() string {
	text, ok := r.plain()
	if !ok {
		return ""
	}
	var s wirejson.Scanner
	s.Reset(text)
	raw := string(s.Raw())
	if s.End() != nil {
		r.want("JSON")
		return ""
	}
	return raw
}
