// Package boltfile looks whether a file of bbolt is whole, and uses one without ending the
// process where it is not. It looks without bbolt: that panics on some damaged files, in a
// goroutine of its own where nobody can recover, and takes the older half of a file for all
// of it where the newer cannot be read.
package boltfile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"os"
)

// The format, version 2: pages begin with their number, what they are, how many elements
// they have, and how many pages more belong to them.
const (
	pageHead = 16
	element  = 16

	isBranch   = 0x01
	isLeaf     = 0x02
	isMeta     = 0x04
	isFreelist = 0x10

	metaMagic  = 0xED0CDAED
	metaSize   = 64
	bucketHead = 16
	// inside marks a leaf element that is a bucket.
	inside = 0x01
	// noFreelist stands for a list that is not stored.
	noFreelist = math.MaxUint64
	// deepest bounds the levels of a file; more is a circle.
	deepest = 64
	// mostBytes bounds what is read at once: no entry is nearly as large.
	mostBytes = 64 << 20
)

// Each is told of every entry: the names of the buckets that it is in, its key and its
// value. Its error is the file's.
type Each func(buckets []string, key, value []byte) error

// Verify reads all of a file and gives the first thing that is wrong with it. A file
// that does not exist, or is empty, is whole.
func Verify(name string, each Each) error {
	f, err := os.Open(name)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return err
	}
	v := &verifier{f: f, size: info.Size(), each: each}
	return v.file()
}

type verifier struct {
	f    io.ReaderAt
	size int64
	each Each
	page int64
	// high is the number behind the last page; used are the pages that were met.
	high uint64
	used []bool
}

type meta struct {
	pageSize             uint32
	root, freelist, high uint64
	tx                   uint64
}

func (v *verifier) file() error {
	m, err := v.newest()
	if err != nil {
		return err
	}
	v.page, v.high = int64(m.pageSize), m.high
	if v.high < 2 || v.high > uint64(v.size/v.page) {
		return fmt.Errorf("the file is cut off: %d bytes of %d pages", v.size, v.high)
	}
	v.used = make([]bool, v.high)
	v.used[0], v.used[1] = true, true
	if m.freelist != noFreelist {
		if err := v.free(m.freelist); err != nil {
			return err
		}
	}
	if err := v.tree(m.root, nil, 0); err != nil {
		return err
	}
	for n, used := range v.used {
		if !used && m.freelist != noFreelist {
			return fmt.Errorf("page %d belongs to nothing", n)
		}
	}
	return nil
}

// newest is the newer of the two metas. Both must be whole: a file whose newer one cannot
// be read would go on from where it was before.
func (v *verifier) newest() (meta, error) {
	first, err := v.meta(0)
	if err != nil {
		return first, err
	}
	second, err := v.meta(int64(first.pageSize))
	if err == nil && second.pageSize != first.pageSize {
		err = fmt.Errorf("its pages are of two sizes")
	}
	if second.tx > first.tx {
		first = second
	}
	return first, err
}

func (v *verifier) meta(at int64) (m meta, err error) {
	var b [pageHead + metaSize]byte
	if _, err := v.f.ReadAt(b[:], at); err != nil {
		return m, fmt.Errorf("the file is cut off: %w", err)
	}
	d := b[pageHead:]
	sum := fnv.New64a()
	_, _ = sum.Write(d[:metaSize-8])
	switch {
	case binary.LittleEndian.Uint16(b[8:])&isMeta == 0, binary.LittleEndian.Uint32(d) != metaMagic, binary.LittleEndian.Uint32(d[4:]) != 2:
		return m, fmt.Errorf("it is no database")
	case sum.Sum64() != binary.LittleEndian.Uint64(d[metaSize-8:]):
		return m, fmt.Errorf("its first pages are damaged")
	}
	m = meta{
		pageSize: binary.LittleEndian.Uint32(d[8:]), root: binary.LittleEndian.Uint64(d[16:]),
		freelist: binary.LittleEndian.Uint64(d[32:]), high: binary.LittleEndian.Uint64(d[40:]), tx: binary.LittleEndian.Uint64(d[48:]),
	}
	if m.pageSize < 512 || m.pageSize > 1<<24 || m.pageSize&(m.pageSize-1) != 0 {
		return m, fmt.Errorf("its pages have %d bytes", m.pageSize)
	}
	return m, nil
}

// take reads a page with those that belong to it, and notes that they are in use.
func (v *verifier) take(n uint64, sort ...uint16) (b []byte, count int, is uint16, err error) {
	if n < 2 || n >= v.high {
		return nil, 0, 0, fmt.Errorf("there is no page %d", n)
	}
	var head [pageHead]byte
	if _, err := v.f.ReadAt(head[:], int64(n)*v.page); err != nil {
		return nil, 0, 0, err
	}
	is = binary.LittleEndian.Uint16(head[8:])
	more := uint64(binary.LittleEndian.Uint32(head[12:]))
	known := false
	for _, s := range sort {
		known = known || is == s
	}
	if binary.LittleEndian.Uint64(head[:]) != n || !known || more >= v.high-n || int64(more)*v.page > mostBytes {
		return nil, 0, 0, fmt.Errorf("page %d is damaged", n)
	}
	for i := n; i <= n+more; i++ {
		if v.used[i] {
			return nil, 0, 0, fmt.Errorf("page %d is used twice", i)
		}
		v.used[i] = true
	}
	b = make([]byte, int64(more+1)*v.page)
	_, err = v.f.ReadAt(b, int64(n)*v.page)
	return b, int(binary.LittleEndian.Uint16(b[10:])), is, err
}

// free reads the list of pages that are not in use.
func (v *verifier) free(n uint64) error {
	b, count, _, err := v.take(n, isFreelist)
	if err != nil {
		return err
	}
	list := b[pageHead:]
	if count == 0xFFFF {
		long := binary.LittleEndian.Uint64(list)
		list = list[8:]
		if long > uint64(len(list)/8) {
			return fmt.Errorf("the list of free pages is damaged")
		}
		count = int(long)
	}
	if count > len(list)/8 {
		return fmt.Errorf("the list of free pages is damaged")
	}
	for i := range count {
		id := binary.LittleEndian.Uint64(list[8*i:])
		if id < 2 || id >= v.high || v.used[id] {
			return fmt.Errorf("the list of free pages has page %d", id)
		}
		v.used[id] = true
	}
	return nil
}

// tree walks the pages of a bucket.
func (v *verifier) tree(n uint64, buckets []string, deep int) error {
	if deep > deepest {
		return fmt.Errorf("page %d goes round", n)
	}
	b, count, is, err := v.take(n, isBranch, isLeaf)
	if err != nil {
		return err
	}
	if is == isLeaf {
		return v.leaf(b, count, buckets, deep)
	}
	if count == 0 {
		return fmt.Errorf("page %d is empty", n)
	}
	var before []byte
	for i := range count {
		at := pageHead + element*i
		if at+element > len(b) {
			return errShort
		}
		key, _, err := cut(b, at, binary.LittleEndian.Uint32(b[at:]), binary.LittleEndian.Uint32(b[at+4:]), 0)
		if err != nil {
			return err
		}
		if i > 0 && string(key) <= string(before) {
			return fmt.Errorf("page %d is not in order", n)
		}
		before = key
		if err := v.tree(binary.LittleEndian.Uint64(b[at+8:]), buckets, deep+1); err != nil {
			return err
		}
	}
	return nil
}

// leaf looks at the entries of a page, which may be buckets.
func (v *verifier) leaf(b []byte, count int, buckets []string, deep int) error {
	var before []byte
	for i := range count {
		at := pageHead + element*i
		if at+element > len(b) {
			return errShort
		}
		key, value, err := cut(b, at, binary.LittleEndian.Uint32(b[at+4:]), binary.LittleEndian.Uint32(b[at+8:]), binary.LittleEndian.Uint32(b[at+12:]))
		if err != nil {
			return err
		}
		if i > 0 && string(key) <= string(before) {
			return fmt.Errorf("entries are not in order")
		}
		before = key
		switch flags := binary.LittleEndian.Uint32(b[at:]); flags {
		case 0:
			if v.each != nil {
				err = v.each(buckets, key, value)
			}
		case inside:
			err = v.bucket(value, append(buckets[:len(buckets):len(buckets)], string(key)), deep)
		default:
			err = fmt.Errorf("an entry is of no known sort")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// bucket is a bucket in a bucket; a small one lies in its entry.
func (v *verifier) bucket(value []byte, buckets []string, deep int) error {
	if len(value) < bucketHead {
		return fmt.Errorf("a bucket is cut off")
	}
	if root := binary.LittleEndian.Uint64(value); root != 0 {
		return v.tree(root, buckets, deep+1)
	}
	page := value[bucketHead:]
	if len(page) < pageHead || binary.LittleEndian.Uint16(page[8:]) != isLeaf || deep > deepest {
		return fmt.Errorf("a bucket is damaged")
	}
	return v.leaf(page, int(binary.LittleEndian.Uint16(page[10:])), buckets, deep+1)
}

var errShort = errors.New("a page has fewer entries than it says")

// cut gives the key and the value of the entry at a place: they begin so far behind it.
func cut(b []byte, at int, pos, key, value uint32) (k, v []byte, err error) {
	from := uint64(at) + uint64(pos)
	end := from + uint64(key) + uint64(value)
	if end > uint64(len(b)) {
		return nil, nil, fmt.Errorf("an entry goes beyond its page")
	}
	return b[from : from+uint64(key)], b[from+uint64(key) : end], nil
}
