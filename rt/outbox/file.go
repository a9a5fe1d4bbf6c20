package outbox

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
	db   *boltfile.DB
	born time.Duration
	free atomic.Int64
	dead graveyard
	// seen is what waits for each sink that has not begun, since the file was opened.
	seen map[string]found
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
	if b.suspect != nil {
		return b.heal(name, b.suspect)
	}
	f, err := openStore(name, b.h.MoreTime)
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

// openStore opens a file and looks whether it is whole; busy is called now and then, since
// that takes its time.
func openStore(name string, busy func()) (f *file, err error) {
	var db *boltfile.DB
	defer func() {
		if err != nil && db != nil {
			_ = db.Close()
		}
	}()
	owned := boltfile.Free(name)
	var seen map[string]found
	if owned == nil {
		if seen, err = whole(name, busy); err != nil {
			return nil, err
		}
	}
	db, err = boltfile.Open(name, &bbolt.Options{Timeout: lockWait, FreelistType: bbolt.FreelistMapType})
	if err != nil {
		return nil, err
	}
	if owned != nil { // it was let go of meanwhile
		if seen, err = whole(name, busy); err != nil {
			return nil, err
		}
	}
	db.AllocSize = 1 << 20 // it grows by so much, not by 16 MB
	f = &file{name: name, db: db, seen: seen}
	return f, update(db, f.begun)
}

// errSame ends a change that has nothing to write.
var errSame = errors.New("there is nothing to write")

// update makes a change, or nothing where there is none to make: a disk may be full.
func update(db *boltfile.DB, f func(*bbolt.Tx) error) error {
	if err := db.Update(f); err != errSame {
		return err
	}
	return nil
}

// verify looks at a file; a test lets it fail.
var verify = boltfile.Verify

// busyBytes is how much is looked at before that is told.
const busyBytes = 8 << 20

// whole looks at every page and every row of a file before anything else does, and gives
// what waits for each sink. That it is newer says more than that it is not understood.
func whole(name string, busy func()) (map[string]found, error) {
	newer, bad, looked := false, 0, 0
	seen := map[string]found{}
	err := verify(name, func(buckets []string, k, v []byte) error {
		if looked += len(k) + len(v) + rowOverhead; looked > busyBytes {
			looked = 0
			busy()
		}
		switch {
		case len(buckets) == 1 && buckets[0] == string(bucketMeta) && string(k) == string(keyFormat):
			version, err := strconv.Atoi(string(v))
			newer = err == nil && version > format
		case len(buckets) == 2 && buckets[0] == string(bucketRows):
			r, err := decodeRow(v)
			if err != nil || r.owner != buckets[1] || string(key(r.seq)) != string(k) {
				bad++
				return nil
			}
			f := seen[buckets[1]]
			f.rows++
			f.bytes += int64(len(r.data) + rowOverhead)
			f.last = max(f.last, r.seq)
			seen[buckets[1]] = f
		case len(buckets) == 1 && buckets[0] == string(bucketLetters):
			if l, err := decodeLetter(v); err != nil || string(key(l.Number)) != string(k) {
				bad++
			}
		}
		return nil
	})
	switch {
	case newer:
		return nil, errNewer
	case err == nil && bad > 0:
		return nil, fmt.Errorf("%d rows are not as they were written", bad)
	}
	return seen, err
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

func (f *file) close() { _ = f.db.Close() }

func (f *file) room() int64 { return f.free.Load() }

func (f *file) letters(name string) uint64 { return f.dead.of(name) }
