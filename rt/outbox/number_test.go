package outbox

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"
)

// Numbers that only rows in memory had are not used again: salvage would take new rows
// with these for some that are over.
func TestNumbersAreUsedOnce(t *testing.T) {
	for name, old := range map[string]bool{"a new file": false, "a file of an older version": true} {
		var log bytes.Buffer
		from := filepath.Join(t.TempDir(), "outbox.db")
		box, d, err := openBox(t, from, &log)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.begin("sink", ""); err != nil {
			t.Fatal(err)
		}
		s := &Shelf{Box: box, Name: "sink"}
		if err := d.apply([]*change{{op: opBury, shelf: s, seq: 500, floor: 501, item: &item{data: []byte("dead")}}}, 0); err != nil {
			t.Fatal(err)
		}
		if old {
			if err := d.(*file).db.Update(func(tx *bbolt.Tx) error {
				return tx.Bucket(bucketRows).Bucket([]byte("sink")).SetSequence(0)
			}); err != nil {
				t.Fatal(err)
			}
		}
		found, err := d.begin("sink", "")
		if err != nil || found.last != 500 {
			t.Errorf("%s: the last number is %d, %v", name, found.last, err)
		}
		var puts []*change
		for seq := found.last + 1; seq <= found.last+10; seq++ {
			r := row{sort: sortRow, owner: "sink", seq: seq, floor: found.last + 1, data: []byte("x")}
			puts = append(puts, &change{op: opPut, shelf: s, seq: seq, value: r.encode()})
		}
		if err := d.apply(puts, 0); err != nil {
			t.Fatal(err)
		}
		d.close()
		_, fresh, err := openBox(t, filepath.Join(t.TempDir(), "new.db"), &log)
		if err != nil {
			t.Fatal(err)
		}
		old, err := os.Open(from)
		if err != nil {
			t.Fatal(err)
		}
		defer old.Close()
		w, err := wreckOf(old, func() {})
		if err != nil {
			t.Fatal(err)
		}
		_, err = fresh.(*file).salvage(w, 0)
		if names, e := fresh.names(); err != nil || e != nil || names["sink"] != 10 {
			t.Errorf("%s: %v of 10 are salvaged, %v, %v", name, names, err, e)
		}
		fresh.close()
	}
}

// Nor are they when a sink gets back a name that it had before.
func TestARenamedSinkKeepsToItsFloor(t *testing.T) {
	var log bytes.Buffer
	box, d, err := openBox(t, filepath.Join(t.TempDir(), "outbox.db"), &log)
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	for _, c := range []struct{ name, was string }{{"a", ""}, {"b", "a"}} {
		if _, err := d.begin(c.name, c.was); err != nil {
			t.Fatal(err)
		}
		if c.name == "a" {
			if err := d.apply([]*change{{op: opBury, shelf: &Shelf{Box: box, Name: "a"}, seq: 500, floor: 501, item: &item{}}}, 0); err != nil {
				t.Fatal(err)
			}
			continue
		}
		r := row{sort: sortRow, owner: "b", seq: 501, data: []byte("x")}
		if err := d.apply([]*change{{op: opPut, shelf: &Shelf{Box: box, Name: "b"}, seq: 501, value: r.encode()}}, 0); err != nil {
			t.Fatal(err)
		}
	}
	if found, err := d.begin("a", "b"); err != nil || found.rows != 1 || found.last < 501 {
		t.Errorf("%+v, %v", found, err)
	}
	c := &change{op: opRead, shelf: &Shelf{Name: "a"}, most: 10}
	if err := d.read(c); err != nil || len(c.rows) != 1 || c.rows[0].seq < 501 {
		t.Errorf("%+v, %v", c.rows, err)
	}
}
