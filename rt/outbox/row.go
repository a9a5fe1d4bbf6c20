package outbox

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"time"
)

// row is what waits for a sink, as it lies on the disk. It tells by itself whose it is
// and whether it is whole, so that it is found again in a damaged file.
type row struct {
	// owner is the sink's name.
	owner string
	// seq orders the rows of a sink. Rows below floor were over when this was written; in a
	// dead letter floor is the row that it was.
	seq, floor uint64
	// born is the age of the store when the row came.
	born time.Duration
	// sort tells a row from a dead letter.
	sort byte
	data []byte
}

// The sorts of rows.
const (
	sortRow    = 'r'
	sortLetter = 'd'
	// sortFloor only tells the floor.
	sortFloor = 'f'
)

// magic begins a row; its last byte is the version of all that follows.
const magic = "\xf1ob\x01"

// rowHead is the size of what stands before the part that is summed: the magic, the
// sum and the length.
const rowHead = len(magic) + 4 + 4

// rowOverhead is about what a row takes beside its data, its place in the store
// included.
const rowOverhead = 64

var errRow = errors.New("a row is damaged")

func (r row) encode() []byte {
	b := make([]byte, rowHead, rowHead+rowOverhead+len(r.owner)+len(r.data))
	b = append(b, r.sort)
	b = binary.AppendUvarint(b, uint64(len(r.owner)))
	b = append(b, r.owner...)
	b = binary.AppendUvarint(b, r.seq)
	b = binary.AppendUvarint(b, r.floor)
	b = binary.AppendVarint(b, int64(r.born/time.Millisecond))
	b = append(b, r.data...)
	copy(b, magic)
	binary.BigEndian.PutUint32(b[4:], uint32(len(b)-rowHead))
	binary.BigEndian.PutUint32(b[8:], crc32.ChecksumIEEE(b[rowHead:]))
	return b
}

// decodeRow reads a row at the beginning of b, which may hold more. The data is part
// of b.
func decodeRow(b []byte) (r row, err error) {
	if len(b) < rowHead || string(b[:len(magic)]) != magic {
		return r, errRow
	}
	n := int(binary.BigEndian.Uint32(b[4:]))
	if n > len(b)-rowHead || n < 5 {
		return r, errRow
	}
	sum := binary.BigEndian.Uint32(b[8:])
	b = b[rowHead : rowHead+n]
	if crc32.ChecksumIEEE(b) != sum {
		return r, errRow
	}
	d := reader{b: b[1:]}
	r.sort = b[0]
	r.owner = d.text()
	r.seq, r.floor = d.uint(), d.uint()
	r.born, r.data = time.Duration(d.int())*time.Millisecond, d.b
	if d.short {
		return row{}, errRow
	}
	return r, nil
}

// reader reads what was appended.
type reader struct {
	b     []byte
	short bool
}

func (d *reader) skip(n int) {
	if n <= 0 || n > len(d.b) {
		d.b, d.short = nil, true
		return
	}
	d.b = d.b[n:]
}

func (d *reader) uint() uint64 {
	v, n := binary.Uvarint(d.b)
	d.skip(n)
	return v
}

func (d *reader) int() int64 {
	v, n := binary.Varint(d.b)
	d.skip(n)
	return v
}

func (d *reader) text() string {
	n := d.uint()
	if n > uint64(len(d.b)) {
		d.b, d.short = nil, true
		return ""
	}
	s := string(d.b[:n])
	d.b = d.b[n:]
	return s
}
