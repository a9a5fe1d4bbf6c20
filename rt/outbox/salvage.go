package outbox

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
)

// readSize is read of a damaged file at once, sectorSize where that fails.
const (
	readSize   = 1 << 20
	sectorSize = 4096
)

// readWreck reads what can be read of a file. Sectors that fail are left empty: rows in
// them are not found.
func readWreck(f io.ReaderAt, size int64) ([]byte, error) {
	data := make([]byte, size)
	for at := int64(0); at < size; at += readSize {
		err := readBlock(f, data, at, readSize)
		if errors.Is(err, syscall.EIO) {
			err = readSectors(f, data, at)
		}
		if err != nil {
			return nil, err
		}
	}
	return data, nil
}

// readSectors reads a block of which not all can be read.
func readSectors(f io.ReaderAt, data []byte, from int64) error {
	for at := from; at < min(from+readSize, int64(len(data))); at += sectorSize {
		err := readBlock(f, data, at, sectorSize)
		if errors.Is(err, syscall.EIO) {
			clear(data[at:min(at+sectorSize, int64(len(data)))])
		} else if err != nil {
			return err
		}
	}
	return nil
}

func readBlock(f io.ReaderAt, data []byte, at, size int64) error {
	_, err := f.ReadAt(data[at:min(at+size, int64(len(data)))], at)
	if err == io.EOF { // it is shorter by now
		return nil
	}
	return err
}

// wreck is what can be read of a damaged file, by sink.
type wreck struct {
	rows    map[string]map[uint64]row
	floor   map[string]uint64
	letters map[uint64]Letter
}

// batchBytes is about how much a transaction takes over of a damaged file.
const batchBytes = 1 << 20

// salvage takes over every row that is whole in the bytes of a damaged file, wherever in
// it it is found. Pages that were given up hold rows that were confirmed long ago: each
// row tells below which number all were. The rows came at the given age of the store, and
// all is on the disk when it returns.
func (f *file) salvage(data []byte, age time.Duration) (rows, letters int, err error) {
	w := search(data)
	f.db.NoSync, f.db.NoGrowSync = true, true // nobody uses it before the last of it is written
	err = f.db.Update(func(tx *bbolt.Tx) error {
		return tx.Bucket(bucketMeta).Put(keyAge, binary.AppendVarint(nil, int64(age)))
	})
	for name, list := range w.rows {
		if err == nil {
			err = f.move(name, list, w.floor[name], age)
			rows += len(list)
		}
	}
	if err == nil {
		letters = len(w.letters)
		err = f.inBatches(sorted(w.letters), func(tx *bbolt.Tx, n uint64) (int, error) {
			l := w.letters[n]
			return len(l.Data), f.dead.bury(tx.Bucket(bucketLetters), l)
		})
	}
	if err == nil {
		err = f.db.Sync()
	}
	return rows, letters, err
}

// move puts the rows of a sink into the file; those below the floor were over.
func (f *file) move(name string, list map[uint64]row, floor uint64, age time.Duration) error {
	last := floor
	for seq := range list {
		last = max(last, seq)
		if seq < floor {
			delete(list, seq)
		}
	}
	err := f.db.Update(func(tx *bbolt.Tx) error {
		b, err := tx.Bucket(bucketRows).CreateBucketIfNotExists([]byte(name))
		if err != nil {
			return err
		}
		return b.SetSequence(last)
	})
	if err != nil {
		return err
	}
	return f.inBatches(sorted(list), func(tx *bbolt.Tx, seq uint64) (int, error) {
		r := list[seq]
		r.born = age
		b := tx.Bucket(bucketRows).Bucket([]byte(name))
		b.FillPercent = 0.9
		return len(r.data), b.Put(key(seq), r.encode())
	})
}

// inBatches writes entries, in as many transactions as keep each small; put tells the
// size of what it wrote.
func (f *file) inBatches(list []uint64, put func(*bbolt.Tx, uint64) (int, error)) error {
	for len(list) > 0 {
		err := f.db.Update(func(tx *bbolt.Tx) error {
			for size := 0; len(list) > 0 && size < batchBytes; list = list[1:] {
				n, err := put(tx, list[0])
				if err != nil {
					return err
				}
				size += n + rowOverhead
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func sorted[V any](m map[uint64]V) []uint64 {
	list := make([]uint64, 0, len(m))
	for n := range m {
		list = append(list, n)
	}
	slices.Sort(list)
	return list
}

// search finds the rows in the bytes of a file, whatever is between them.
func search(data []byte) *wreck {
	w := &wreck{rows: map[string]map[uint64]row{}, floor: map[string]uint64{}, letters: map[uint64]Letter{}}
	for {
		at := bytes.Index(data, []byte(magic))
		if at < 0 {
			return w
		}
		data = data[at:]
		r, err := decodeRow(data)
		if err != nil {
			data = data[1:]
			continue
		}
		w.take(r, data)
		data = data[rowHead+int(binary.BigEndian.Uint32(data[len(magic):])):]
	}
}

func (w *wreck) take(r row, value []byte) {
	if r.sort == sortLetter {
		if l, err := decodeLetter(value); err == nil {
			w.letters[l.Number] = l
		}
		return
	}
	w.floor[r.owner] = max(w.floor[r.owner], r.floor)
	if r.sort != sortRow {
		return
	}
	if w.rows[r.owner] == nil {
		w.rows[r.owner] = map[uint64]row{}
	}
	w.rows[r.owner][r.seq] = r
}
