package wiretext

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"flowc/rt/wirejson"
)

// A Reader reads the cells of lines, as its decoder asks for them:
//
//	r.CSV(payload, ',')
//	for r.Next() {
//		r.Cell(0, "room")
//		v.Room = r.Text()
//		r.Cell(1, "temperature")
//		v.Temperature = unit.Temperature(r.Float())
//	}
//	return r.End()
//
// The first error stays: after it every method gives a zero value, Next reports
// false, and End tells what was wrong. The zero Reader is ready for CSV or Lines.
type Reader struct {
	whole     []byte // the message
	data      []byte // what is left of it
	separator byte
	pattern   []string // texts around the captures; nil for CSV
	start     int      // where the line at hand begins
	begun     bool     // a line was begun
	several   bool     // there may be more than one line, so errors tell which
	most      int      // columns that may be there, 0: any number
	columns   []int    // where a header puts the declared columns, -1: nowhere
	cells     []cell
	cell      cell // at hand
	name      string
	at        int // the declared column at hand, plus one
	err       *wirejson.Error
}

// cell is the text of a column, or of a capture.
type cell struct {
	text   []byte
	quoted bool
}

// maxCells bounds the columns of a line.
const maxCells = 1000

// begin takes a message.
func (r *Reader) begin(data []byte) {
	*r = Reader{cells: r.cells[:0]}
	switch {
	case len(data) > wirejson.MaxBytes:
		r.fail(&wirejson.Error{Problem: "the message is longer than 1 MB"})
	case !utf8.Valid(data):
		r.fail(&wirejson.Error{Problem: "the text is not valid UTF-8"})
	default:
		r.data = bytes.TrimPrefix(data, []byte("\ufeff"))
		r.whole = r.data
	}
}

// Next goes on to the next line; lines without anything in them do not count. It
// reports false at the end, and where a line is none.
func (r *Reader) Next() bool {
	r.several = true
	return r.next()
}

// One goes to the only line. None, or more than one, is an error.
func (r *Reader) One() {
	if !r.next() {
		r.fail(&wirejson.Error{Want: "a line", Found: "nothing"})
		return
	}
	if len(bytes.TrimLeft(r.data, "\r\n")) > 0 {
		r.fail(&wirejson.Error{Want: "one line", Found: "more"})
	}
}

func (r *Reader) next() bool {
	if r.err != nil {
		return false
	}
	r.data = bytes.TrimLeft(r.data, "\r\n")
	if len(r.data) == 0 {
		return false
	}
	r.start, r.begun = len(r.whole)-len(r.data), true
	r.name, r.at, r.cells = "", 0, r.cells[:0]
	if r.pattern != nil {
		r.match()
	} else {
		r.split()
	}
	return r.err == nil
}

// Cell takes up the declared column with that number, counted from 0. It is an
// error if the line does not reach so far.
func (r *Reader) Cell(column int, name string) {
	if !r.take(column, name) {
		r.missing()
	}
}

// Given is Cell for what may be missing: it reports whether there is anything in
// the column.
func (r *Reader) Given(column int, name string) bool {
	return r.take(column, name) && len(r.cell.trimmed()) > 0
}

// GivenText is Given for texts: an empty one in quotation marks is there.
func (r *Reader) GivenText(column int, name string) bool {
	return r.take(column, name) && (len(r.cell.text) > 0 || r.cell.quoted)
}

func (r *Reader) take(column int, name string) bool {
	if r.err != nil {
		return false
	}
	r.name, r.at, r.cell = name, column+1, cell{}
	if r.columns != nil {
		column = r.columns[column]
	}
	if column < 0 || column >= len(r.cells) {
		return false
	}
	r.cell = r.cells[column]
	return true
}

// End gives the first error, a *wirejson.Error, or nil.
func (r *Reader) End() error {
	if r.err == nil {
		return nil
	}
	return r.err
}

// Failed reports whether there was an error.
func (r *Reader) Failed() bool { return r.err != nil }

// Declared notes in an error where the flow declares what it is about: the record in
// the first of lines, its columns in the others; one line stands for all.
func (r *Reader) Declared(file string, lines ...int) {
	if r.err == nil || r.err.Declared != "" {
		return
	}
	line := lines[0]
	if len(lines) > 1 {
		line = lines[r.at]
	}
	r.err.Declared = file + ":" + strconv.Itoa(line)
}

// fail keeps the first error, with the way to the place.
func (r *Reader) fail(e *wirejson.Error) {
	if r.err != nil {
		return
	}
	if r.several && r.begun {
		e.Path = "line " + strconv.Itoa(1+bytes.Count(r.whole[:r.start], []byte("\n")))
		if r.name != "" {
			e.Path += ", "
		}
	}
	e.Path += r.name
	r.err = e
}

func (r *Reader) problem(text string) { r.fail(&wirejson.Error{Problem: text}) }

func (r *Reader) missing() { r.problem("missing") }
