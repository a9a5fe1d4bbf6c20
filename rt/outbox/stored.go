package outbox

import (
	"encoding/binary"

	"go.etcd.io/bbolt"
)

// key is the place of a row: rows lie in the order of their numbers.
func key(seq uint64) []byte { return binary.BigEndian.AppendUint64(nil, seq) }

// begin finds the rows of a sink, and gives them the name that it has now.
func (f *file) begin(name, was string) (out found, err error) {
	err = update(f.db, func(tx *bbolt.Tx) error {
		all := tx.Bucket(bucketRows)
		old := all.Bucket([]byte(was))
		rows := all.Bucket([]byte(name))
		same := rows != nil
		floor := floorOf(tx, name)
		if rows == nil {
			if rows, err = all.CreateBucket([]byte(name)); err != nil {
				return err
			}
		}
		if was != "" && was != name && old != nil {
			same = false
			if err := beyond(rows, floor); err != nil {
				return err
			}
			if err := adopt(rows, old, name); err != nil {
				return err
			}
			if err := all.DeleteBucket([]byte(was)); err != nil {
				return err
			}
		}
		out, err = f.waiting(rows, name, same)
		out.last = max(out.last, rows.Sequence(), max(floor, 1)-1) // an older version raised the floor alone
		if err == nil && same {
			return errSame
		}
		return err
	})
	delete(f.seen, name)
	return out, err
}

// waiting is what waits for a sink. Where nothing has changed since the file was opened,
// that was seen then, and needs no second look: on a card it takes seconds.
func (f *file) waiting(rows *bbolt.Bucket, name string, same bool) (out found, err error) {
	if out, ok := f.seen[name]; ok && same {
		return out, nil
	}
	return out, rows.ForEach(func(k, v []byte) error {
		out.rows++
		out.bytes += int64(rowSize(v))
		if len(k) == 8 {
			out.last = max(out.last, binary.BigEndian.Uint64(k))
		}
		return nil
	})
}

// adopt puts the rows of a sink that was renamed behind those of the new name.
func adopt(to, from *bbolt.Bucket, name string) error {
	seq := to.Sequence()
	c := from.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		r, err := decodeRow(v)
		if err != nil {
			continue // it is counted nowhere yet
		}
		seq++
		r.seq, r.floor, r.owner = seq, 0, name
		if err := to.Put(key(seq), r.encode()); err != nil {
			return err
		}
	}
	return to.SetSequence(max(seq, from.Sequence()))
}

// rowSize is what a row counts for.
func rowSize(value []byte) int {
	r, err := decodeRow(value)
	if err != nil {
		return len(value)
	}
	return len(r.data) + rowOverhead
}

// names counts what waits, by sink.
func (f *file) names() (map[string]int, error) {
	list := map[string]int{}
	err := f.db.View(func(tx *bbolt.Tx) error {
		return tx.Bucket(bucketRows).ForEachBucket(func(name []byte) error {
			if n := tx.Bucket(bucketRows).Bucket(name).Stats().KeyN; n > 0 {
				list[string(name)] = n
			}
			return nil
		})
	})
	return list, err
}

func (f *file) list(numbers []uint64) (list []Letter, err error) {
	err = f.db.View(func(tx *bbolt.Tx) error {
		list = nil
		letters := tx.Bucket(bucketLetters)
		take := func(_, v []byte) error {
			if l, err := decodeLetter(v); err == nil {
				l.Size = len(l.Data)
				if numbers == nil {
					l.Data = l.Data[:min(len(l.Data), mostShown)]
				}
				l.Data = append([]byte(nil), l.Data...)
				list = append(list, l)
			}
			return nil
		}
		if numbers == nil {
			return letters.ForEach(take)
		}
		for _, n := range numbers {
			_ = take(nil, letters.Get(key(n)))
		}
		return nil
	})
	return list, err
}

// read reads the rows behind c.seq. Those that are damaged are counted.
func (f *file) read(c *change) error {
	c.rows, c.gone, c.bytes, c.last, c.numbers = nil, 0, 0, 0, nil
	return f.db.View(func(tx *bbolt.Tx) error {
		cursor := tx.Bucket(bucketRows).Bucket([]byte(c.shelf.Name)).Cursor()
		size := 0
		for k, v := cursor.Seek(key(c.seq + 1)); k != nil && len(c.rows)+c.gone < c.most && size < readBytes; k, v = cursor.Next() {
			c.last = binary.BigEndian.Uint64(k)
			r, err := decodeRow(v)
			if err != nil || r.seq != binary.BigEndian.Uint64(k) || r.owner != c.shelf.Name {
				c.gone++
				c.bytes += int64(len(v))
				c.numbers = append(c.numbers, c.last)
				continue
			}
			r.data = append([]byte(nil), r.data...)
			size += len(r.data)
			c.rows = append(c.rows, r)
		}
		return nil
	})
}
