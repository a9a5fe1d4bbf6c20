package outbox

import (
	"cmp"
	"encoding/binary"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"flowc/rt/boltfile"
)

// saved counts what was taken over of a damaged file; doubtful of these lie where the file
// says that nothing is kept any more: they may have been sent, or dealt with, before.
type saved struct {
	rows, letters, doubtful int
	// unsure says that what is kept nowhere any more is not known.
	unsure bool
}

// batchBytes is about how much a transaction takes over of a damaged file.
const batchBytes = 1 << 20

// salvage takes over every row that is whole in the bytes of a damaged file, wherever in
// it it is found, once. Pages that were given up hold rows that were confirmed long ago:
// each row tells below which number all were. The rows came at the given age of the store,
// and all is on the disk when it returns. It reads the file piece by piece.
func (f *file) salvage(w *wreck, age time.Duration) (saved, error) {
	v := &salvor{file: f, age: age, floor: map[string]uint64{}, last: map[string]uint64{}}
	v.db.NoSync, v.db.NoGrowSync = true, true // nobody uses it before the last of it is written
	err := v.db.Update(func(tx *bbolt.Tx) error {
		return tx.Bucket(bucketMeta).Put(keyAge, binary.AppendVarint(nil, int64(age)))
	})
	if err == nil {
		err = w.scan(v.survey)
	}
	free, known := boltfile.FreePages(w.f, w.size)
	v.n.unsure = !known
	for _, given := range []bool{false, true} {
		if err == nil && (!given || v.passed > 0) {
			v.given = given
			err = w.scan(func(at int64, r row, value []byte) error {
				switch {
				case r.sort != sortLetter && (r.sort != sortRow || r.seq < v.floor[r.owner]):
					return nil // over
				case (known && free(at)) != given:
					v.passed++
					return nil
				}
				return v.take(r, value)
			})
		}
		if err == nil {
			err = v.flush()
		}
	}
	if err == nil {
		err = v.number()
	}
	if err == nil {
		w.busy()
		err = f.db.Sync()
	}
	return v.n, err
}

// salvor takes over the rows of a damaged file.
type salvor struct {
	*file
	n   saved
	age time.Duration
	// floor is below which number the rows of a sink are over, last the highest that one
	// had; letter is that of the dead letters.
	floor, last map[string]uint64
	letter      uint64
	// given says that this is about pages that were given up; passed counts the rows that
	// are left for that.
	given  bool
	passed int
	// batch are rows and letters on their way, batched their bytes.
	batch   []taken
	batched int
}

// taken is a row, or a dead letter, that was found.
type taken struct {
	row    row
	letter Letter
}

// survey learns which rows were over, before any is taken.
func (v *salvor) survey(_ int64, r row, value []byte) error {
	if r.sort == sortLetter {
		v.letter = max(v.letter, r.seq)
		return nil
	}
	v.floor[r.owner] = max(v.floor[r.owner], r.floor)
	if r.sort == sortRow {
		v.last[r.owner] = max(v.last[r.owner], r.seq)
	}
	return nil
}

func (v *salvor) take(r row, value []byte) error {
	t := taken{row: r}
	t.row.data = slices.Clone(r.data)
	if r.sort == sortLetter {
		l, err := decodeLetter(value)
		if err != nil {
			return nil
		}
		l.Data = slices.Clone(l.Data)
		t.row.data, t.letter = nil, l
	}
	v.batch = append(v.batch, t)
	if v.batched += len(r.data) + rowOverhead; v.batched < batchBytes {
		return nil
	}
	return v.flush()
}

// flush writes what is on its way.
func (v *salvor) flush() error {
	if len(v.batch) == 0 {
		return nil
	}
	slices.SortFunc(v.batch, func(a, b taken) int {
		return cmp.Or(cmp.Compare(a.row.owner, b.row.owner), cmp.Compare(a.row.seq, b.row.seq))
	})
	err := v.db.Update(func(tx *bbolt.Tx) error {
		for _, t := range v.batch {
			if err := v.put(tx, t); err != nil {
				return err
			}
		}
		return nil
	})
	clear(v.batch)
	v.batch, v.batched = v.batch[:0], 0
	return err
}

// put writes a row or a letter that is not there yet.
func (v *salvor) put(tx *bbolt.Tx, t taken) (err error) {
	b, n, value := tx.Bucket(bucketLetters), &v.n.letters, t.letter.encode
	if t.row.sort == sortRow {
		if b, err = tx.Bucket(bucketRows).CreateBucketIfNotExists([]byte(t.row.owner)); err != nil {
			return err
		}
		t.row.born = v.age
		n, value = &v.n.rows, t.row.encode
	}
	if b.Get(key(t.row.seq)) != nil {
		return nil
	}
	*n++
	if v.given {
		v.n.doubtful++
	}
	b.FillPercent = 0.9
	return b.Put(key(t.row.seq), value())
}

// number lets new rows and letters go on behind those that were found, and counts the
// letters, of which the oldest may be too many.
func (v *salvor) number() error {
	return v.db.Update(func(tx *bbolt.Tx) error {
		for name, last := range v.last {
			b, err := tx.Bucket(bucketRows).CreateBucketIfNotExists([]byte(name))
			if err == nil {
				err = b.SetSequence(max(last, v.floor[name]))
			}
			if err != nil {
				return err
			}
		}
		letters := tx.Bucket(bucketLetters)
		v.dead.tally(letters)
		if err := letters.SetSequence(v.letter); err != nil {
			return err
		}
		return v.dead.thin(letters)
	})
}
