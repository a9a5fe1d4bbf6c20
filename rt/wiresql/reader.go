package wiresql

import (
	"math"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"flowc/rt/fn"
	"flowc/rt/wirejson"
)

// Reader reads what a query gave: rows of so many columns. Generated code goes
// from row to row and to the columns of each.
type Reader struct {
	rest Row
	// cells are those of the row at hand, which is the row-th.
	cells []Cell
	row   int
	// name is the column at hand, cell what it holds.
	name string
	cell Cell
	err  *wirejson.Error
}

// Rows begins with data, whose rows have so many columns.
func (r *Reader) Rows(data Row, columns int) { *r = Reader{rest: data, cells: make([]Cell, columns)} }

// Next goes on to the next row, if there is one.
func (r *Reader) Next() bool {
	if r.err != nil || len(r.rest) == 0 {
		return false
	}
	r.row++
	r.name = ""
	for n := range r.cells {
		var ok bool
		if r.cells[n], r.rest, ok = Take(r.rest); !ok {
			r.fail(&wirejson.Error{Problem: "a row is cut off"})
		}
	}
	return r.err == nil
}

// One goes on to the only row.
func (r *Reader) One() {
	if !r.Next() {
		r.fail(&wirejson.Error{Problem: "there is no row"})
	}
}

// Cell goes to a column, which must hold something.
func (r *Reader) Cell(column int, name string) {
	if r.take(column, name); r.err == nil && r.cell.Sort == Null {
		r.fail(&wirejson.Error{Problem: "it is missing (NULL); declare it as optional(…)"})
	}
}

// Given goes to a column and reports whether it holds something.
func (r *Reader) Given(column int, name string) bool {
	r.take(column, name)
	return r.err == nil && r.cell.Sort != Null
}

// GivenText is Given.
func (r *Reader) GivenText(n int, name string) bool { return r.Given(n, name) }

func (r *Reader) take(column int, name string) {
	if r.err == nil {
		r.name, r.cell = name, r.cells[column]
	}
}

// End reports what did not fit.
func (r *Reader) End() error {
	if r.err == nil {
		return nil // not a nil *Error in an error
	}
	return r.err
}

// Failed reports whether something did not fit.
func (r *Reader) Failed() bool { return r.err != nil }

// Declared says where the flow declares the columns: its file, and the line of all
// together, or of each.
func (r *Reader) Declared(file string, lines ...int) {
	if r.err == nil || r.err.Declared != "" || len(lines) == 0 {
		return
	}
	r.err.Declared = file + ":" + strconv.Itoa(lines[0])
}

// fail keeps the first error, with the way to the place.
func (r *Reader) fail(e *wirejson.Error) {
	if r.err != nil {
		return
	}
	e.Path = r.name
	if r.row > 1 {
		e.Path = "row " + strconv.Itoa(r.row)
		if r.name != "" {
			e.Path += ", " + r.name
		}
	}
	r.err = e
}

// want is the error that the cell at hand is something else.
func (r *Reader) want(want string) { r.fail(&wirejson.Error{Want: want, Found: r.found()}) }

func (r *Reader) found() string {
	switch r.cell.Sort {
	case Int:
		return strconv.FormatInt(r.cell.Int, 10)
	case Bool:
		return strconv.FormatBool(r.cell.Int == 1)
	case Time:
		return time.UnixMicro(r.cell.Int).UTC().Format(time.RFC3339Nano)
	case Float:
		return strconv.FormatFloat(r.cell.Float, 'g', -1, 64)
	case Text:
		return wirejson.Quoted(r.cell.Data)
	case Bytes:
		return strconv.Itoa(len(r.cell.Data)) + " bytes"
	}
	return "nothing (NULL)"
}

// Int reads a whole number.
func (r *Reader) Int() int64 {
	switch {
	case r.err != nil:
	case r.cell.Sort == Int:
		return r.cell.Int
	case r.cell.Sort == Float && r.cell.Float == math.Trunc(r.cell.Float) && math.Abs(r.cell.Float) < 1<<53:
		return int64(r.cell.Float)
	default:
		r.want("a whole number")
	}
	return 0
}

// Float reads a number.
func (r *Reader) Float() float64 {
	switch {
	case r.err != nil:
	case r.cell.Sort == Int:
		return float64(r.cell.Int)
	case r.cell.Sort == Float && !math.IsInf(r.cell.Float, 0) && !math.IsNaN(r.cell.Float):
		return r.cell.Float
	default:
		r.want("a number")
	}
	return 0
}

// Bool reads a switch, or 0 or 1.
func (r *Reader) Bool() bool {
	if r.err == nil && (r.cell.Sort != Int && r.cell.Sort != Bool || r.cell.Int != 0 && r.cell.Int != 1) {
		r.want("0 or 1")
	}
	return r.cell.Int == 1
}

// Text reads a text.
func (r *Reader) Text() string {
	if r.err == nil && (r.cell.Sort != Text || !utf8.Valid(r.cell.Data)) {
		r.want("a text")
	}
	return string(r.cell.Data)
}

// JSON reads a text of JSON.
func (r *Reader) JSON() string {
	text := r.Text()
	var s wirejson.Scanner
	s.Reset(r.cell.Data)
	s.Raw()
	if s.End() != nil {
		r.want("JSON")
	}
	return text
}

// Base64 reads bytes; they are stored as they are.
func (r *Reader) Base64() []byte {
	if r.err == nil && r.cell.Sort != Bytes && r.cell.Sort != Text {
		r.want("bytes")
	}
	return slices.Clone(r.cell.Data)
}

// Choice reads the name of one of the members.
func (r *Reader) Choice(members ...string) string {
	text := r.Text()
	if i := slices.Index(members, text); i >= 0 {
		return members[i]
	}
	r.want(wirejson.OneOf(members))
	return ""
}

// Duration reads a count of a unit of time.
func (r *Reader) Duration(unit time.Duration) time.Duration {
	d, err := fn.MulDuration(unit, r.Float())
	if err != nil {
		r.want("a duration")
	}
	return d
}

// Limits of a moment: the years 1 to 9999.
const (
	firstMilli = -62135596800000
	lastMilli  = 253402300799999
)

// Time reads a moment; see AppendTime.
func (r *Reader) Time() time.Time {
	if r.err == nil && r.cell.Sort == Time {
		if r.cell.Int < firstMilli*1000 || r.cell.Int > lastMilli*1000+999 {
			r.want("a moment of the years 1 to 9999")
		}
		return time.UnixMicro(r.cell.Int).UTC()
	}
	if r.err == nil && r.cell.Sort == Text {
		r.want("a moment (milliseconds since 1970 in SQLite, a finite timestamptz in PostgreSQL)")
	}
	n := r.Int()
	if r.err == nil && (n < firstMilli || n > lastMilli) {
		r.want("a moment (milliseconds since 1970)")
	}
	return time.UnixMilli(n).UTC()
}

// Date reads a date such as 2026-12-24.
func (r *Reader) Date() fn.Date {
	d, err := fn.ReadDate(r.Text())
	if err != nil {
		r.want("a date")
	}
	return d
}

// TimeOfDay reads a time of day such as 07:00.
func (r *Reader) TimeOfDay() fn.TimeOfDay {
	t, err := fn.ReadTimeOfDay(r.Text())
	if err != nil {
		r.want("a time of day")
	}
	return t
}
