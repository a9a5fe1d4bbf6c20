package outbox

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"flowc/rt/boltfile"
)

// The buckets of a file: what is known of it, and one bucket in rows for each sink.
var (
	bucketMeta    = []byte("outbox")
	bucketRows    = []byte("rows")
	bucketLetters = []byte("letters")
	keyFormat     = []byte("format")
	keyAge        = []byte("age")
	prefixFloor   = "floor "
)

// format is the version of all this. A store of a later one is refused.
const format = 1

// lockWait is how long another program may take to let go of the file.
const lockWait = time.Second

// errNewer is a file of a later version.
var errNewer = errors.New("was written by a newer version of this program: start that, or move the file away if what waits in it may be lost")

// file is a store on disk.
type file struct {
	name string
	db   *bbolt.DB
	born time.Duration
	free atomic.Int64
	dead graveyard
}

// openFile opens the store. A damaged one, or one with sectors that cannot be read, is
// moved aside, and what can be read of it goes into a new one; a newer one is refused.
func (b *Box) openFile() (disk, error) {
	name := place(b.File)
	if dir := filepath.Dir(name); dir != "." {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("buffer: %w", err)
		}
	}
	f, err := openStore(name)
	switch {
	case err == nil:
		return f, nil
	case errors.Is(err, errNewer):
		return nil, fmt.Errorf("buffer: %s %w", name, err)
	case errors.Is(err, berrors.ErrTimeout):
		return nil, fmt.Errorf("buffer: %s belongs to another program that is running", name)
	case errors.Is(err, os.ErrPermission), noRoom(err), errors.Is(err, syscall.EROFS):
		return nil, fmt.Errorf("buffer: %w", err)
	}
	return b.heal(name, err)
}

// openStore opens a file and looks whether it is whole; the database may panic on one
// that is not, or on a file that was cut off.
func openStore(name string) (f *file, err error) {
	var db *bbolt.DB
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if v := recover(); v != nil {
			f, err = nil, fmt.Errorf("%v", v)
		}
		if err != nil && db != nil {
			closeDamaged(db)
		}
	}()
	owned := boltfile.Free(name)
	if owned == nil {
		if err := whole(name); err != nil {
			return nil, err
		}
	}
	db, err = bbolt.Open(name, 0o600, &bbolt.Options{Timeout: lockWait, FreelistType: bbolt.FreelistMapType})
	if err != nil {
		return nil, err
	}
	if owned != nil { // it was let go of meanwhile
		if err := whole(name); err != nil {
			return nil, err
		}
	}
	db.AllocSize = 1 << 20 // it grows by so much, not by 16 MB
	f = &file{name: name, db: db}
	return f, update(db, f.begun)
}

// errSame ends a change that has nothing to write.
var errSame = errors.New("there is nothing to write")

// update makes a change, or nothing where there is none to make: a disk may be full.
func update(db *bbolt.DB, f func(*bbolt.Tx) error) error {
	if err := db.Update(f); err != errSame {
		return err
	}
	return nil
}

// closeDamaged lets go of a file; what it says to that does not matter any more.
func closeDamaged(db *bbolt.DB) {
	defer func() { _ = recover() }()
	_ = db.Close()
}

// verify looks at a file; a test lets it fail.
var verify = boltfile.Verify

// whole looks at every page and every row of a file before anything else does. That it
// is newer says more than that it is not understood.
func whole(name string) error {
	newer, bad := false, 0
	err := verify(name, func(buckets []string, k, v []byte) error {
		switch {
		case len(buckets) == 1 && buckets[0] == string(bucketMeta) && string(k) == string(keyFormat):
			version, err := strconv.Atoi(string(v))
			newer = err == nil && version > format
		case len(buckets) == 2 && buckets[0] == string(bucketRows):
			if r, err := decodeRow(v); err != nil || r.owner != buckets[1] || string(key(r.seq)) != string(k) {
				bad++
			}
		case len(buckets) == 1 && buckets[0] == string(bucketLetters):
			if l, err := decodeLetter(v); err != nil || string(key(l.Number)) != string(k) {
				bad++
			}
		}
		return nil
	})
	switch {
	case newer:
		return errNewer
	case err == nil && bad > 0:
		return fmt.Errorf("%d rows are not as they were written", bad)
	}
	return err
}

func (f *file) begun(tx *bbolt.Tx) error {
	known := tx.Bucket(bucketMeta) != nil && tx.Bucket(bucketRows) != nil && tx.Bucket(bucketLetters) != nil &&
		tx.Bucket(bucketMeta).Get(keyFormat) != nil
	meta, err := tx.CreateBucketIfNotExists(bucketMeta)
	if err == nil && meta.Get(keyFormat) == nil {
		err = meta.Put(keyFormat, []byte(strconv.Itoa(format)))
	}
	if err == nil {
		age, _ := binary.Varint(meta.Get(keyAge))
		f.born = time.Duration(max(age, 0))
		_, err = tx.CreateBucketIfNotExists(bucketRows)
	}
	if err == nil {
		var letters *bbolt.Bucket
		if letters, err = tx.CreateBucketIfNotExists(bucketLetters); err == nil {
			f.dead.tally(letters)
		}
	}
	if err == nil && known {
		return errSame
	}
	return err
}

func (f *file) age() time.Duration { return f.born }

func (f *file) close() { closeDamaged(f.db) }

func (f *file) room() int64 { return f.free.Load() }

func (f *file) letters(name string) uint64 { return f.dead.of(name) }

func (f *file) list() (list []Letter, err error) {
	err = f.db.View(func(tx *bbolt.Tx) error {
		return tx.Bucket(bucketLetters).ForEach(func(_, v []byte) error {
			if l, err := decodeLetter(v); err == nil {
				l.Data = append([]byte(nil), l.Data...)
				list = append(list, l)
			}
			return nil
		})
	})
	return list, err
}

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
		out.last = max(rows.Sequence(), max(floor, 1)-1) // an older version raised the floor alone
		err := rows.ForEach(func(k, v []byte) error {
			out.rows++
			out.bytes += int64(rowSize(v))
			if len(k) == 8 {
				out.last = max(out.last, binary.BigEndian.Uint64(k))
			}
			return nil
		})
		if err == nil && same {
			return errSame
		}
		return err
	})
	return out, err
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
func (f *file) names() map[string]int {
	list := map[string]int{}
	_ = f.db.View(func(tx *bbolt.Tx) error {
		return tx.Bucket(bucketRows).ForEachBucket(func(name []byte) error {
			if n := tx.Bucket(bucketRows).Bucket(name).Stats().KeyN; n > 0 {
				list[string(name)] = n
			}
			return nil
		})
	})
	return list
}

// apply makes changes in one transaction: bbolt has synced it when Update returns.
func (f *file) apply(changes []*change, age time.Duration) error {
	if f.idle(changes) {
		return nil
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	err := f.db.Update(func(tx *bbolt.Tx) (err error) {
		defer func() {
			if v := recover(); v != nil {
				err = fmt.Errorf("%v", v)
			}
		}()
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
	switch c.op {
	case opPut, opExhume:
		if err := f.dead.forget(tx.Bucket(bucketLetters), c.numbers); err != nil {
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
	case opBury:
		data := c.item.data
		if c.stored {
			v := rows.Get(key(c.seq))
			if v == nil {
				return nil // it was made, and only the word of that was lost
			}
			if r, err := decodeRow(v); err == nil {
				data = r.data
			}
			if err := rows.Delete(key(c.seq)); err != nil {
				return err
			}
		}
		return f.dead.bury(tx.Bucket(bucketLetters), Letter{Thing: c.shelf.Name, Why: c.why, Time: c.shelf.Box.clock.Now(), Data: data})
	case opTrim:
		return trim(rows, c)
	}
	return nil
}

// trim removes the oldest rows behind c.seq.
func trim(rows *bbolt.Bucket, c *change) error {
	c.gone, c.bytes = 0, 0
	var keys [][]byte
	cursor := rows.Cursor()
	for k, v := cursor.Seek(key(c.seq + 1)); k != nil && len(keys) < c.most; k, v = cursor.Next() {
		if c.older != 0 {
			if r, err := decodeRow(v); err == nil && r.born >= c.older {
				break
			}
		}
		keys = append(keys, append([]byte(nil), k...))
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

// read reads the rows behind c.seq. Those that are damaged are counted.
func (f *file) read(c *change) error {
	c.rows, c.gone, c.bytes, c.last = nil, 0, 0, 0
	return f.db.View(func(tx *bbolt.Tx) error {
		cursor := tx.Bucket(bucketRows).Bucket([]byte(c.shelf.Name)).Cursor()
		size := 0
		for k, v := cursor.Seek(key(c.seq + 1)); k != nil && len(c.rows)+c.gone < c.most && size < readBytes; k, v = cursor.Next() {
			c.last = binary.BigEndian.Uint64(k)
			r, err := decodeRow(v)
			if err != nil || r.seq != binary.BigEndian.Uint64(k) || r.owner != c.shelf.Name {
				c.gone++
				c.bytes += int64(len(v))
				continue
			}
			r.data = append([]byte(nil), r.data...)
			size += len(r.data)
			c.rows = append(c.rows, r)
		}
		return nil
	})
}
