package boltfile

import (
	"encoding/binary"
	"io"
	"os"
)

// Entries gives what can be read of a file that is damaged: each entry of each page that
// looks like a leaf, whether anything leads to it or not. So there are entries among them
// that were removed or changed long ago, or never written like this; who asks has to know
// which are good. They are good for the call.
func Entries(f io.ReaderAt, size int64, each func(key, value []byte)) {
	v := &verifier{f: f, size: size}
	v.page = v.pageSize()
	for at := int64(0); at < size; at += v.page {
		var head [pageHead]byte
		if n, _ := f.ReadAt(head[:], at); n < pageHead || binary.LittleEndian.Uint64(head[:]) != uint64(at/v.page) || binary.LittleEndian.Uint16(head[8:]) != isLeaf {
			continue
		}
		long := (int64(binary.LittleEndian.Uint32(head[12:])) + 1) * v.page
		b := make([]byte, min(long, size-at, mostBytes))
		n, err := f.ReadAt(b, at)
		if err != nil && err != io.EOF && long > v.page { // a sector of those that belong to it
			n, _ = f.ReadAt(b[:v.page], at)
		}
		loose(b[:n], each)
	}
}

// pageSize is that of the first of the two metas that is whole, or that of this machine.
func (v *verifier) pageSize() int64 {
	if m, err := v.meta(0); err == nil {
		return int64(m.pageSize)
	}
	for size := int64(1 << 12); size <= 1<<16; size <<= 1 {
		if m, err := v.meta(size); err == nil && int64(m.pageSize) == size {
			return size
		}
	}
	return int64(os.Getpagesize())
}

// loose gives the entries of a leaf that lie within it. A small bucket lies in its entry.
func loose(b []byte, each func(key, value []byte)) {
	for i := range int(binary.LittleEndian.Uint16(b[10:])) {
		at := pageHead + element*i
		if at+element > len(b) {
			return
		}
		key, value, err := cut(b, at, binary.LittleEndian.Uint32(b[at+4:]), binary.LittleEndian.Uint32(b[at+8:]), binary.LittleEndian.Uint32(b[at+12:]))
		if err != nil {
			continue
		}
		each(key, value)
		if len(value) >= bucketHead+pageHead && binary.LittleEndian.Uint64(value) == 0 && binary.LittleEndian.Uint16(value[bucketHead+8:]) == isLeaf {
			loose(value[bucketHead:], each)
		}
	}
}
