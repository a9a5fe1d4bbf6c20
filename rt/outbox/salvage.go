package outbox

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"slices"
	"syscall"

	"go.etcd.io/bbolt"
)

// isIO reports whether a disk cannot be read: nothing is known of the file then.
func isIO(err error) bool { return errors.Is(err, syscall.EIO) || errors.Is(err, syscall.EROFS) }

// wreck is what can be read of a damaged file, by sink.
type wreck struct {
	rows    map[string]map[uint64]row
	floor   map[string]uint64
	letters map[uint64]Letter
}

// salvage takes over every row of a damaged file that is whole, wherever in it it is
// found. Pages that were given up hold rows that were confirmed long ago: each row
// tells below which number all were.
func (f *file) salvage(from string) (rows, letters int, err error) {
	data, err := os.ReadFile(from)
	if err != nil {
		return 0, 0, err
	}
	w := search(data)
	err = f.db.Update(func(tx *bbolt.Tx) error {
		for name, list := range w.rows {
			n, err := w.move(tx.Bucket(bucketRows), name, list)
			if err != nil {
				return err
			}
			rows += n
		}
		grave := tx.Bucket(bucketLetters)
		for _, n := range sorted(w.letters) {
			if err := f.dead.bury(grave, w.letters[n]); err != nil {
				return err
			}
			letters++
		}
		return nil
	})
	return rows, letters, err
}

// move puts the rows of a sink into the new file.
func (w *wreck) move(all *bbolt.Bucket, name string, list map[uint64]row) (n int, err error) {
	b, err := all.CreateBucketIfNotExists([]byte(name))
	if err != nil {
		return 0, err
	}
	last := w.floor[name]
	for _, seq := range sorted(list) {
		last = max(last, seq)
		if seq < w.floor[name] {
			continue
		}
		r := list[seq]
		r.born = 0 // the age of the store begins anew
		if err := b.Put(key(seq), r.encode()); err != nil {
			return n, err
		}
		n++
	}
	return n, b.SetSequence(last)
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
