package outbox

import (
	"encoding/binary"
	"time"

	"go.etcd.io/bbolt"
)

// apply makes changes in one transaction: bbolt has synced it when Update returns.
func (f *file) apply(changes []*change, age time.Duration) error {
	if f.idle(changes) {
		return nil
	}
	err := f.db.Update(func(tx *bbolt.Tx) error {
		for _, c := range changes {
			if err := f.change(tx, c); err != nil {
				return err
			}
		}
		if err := floors(tx, changes); err != nil {
			return err
		}
		return tx.Bucket(bucketMeta).Put(keyAge, binary.AppendVarint(nil, int64(age)))
	})
	if err == nil {
		f.free.Store(int64(f.db.Stats().FreePageN) / 2 * int64(f.db.Info().PageSize))
	}
	return err
}

// floors notes below which number the rows of each sink are over, where that moved: a
// row that is found in a damaged file may be one that left long ago.
func floors(tx *bbolt.Tx, changes []*change) error {
	moved := map[string]uint64{}
	for _, c := range changes {
		if c.op != opPut && c.shelf != nil { // a row tells by itself
			moved[c.shelf.Name] = max(moved[c.shelf.Name], c.floor)
		}
	}
	for name, floor := range moved {
		r := row{sort: sortFloor, owner: name, floor: floor}
		if err := tx.Bucket(bucketMeta).Put([]byte(prefixFloor+name), r.encode()); err != nil {
			return err
		}
		if err := beyond(tx.Bucket(bucketRows).Bucket([]byte(name)), floor); err != nil {
			return err
		}
	}
	return nil
}

// beyond keeps the numbers of new rows from going below a floor: rows that were never
// written have used them, and one found there would be taken for one that is over.
func beyond(rows *bbolt.Bucket, floor uint64) error {
	if floor == 0 || rows.Sequence() >= floor-1 {
		return nil
	}
	return rows.SetSequence(floor - 1)
}

// floorOf is the floor that was noted for a sink, 0 for none.
func floorOf(tx *bbolt.Tx, name string) uint64 {
	r, err := decodeRow(tx.Bucket(bucketMeta).Get([]byte(prefixFloor + name)))
	if err != nil || r.sort != sortFloor || r.owner != name {
		return 0
	}
	return r.floor
}

// change makes one change. It may be tried again after a failure, so that it begins
// with a clean slate.
func (f *file) change(tx *bbolt.Tx, c *change) error {
	if c.op == opForget {
		return f.dead.forget(tx.Bucket(bucketLetters), c.numbers)
	}
	rows := tx.Bucket(bucketRows).Bucket([]byte(c.shelf.Name))
	if c.op != opTrim {
		c.gone = 0
	}
	switch c.op {
	case opPut, opExhume:
		letters := tx.Bucket(bucketLetters)
		if c.op == opExhume && letters.Get(key(c.numbers[0])) == nil && rows.Get(key(c.seq)) == nil {
			c.gone = 1 // somebody else has sent or dropped it
			return nil
		}
		if err := f.dead.forget(letters, c.numbers); err != nil {
			return err
		}
		rows.FillPercent = 0.9 // they come in order
		if c.seq > rows.Sequence() {
			if err := rows.SetSequence(c.seq); err != nil {
				return err
			}
		}
		return rows.Put(key(c.seq), c.value)
	case opRemove:
		return rows.Delete(key(c.seq))
	case opDiscard:
		for _, n := range c.numbers {
			if err := rows.Delete(key(n)); err != nil {
				return err
			}
		}
	case opBury:
		return f.bury(rows, tx.Bucket(bucketLetters), c)
	case opTrim:
		return trim(rows, c)
	}
	return nil
}

// bury makes a row a dead letter. A burial that may have been made before, since only the
// word of it was lost, is not made twice.
func (f *file) bury(rows, letters *bbolt.Bucket, c *change) error {
	data := c.item.data
	var v []byte
	if c.stored {
		v = rows.Get(key(c.seq))
	}
	if (c.again || c.stored && v == nil) && buried(letters, c.shelf.Name, c.seq) {
		return nil
	}
	if v != nil {
		if r, err := decodeRow(v); err == nil {
			data = r.data
		}
		if err := rows.Delete(key(c.seq)); err != nil {
			return err
		}
	}
	if c.stored && v == nil && data == nil {
		c.gone = 1 // with the part of the file that was lost
		return nil
	}
	return f.dead.bury(letters, Letter{Thing: c.shelf.Name, Row: c.seq, Why: c.why, Time: c.shelf.Box.clock.Now(), Data: data})
}

// trim removes the oldest rows behind c.seq. One that may have been made before removes
// those that it did then.
func trim(rows *bbolt.Bucket, c *change) error {
	if c.again && c.last != 0 {
		cursor := rows.Cursor()
		for k, _ := cursor.Seek(key(c.seq + 1)); k != nil && binary.BigEndian.Uint64(k) <= c.last; k, _ = cursor.Seek(key(c.seq + 1)) {
			if err := cursor.Delete(); err != nil {
				return err
			}
		}
		return nil
	}
	c.bytes = 0
	var keys [][]byte
	cursor := rows.Cursor()
	for k, v := cursor.Seek(key(c.seq + 1)); k != nil && len(keys) < c.most; k, v = cursor.Next() {
		if c.older != 0 {
			if r, err := decodeRow(v); err == nil && r.born >= c.older {
				break
			}
		}
		keys = append(keys, append([]byte(nil), k...))
		c.last = binary.BigEndian.Uint64(k)
		c.bytes += int64(rowSize(v))
	}
	for _, k := range keys {
		if err := rows.Delete(k); err != nil {
			return err
		}
	}
	c.gone = len(keys)
	return nil
}

// idle reports whether the changes are none: searches for what is too old that find
// nothing. A card wears by writing.
func (f *file) idle(changes []*change) bool {
	for _, c := range changes {
		if c.op != opTrim || c.older == 0 {
			return false
		}
	}
	idle := true
	err := f.db.View(func(tx *bbolt.Tx) error {
		for _, c := range changes {
			k, v := tx.Bucket(bucketRows).Bucket([]byte(c.shelf.Name)).Cursor().Seek(key(c.seq + 1))
			if r, err := decodeRow(v); k != nil && (err != nil || r.born < c.older) {
				idle = false
			}
		}
		return nil
	})
	return idle && err == nil
}
