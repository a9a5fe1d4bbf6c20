package wiresql

import (
	"encoding/binary"
	"math"
)

// Cell is one value of a row.
type Cell struct {
	Sort Sort
	// Int is a whole number, 0 or 1 of a switch, or microseconds since 1970.
	Int   int64
	Float float64
	// Data is a text or bytes; it stays the row's.
	Data []byte
}

// Take gives the first cell of a row and what is behind it; ok is false at its end.
func Take(row Row) (c Cell, rest Row, ok bool) {
	if len(row) == 0 {
		return Cell{}, nil, false
	}
	c.Sort, row = Sort(row[0]), row[1:]
	switch c.Sort {
	case Int, Float, Bool, Time:
		if len(row) < 8 {
			return Cell{}, nil, false
		}
		bits := binary.LittleEndian.Uint64(row)
		if row = row[8:]; c.Sort == Float {
			c.Float = math.Float64frombits(bits)
		} else {
			c.Int = int64(bits)
		}
	case Text, Bytes:
		size, n := binary.Uvarint(row)
		if n <= 0 || uint64(len(row)-n) < size {
			return Cell{}, nil, false
		}
		c.Data, row = row[n:n+int(size)], row[n+int(size):]
	}
	return c, row, true
}

// Plain is the cell for a database that knows no switches and no moments: 0 or 1, and
// milliseconds since 1970, rounded down.
func (c Cell) Plain() Cell {
	switch c.Sort {
	case Bool:
		c.Sort = Int
	case Time:
		c.Sort = Int
		below := c.Int%1000 < 0
		if c.Int /= 1000; below {
			c.Int--
		}
	}
	return c
}
