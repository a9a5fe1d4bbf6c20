package wiresql

import (
	"encoding/binary"
	"math"
	"time"

	"flowc/rt/fn"
)

// Sort is what a cell holds.
type Sort byte

// The sorts.
const (
	Null Sort = iota
	Int
	Float
	Text
	Bytes
	// Bool and Time are numbers to a database that has no such types: 0 or 1, and
	// milliseconds since 1970.
	Bool
	Time
)

// Row is cells one after the other: a byte for the sort, and the data.
type Row = []byte

// AppendNull appends data that is missing: NULL.
func AppendNull(dst Row) Row { return append(dst, byte(Null)) }

// AppendInt appends a whole number: INTEGER.
func AppendInt(dst Row, v int64) Row {
	return binary.LittleEndian.AppendUint64(append(dst, byte(Int)), uint64(v))
}

// AppendBool appends a switch: 0 or 1, INTEGER; boolean where a database has it.
func AppendBool(dst Row, v bool) Row {
	n := uint64(0)
	if v {
		n = 1
	}
	return binary.LittleEndian.AppendUint64(append(dst, byte(Bool)), n)
}

// AppendFloat appends a number, or a quantity in the unit of its column: REAL.
func AppendFloat(dst Row, v float64) Row {
	return binary.LittleEndian.AppendUint64(append(dst, byte(Float)), math.Float64bits(v))
}

// AppendText appends a text, or the name of an enumeration's member: TEXT.
func AppendText(dst Row, v string) Row {
	return append(binary.AppendUvarint(append(dst, byte(Text)), uint64(len(v))), v...)
}

// AppendBytes appends bytes: BLOB.
func AppendBytes(dst Row, v []byte) Row {
	return append(binary.AppendUvarint(append(dst, byte(Bytes)), uint64(len(v))), v...)
}

// AppendTime appends a moment: milliseconds since 1970-01-01 00:00 UTC, INTEGER. It is
// the same whatever the clocks of the site do, it sorts, and a difference is a time;
// `datetime(at / 1000, 'unixepoch')` shows it. A database with moments of its own gets
// it to the microsecond (timestamptz).
func AppendTime(dst Row, v time.Time) Row { return AppendMicros(dst, v.UnixMicro()) }

// AppendMicros appends a moment as microseconds since 1970-01-01 00:00 UTC.
func AppendMicros(dst Row, v int64) Row {
	return binary.LittleEndian.AppendUint64(append(dst, byte(Time)), uint64(v))
}

// AppendDate appends a date: 2026-12-24, TEXT.
func AppendDate(dst Row, v fn.Date) Row { return AppendText(dst, string(fn.AppendDate(nil, v))) }

// AppendTimeOfDay appends a time of day: 07:00 or 07:00:30, TEXT.
func AppendTimeOfDay(dst Row, v fn.TimeOfDay) Row {
	return AppendText(dst, string(fn.AppendTimeOfDay(nil, v)))
}
