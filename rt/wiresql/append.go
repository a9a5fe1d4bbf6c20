package wiresql

import (
	"encoding/binary"
	"math"
	"time"

	"flowc/rt/fn"
)

// Sort is what a cell holds, as SQLite sorts values.
type Sort byte

// The sorts.
const (
	Null Sort = iota
	Int
	Float
	Text
	Bytes
)

// Row is cells one after the other: a byte for the sort, and the data.
type Row = []byte

// AppendNull appends data that is missing: NULL.
func AppendNull(dst Row) Row { return append(dst, byte(Null)) }

// AppendInt appends a whole number: INTEGER.
func AppendInt(dst Row, v int64) Row {
	return binary.LittleEndian.AppendUint64(append(dst, byte(Int)), uint64(v))
}

// AppendBool appends a switch: 0 or 1, INTEGER.
func AppendBool(dst Row, v bool) Row {
	if v {
		return AppendInt(dst, 1)
	}
	return AppendInt(dst, 0)
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
// `datetime(at / 1000, 'unixepoch')` shows it.
func AppendTime(dst Row, v time.Time) Row { return AppendInt(dst, v.UnixMilli()) }

// AppendDate appends a date: 2026-12-24, TEXT.
func AppendDate(dst Row, v fn.Date) Row { return AppendText(dst, string(fn.AppendDate(nil, v))) }

// AppendTimeOfDay appends a time of day: 07:00 or 07:00:30, TEXT.
func AppendTimeOfDay(dst Row, v fn.TimeOfDay) Row {
	return AppendText(dst, string(fn.AppendTimeOfDay(nil, v)))
}
