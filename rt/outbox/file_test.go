package outbox

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"flowc/rt/flow"
)

func openBox(t *testing.T, name string, log *bytes.Buffer) (*Box, disk, error) {
	t.Helper()
	box := &Box{File: name, h: still(t, log), clock: flow.NewFakeClock(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC))}
	d, err := box.openFile()
	return box, d, err
}

func TestAnOutboxHasOneOwner(t *testing.T) {
	var log bytes.Buffer
	name := filepath.Join(t.TempDir(), "outbox.db")
	_, d, err := openBox(t, name, &log)
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	if _, _, err := openBox(t, name, &log); err == nil || !strings.Contains(err.Error(), "belongs to another program that is running") {
		t.Errorf("a second owner: %v", err)
	}
}

// A newer file is refused and stays as it is.
func TestANewerOutboxIsRefused(t *testing.T) {
	var log bytes.Buffer
	name := filepath.Join(t.TempDir(), "outbox.db")
	_, d, err := openBox(t, name, &log)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.(*file).db.Update(func(tx *bbolt.Tx) error { return tx.Bucket(bucketMeta).Put(keyFormat, []byte("2")) }); err != nil {
		t.Fatal(err)
	}
	d.close()
	if _, _, err := openBox(t, name, &log); err == nil || !strings.Contains(err.Error(), "was written by a newer version of this program") {
		t.Errorf("a newer file: %v", err)
	}
	if more, _ := filepath.Glob(name + ".*"); len(more) > 0 || log.Len() > 0 {
		t.Errorf("it was moved: %v\n%s", more, &log)
	}
}

// A sink that was renamed sends what waits under its former name, before its own.
func TestARenamedSinkFindsItsRows(t *testing.T) {
	var log bytes.Buffer
	name := filepath.Join(t.TempDir(), "outbox.db")
	box, d, err := openBox(t, name, &log)
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	if _, err := d.begin("old", ""); err != nil {
		t.Fatal(err)
	}
	s := &Shelf{Box: box, Name: "old"}
	var changes []*change
	for seq := uint64(7); seq < 10; seq++ {
		r := row{sort: sortRow, owner: "old", seq: seq, born: time.Minute, data: []byte{byte(seq)}}
		changes = append(changes, &change{op: opPut, shelf: s, seq: seq, value: r.encode()})
	}
	if err := d.apply(changes, time.Hour); err != nil {
		t.Fatal(err)
	}
	if names, err := d.names(); err != nil || names["old"] != 3 {
		t.Errorf("wait: %v, %v", names, err)
	}
	found, err := d.begin("new", "old")
	if err != nil || found.rows != 3 {
		t.Fatalf("%+v, %v", found, err)
	}
	c := &change{op: opRead, shelf: &Shelf{Name: "new"}, most: 10}
	if err := d.read(c); err != nil || len(c.rows) != 3 || c.rows[0].data[0] != 7 || c.rows[2].data[0] != 9 || c.rows[0].born != time.Minute {
		t.Errorf("%+v, %v", c.rows, err)
	}
	if names, err := d.names(); err != nil || len(names) != 1 {
		t.Errorf("rows wait for %v, %v", names, err)
	}
}

// So does one that has rows of its own already, in a file that was opened anew.
func TestARenamedSinkWithRowsOfItsOwn(t *testing.T) {
	var log bytes.Buffer
	name := filepath.Join(t.TempDir(), "outbox.db")
	box, d, err := openBox(t, name, &log)
	if err != nil {
		t.Fatal(err)
	}
	for n, sink := range []string{"old", "new"} {
		if _, err := d.begin(sink, ""); err != nil {
			t.Fatal(err)
		}
		r := row{sort: sortRow, owner: sink, seq: uint64(n + 1), data: []byte("x")}
		if err := d.apply([]*change{{op: opPut, shelf: &Shelf{Box: box, Name: sink}, seq: r.seq, value: r.encode()}}, 0); err != nil {
			t.Fatal(err)
		}
	}
	d.close()
	if _, d, err = openBox(t, name, &log); err != nil {
		t.Fatal(err)
	}
	defer d.close()
	if found, err := d.begin("new", "old"); err != nil || found.rows != 2 || found.bytes != 2*(1+rowOverhead) || found.last != 3 {
		t.Errorf("%+v, %v", found, err)
	}
}

// Dead letters have a limit: the oldest make room, and all are counted.
func TestDeadLettersHaveALimit(t *testing.T) {
	var log bytes.Buffer
	box, d, err := openBox(t, filepath.Join(t.TempDir(), "outbox.db"), &log)
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	if _, err := d.begin("sink", ""); err != nil {
		t.Fatal(err)
	}
	var changes []*change
	for range mostLetters + 5 {
		changes = append(changes, &change{op: opBury, shelf: &Shelf{Box: box, Name: "sink"}, item: &item{data: []byte("x")}, why: "refused"})
	}
	if err := d.apply(changes, 0); err != nil {
		t.Fatal(err)
	}
	if n := d.letters("sink"); n != mostLetters {
		t.Errorf("%d dead letters", n)
	}
	big := bytes.Repeat([]byte("x"), mostLetterBytes/2)
	changes = nil
	for range 3 {
		changes = append(changes, &change{op: opBury, shelf: &Shelf{Box: box, Name: "sink"}, item: &item{data: big}, why: "refused"})
	}
	if err := d.apply(changes, 0); err != nil {
		t.Fatal(err)
	}
	if n := d.letters("sink"); n != 1 {
		t.Errorf("%d large dead letters", n)
	}
}

// rows are so many of a size, overhead included; disk is what lang/rate says that they
// need.
type rows struct{ n, size int }

func (r rows) disk() float64 {
	each := 4096 / math.Floor(4080*0.9/float64(r.size))
	if r.size > 2040 {
		each = 4096 * math.Ceil(float64(r.size)/4080)
	}
	return float64(r.n)*each + 1<<20
}

// The compiler tells how much of the disk a buffer can need. It holds when rows come and
// go, too; a file grows by a megabyte at a time.
func TestTheFileIsNotLarger(t *testing.T) {
	for _, size := range []int{20, 200, 1200, 2000, 5000} {
		var log bytes.Buffer
		name := filepath.Join(t.TempDir(), "outbox.db")
		box, d, err := openBox(t, name, &log)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.begin("climate", ""); err != nil {
			t.Fatal(err)
		}
		s := &Shelf{Box: box, Name: "climate"}
		const most = 4000
		for seq := uint64(1); seq <= 2*most; {
			var changes []*change
			for range groupRows {
				r := row{sort: sortRow, owner: "climate", seq: seq, data: make([]byte, size)}
				changes = append(changes, &change{op: opPut, shelf: s, seq: seq, value: r.encode()})
				if seq > most {
					changes = append(changes, &change{op: opRemove, shelf: s, seq: seq - most})
				}
				seq++
			}
			if err := d.apply(changes, 0); err != nil {
				t.Fatal(err)
			}
		}
		d.close()
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		w := rows{most, size + rowOverhead}
		t.Logf("%d rows of %d bytes: %d bytes, told %.0f", most, size, info.Size(), w.disk())
		if float64(info.Size()) > w.disk()+1<<20 {
			t.Errorf("%d rows of %d bytes take %d bytes, the compiler tells of %.0f", most, size, info.Size(), w.disk())
		}
	}
}
