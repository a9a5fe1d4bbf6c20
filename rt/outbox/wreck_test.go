package outbox

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
)

// Rows are found wherever they lie: across the ends of windows, longer than one, behind
// what says that it is long and is none, and beside sectors that cannot be read.
func TestScan(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 11))
		var data []byte
		want := map[string]int64{}
		for n := range 30 {
			noise := make([]byte, r.IntN(3000))
			for i := range noise {
				noise[i] = byte(r.Uint32())
			}
			data = append(data, noise...)
			if r.IntN(3) == 0 { // the head of a row that is gone
				data = append(data, magic...)
				data = binary.BigEndian.AppendUint32(data, uint32(r.IntN(4<<20)))
				data = append(data, "sum."...)
			}
			size := r.IntN(200_000)
			if n%10 == 9 {
				size = windowSize + r.IntN(windowSize)
			}
			v := row{sort: sortRow, owner: "sink", seq: uint64(n + 1), data: bytes.Repeat([]byte{byte(n)}, size)}.encode()
			want[string(v)] = int64(len(data))
			data = append(data, v...)
		}
		var f io.ReaderAt = bytes.NewReader(data)
		bad := int64(-1)
		if seed%2 == 1 {
			bad = r.Int64N(int64(len(data)))
			f = spoiltReader{data, bad}
		}
		w := &wreck{f: f, size: int64(len(data)), busy: func() {}}
		err := w.scan(func(at int64, _ row, value []byte) error {
			if place, ok := want[string(value)]; !ok || place != at {
				t.Errorf("seed %d: a row of %d bytes at %d, known %t", seed, len(value), at, ok)
			}
			delete(want, string(value))
			return nil
		})
		if err != nil || len(want) > 1 || len(want) == 1 && bad < 0 {
			t.Errorf("seed %d: %d rows are not found, %v", seed, len(want), err)
		}
	}
}

// So it is of one that begins at the very end of a window.
func TestScanAtTheEndOfAWindow(t *testing.T) {
	v := row{sort: sortRow, owner: "sink", seq: 1, data: []byte("data")}.encode()
	for at := windowSize - len(v) - 2; at < windowSize+3; at++ {
		data := append(make([]byte, at), v...)
		data = append(data, make([]byte, 100)...)
		n := 0
		w := &wreck{f: bytes.NewReader(data), size: int64(len(data)), busy: func() {}}
		if err := w.scan(func(int64, row, []byte) error { n++; return nil }); err != nil || n != 1 {
			t.Errorf("at %d: %d rows, %v", at, n, err)
		}
	}
}

// New dead letters come behind those that were saved.
func TestLettersAfterHealing(t *testing.T) {
	name := filepath.Join(t.TempDir(), "outbox.db")
	var log bytes.Buffer
	for round := range 2 {
		box, d, err := openBox(t, name, &log)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.begin("sink", ""); err != nil {
			t.Fatal(err)
		}
		for n := range 5 {
			c := &change{op: opBury, shelf: &Shelf{Box: box, Name: "sink"}, seq: uint64(10*round + n), item: &item{data: []byte("x")}}
			if err := d.apply([]*change{c}, 0); err != nil {
				t.Fatal(err)
			}
		}
		list, err := d.list(nil)
		if err != nil || len(list) != 5*(round+1) || list[len(list)-1].Number != uint64(len(list)) || d.letters("sink") != uint64(len(list)) {
			t.Errorf("start %d: %+v, %v", round, list, err)
		}
		d.close()
		spoilStart(t, name)
	}
}

// spoiltReader has a sector that cannot be read.
type spoiltReader struct {
	data []byte
	bad  int64
}

func (s spoiltReader) ReadAt(b []byte, at int64) (int, error) {
	if sector := s.bad / sectorSize * sectorSize; at < sector+sectorSize && sector < at+int64(len(b)) {
		return 0, &os.PathError{Op: "read", Path: "file", Err: syscall.EIO}
	}
	return bytes.NewReader(s.data).ReadAt(b, at)
}

// Without its first pages, which say where everything is, a file gives back every row,
// wherever it begins now; of one that is cut off behind them there is nothing left.
func TestWithoutTheFirstPages(t *testing.T) {
	dir := t.TempDir()
	origin := filepath.Join(dir, "origin.db")
	live := filled(t, origin)
	data, err := os.ReadFile(origin)
	if err != nil {
		t.Fatal(err)
	}
	page := os.Getpagesize()
	for name, spoiled := range map[string][]byte{
		"cleared":                 append(make([]byte, 2*page), data[2*page:]...),
		"gone":                    data[2*page:],
		"gone with half a sector": data[2*page-300:],
	} {
		file := filepath.Join(dir, name, "outbox.db")
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, spoiled, 0o600); err != nil {
			t.Fatal(err)
		}
		if !openSpoiled(t, 0, file, spoiled, live) {
			t.Errorf("%s: not told", name)
		}
		for value, r := range live {
			if !bytes.Contains(spoiled, []byte(value)) {
				t.Errorf("%s: row %d of %s was on these pages", name, r.seq, r.owner)
			}
		}
	}
}

// A large file is healed with little memory.
func TestHealingTakesLittleMemory(t *testing.T) {
	const n, size = 20_000, 2000 // 40 MB
	name := filepath.Join(t.TempDir(), "outbox.db")
	var log bytes.Buffer
	box, d, err := openBox(t, name, &log)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.begin("sink", ""); err != nil {
		t.Fatal(err)
	}
	d.(*file).db.NoSync = true
	for seq := uint64(1); seq <= n; {
		var changes []*change
		for range 1000 {
			r := row{sort: sortRow, owner: "sink", seq: seq, floor: 1, data: bytes.Repeat([]byte("x"), size)}
			changes = append(changes, &change{op: opPut, shelf: &Shelf{Box: box, Name: "sink"}, seq: seq, value: r.encode()})
			seq++
		}
		if err := d.apply(changes, 0); err != nil {
			t.Fatal(err)
		}
	}
	d.close()

	// Who waits for the start is told that it goes on, all the time.
	busy := 0
	if f, err := openStore(name, func() { busy++ }); err != nil || busy < n*size/busyBytes-1 {
		t.Errorf("opened: told %d times, %v", busy, err)
	} else {
		f.close()
	}
	spoilStart(t, name)
	old, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	busy = 0
	w, err := wreckOf(old, func() { busy++ })
	if err != nil || w.copyTo(io.Discard) != nil || w.scan(func(int64, row, []byte) error { return nil }) != nil || busy < 2*n*size/windowSize-2 {
		t.Errorf("healed: told %d times, %v", busy, err)
	}

	defer func(o func(*os.File) io.ReaderAt) { openWreck = o }(openWreck)
	m := &heapMeter{}
	openWreck = func(f *os.File) io.ReaderAt { m.f = f; return m }
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	rows, told := waiting(t, name)
	grown := int64(m.most) - int64(before.HeapAlloc)
	t.Logf("%d rows of %d, %.1f MB of heap", rows, n, float64(grown)/1e6)
	if rows != n || !told || grown > 12<<20 {
		t.Errorf("%d rows, told %t, %d bytes", rows, told, grown)
	}
}

// heapMeter reads a file and looks how much memory is in use meanwhile.
type heapMeter struct {
	f    *os.File
	most uint64
}

func (m *heapMeter) ReadAt(b []byte, at int64) (int, error) {
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	m.most = max(m.most, now.HeapAlloc)
	return m.f.ReadAt(b, at)
}

// Rows that left their file one by one, while an older one still waited, come again when it
// is damaged; the log says how many may have.
func TestDoubtfulRowsAreTold(t *testing.T) {
	const n, gone = 200, 60
	name := filepath.Join(t.TempDir(), "outbox.db")
	storedFile(t, name, n)
	var log bytes.Buffer
	box, d, err := openBox(t, name, &log)
	if err != nil {
		t.Fatal(err)
	}
	s := &Shelf{Box: box, Name: "sink"}
	var changes []*change
	for seq := uint64(2); seq < 2+gone; seq++ {
		changes = append(changes, &change{op: opRemove, shelf: s, seq: seq, floor: 1})
	}
	if err := d.apply(changes, 0); err != nil {
		t.Fatal(err)
	}
	d.close()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	last := row{sort: sortRow, owner: "sink", seq: n}.encode()[rowHead:]
	at := bytes.LastIndex(data, last[:7])
	data[at] ^= 0x40
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	_, d, err = openBox(t, name, &log)
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	found, err := d.begin("sink", "")
	var rows, doubtful int
	_, text, _ := strings.Cut(log.String(), ".damaged; ")
	_, _ = fmt.Sscanf(text, "%d messages and 0 dead letters could be read and are kept; %d of them may have been sent or dropped before", &rows, &doubtful)
	if err != nil || found.rows != rows || rows-doubtful > n-gone || doubtful == 0 || rows < n-gone-1 {
		t.Errorf("%+v, %v, %d told, %d of them doubtful\n%s", found, err, rows, doubtful, &log)
	}
}
