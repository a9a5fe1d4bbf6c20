package outbox

import (
	"encoding/binary"
	"sync"
	"time"

	"go.etcd.io/bbolt"
)

// Limits of the dead letters: beyond them the oldest go.
const (
	mostLetters     = 10_000
	mostLetterBytes = 16 << 20
	letterOverhead  = 128
)

// Letter is a message that its receiver refuses for good.
type Letter struct {
	// Number is its place, Thing the sink that could not deliver it.
	Number uint64
	Thing  string
	// Row is the number that it had as a row of its sink, 0 where that is not known.
	Row uint64
	// Why is what the receiver said, Time when.
	Why  string
	Time time.Time
	// Data is the message, as the sink wrote it; in a list its beginning. Size is how much
	// it is.
	Data []byte
	Size int
}

func (l Letter) encode() []byte {
	b := binary.AppendVarint(nil, l.Time.UnixMilli())
	b = binary.AppendUvarint(b, uint64(len(l.Why)))
	b = append(b, l.Why...)
	return row{sort: sortLetter, owner: l.Thing, seq: l.Number, floor: l.Row, data: append(b, l.Data...)}.encode()
}

// decodeLetter reads one; the data is part of b.
func decodeLetter(b []byte) (l Letter, err error) {
	r, err := decodeRow(b)
	if err != nil || r.sort != sortLetter {
		return l, errRow
	}
	d := reader{b: r.data}
	l = Letter{Number: r.seq, Thing: r.owner, Row: r.floor, Time: time.UnixMilli(d.int())}
	l.Why = d.text()
	if l.Data = d.b; d.short {
		return Letter{}, errRow
	}
	return l, nil
}

// graveyard counts the dead letters of a file.
type graveyard struct {
	mu    sync.Mutex
	n     int
	bytes int64
	by    map[string]uint64
}

func (g *graveyard) add(name string, n int, bytes int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.by == nil {
		g.by = map[string]uint64{}
	}
	g.n += n
	g.bytes += bytes
	g.by[name] += uint64(n)
}

func (g *graveyard) of(name string) uint64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.by[name]
}

func (g *graveyard) crowded() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.n > mostLetters || g.n > 1 && g.bytes > mostLetterBytes
}

// tally counts what is there.
func (g *graveyard) tally(letters *bbolt.Bucket) {
	_ = letters.ForEach(func(_, v []byte) error {
		g.add(nameOf(v), 1, int64(len(v)))
		return nil
	})
}

// forget removes dead letters; those that are gone already are none.
func (g *graveyard) forget(letters *bbolt.Bucket, numbers []uint64) error {
	for _, n := range numbers {
		v := letters.Get(key(n))
		if v == nil {
			continue
		}
		g.add(nameOf(v), -1, -int64(len(v)))
		if err := letters.Delete(key(n)); err != nil {
			return err
		}
	}
	return nil
}

// nameOf is whose a dead letter is; "" for one that is damaged.
func nameOf(v []byte) string {
	l, err := decodeLetter(v)
	if err != nil {
		return ""
	}
	return l.Thing
}

// buried reports whether there is a letter of a row. It would be one of the newest.
func buried(letters *bbolt.Bucket, thing string, seq uint64) bool {
	c := letters.Cursor()
	for k, v := c.Last(); k != nil; k, v = c.Prev() {
		if l, err := decodeLetter(v); err == nil && l.Thing == thing && l.Row == seq {
			return true
		}
	}
	return false
}

// bury adds a dead letter; the oldest make room for it.
func (g *graveyard) bury(letters *bbolt.Bucket, l Letter) (err error) {
	if l.Number, err = letters.NextSequence(); err != nil {
		return err
	}
	value := l.encode()
	if err := letters.Put(key(l.Number), value); err != nil {
		return err
	}
	g.add(l.Thing, 1, int64(len(value)))
	return g.thin(letters)
}

// thin lets the oldest go where there are too many.
func (g *graveyard) thin(letters *bbolt.Bucket) error {
	for g.crowded() {
		k, v := letters.Cursor().First()
		if k == nil {
			return nil
		}
		g.add(nameOf(v), -1, -int64(len(v)))
		if err := letters.Delete(append([]byte(nil), k...)); err != nil {
			return err
		}
	}
	return nil
}
