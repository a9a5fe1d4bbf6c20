package outbox

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"syscall"
)

// windowSize is how much of a damaged file is in memory at once, beside a row that is
// longer; sectorSize is read at once where that cannot be read as a whole.
const (
	windowSize = 1 << 20
	sectorSize = 4096
)

// wreck is a damaged file. Sectors that cannot be read are empty: rows in them are not
// found.
type wreck struct {
	f    io.ReaderAt
	size int64
	// busy is called now and then: it is a long way.
	busy func()
}

// openWreck opens a damaged file; a test gives it sectors that cannot be read.
var openWreck = func(f *os.File) io.ReaderAt { return f }

// wreckOf reads a file that is open.
func wreckOf(f *os.File, busy func()) (*wreck, error) {
	is, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return &wreck{f: openWreck(f), size: is.Size(), busy: busy}, nil
}

// read fills b with what is at a place.
func (w *wreck) read(b []byte, at int64) error {
	err := w.block(b, at)
	if !errors.Is(err, syscall.EIO) {
		return err
	}
	for from := int64(0); from < int64(len(b)); {
		n := min(sectorSize-(at+from)%sectorSize, int64(len(b))-from)
		part := b[from : from+n]
		if err := w.block(part, at+from); errors.Is(err, syscall.EIO) {
			clear(part)
		} else if err != nil {
			return err
		}
		from += n
	}
	return nil
}

func (w *wreck) block(b []byte, at int64) error {
	n, err := w.f.ReadAt(b, at)
	if err == io.EOF { // it is shorter by now
		clear(b[n:])
		return nil
	}
	return err
}

// scan gives every row that is whole in the bytes of the file, whatever is between them,
// with its place. The row is good for the call.
func (w *wreck) scan(each func(at int64, r row, value []byte) error) error {
	window := make([]byte, windowSize)
	for base := int64(0); base+int64(rowHead) <= w.size; {
		w.busy()
		b := window[:min(windowSize, w.size-base)]
		if err := w.read(b, base); err != nil {
			return err
		}
		n, err := w.within(b, base, each)
		if err != nil {
			return err
		}
		base += n
	}
	return nil
}

// within gives the rows of a window, and tells where the next one begins: at a row that is
// cut off by the end of this one, or behind it.
func (w *wreck) within(b []byte, base int64, each func(int64, row, []byte) error) (next int64, err error) {
	last := base+int64(len(b)) == w.size
	for at := 0; ; {
		n := bytes.Index(b[at:], []byte(magic))
		if n < 0 {
			if last {
				return int64(len(b)), nil
			}
			return int64(max(len(b)-len(magic)+1, at)), nil
		}
		at += n
		if len(b)-at < rowHead {
			if at == 0 || last {
				return int64(len(b)), nil
			}
			return int64(at), nil
		}
		value := b[at:]
		size := int64(rowHead) + int64(binary.BigEndian.Uint32(value[len(magic):]))
		if size > int64(len(value)) && base+int64(at)+size <= w.size {
			if at > 0 {
				return int64(at), nil
			}
			if value, err = w.long(base, size); err != nil {
				return 0, err
			}
		}
		r, err := decodeRow(value)
		if err != nil {
			at++
			continue
		}
		if err := each(base+int64(at), r, value[:size]); err != nil {
			return 0, err
		}
		if at += int(size); at >= len(b) {
			return int64(at), nil
		}
	}
}

// long gives a row that is longer than a window, nil where its sum is wrong: what says how
// long it is may be anything, and memory is only taken for what is a row.
func (w *wreck) long(at, size int64) ([]byte, error) {
	head := make([]byte, rowHead)
	if err := w.read(head, at); err != nil {
		return nil, err
	}
	sum := crc32.NewIEEE()
	part := make([]byte, min(size, 64<<10))
	for from := int64(rowHead); from < size; {
		p := part[:min(int64(len(part)), size-from)]
		if err := w.read(p, at+from); err != nil {
			return nil, err
		}
		_, _ = sum.Write(p)
		from += int64(len(p))
	}
	if sum.Sum32() != binary.BigEndian.Uint32(head[8:]) {
		return nil, nil
	}
	value := make([]byte, size)
	return value, w.read(value, at)
}

// copyTo writes all of it to a file.
func (w *wreck) copyTo(f io.Writer) error {
	b := make([]byte, windowSize)
	for at := int64(0); at < w.size; at += windowSize {
		w.busy()
		part := b[:min(windowSize, w.size-at)]
		if err := w.read(part, at); err != nil {
			return err
		}
		if _, err := f.Write(part); err != nil {
			return err
		}
	}
	return nil
}
