package outbox

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
)

var damages = flag.Int("damages", 150, "how many damaged files are opened")

// still is a program that does nothing, for what needs a place in one.
func still(t *testing.T, log *bytes.Buffer) *flow.Host {
	t.Helper()
	r := &rig{world: newWorld(t)}
	info := flow.Info{Name: "still", Nodes: []flow.Node{{Name: "sink"}}}
	e := flow.NewEngine(r.clock, info, flow.Output{Log: log, Direct: true}, func(*flow.Engine) flow.Program { return r })
	return e.Hosts[0]
}

// filled writes a file with rows of three sinks, of which the first forty are over, and
// dead letters; live are the rows that wait, encoded.
func filled(t *testing.T, name string) (live map[string]row) {
	t.Helper()
	var log bytes.Buffer
	box := &Box{File: name, h: still(t, &log), clock: flow.NewFakeClock(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC))}
	d, err := box.openFile()
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	live = map[string]row{}
	for _, sink := range []string{"climate", "beat", "häuser"} {
		if _, err := d.begin(sink, ""); err != nil {
			t.Fatal(err)
		}
		s := &Shelf{Box: box, Name: sink}
		floor := uint64(1)
		for from := uint64(1); from <= 120; from += 8 {
			var changes []*change
			for seq := from; seq < from+8; seq++ {
				r := row{sort: sortRow, owner: sink, seq: seq, floor: floor, data: fmt.Appendf(nil, "%s %d %s", sink, seq, strings.Repeat("x", int(seq%97)*int(seq%11)))}
				live[string(r.encode())] = r
				changes = append(changes, &change{op: opPut, shelf: s, seq: seq, value: r.encode()})
				if seq%30 == 0 {
					changes = append(changes, &change{op: opBury, shelf: s, item: &item{data: []byte("dead")}, why: "refused"})
				}
				if seq > 80 && floor <= 40 {
					changes = append(changes, &change{op: opRemove, shelf: s, seq: floor, stored: true, floor: floor + 1})
					floor++
				}
			}
			if err := d.apply(changes, time.Hour); err != nil {
				t.Fatal(err)
			}
		}
		for v, r := range live {
			if r.owner == sink && r.seq < floor {
				delete(live, v)
			}
		}
	}
	return live
}

// spoil damages a file: bytes, blocks, its end, or two pages that change places.
func spoil(data []byte, r *rand.Rand) []byte {
	data = bytes.Clone(data)
	page := func() []byte {
		n := r.IntN(len(data) / 4096)
		return data[4096*n : 4096*(n+1)]
	}
	for range 1 + r.IntN(4) {
		switch r.IntN(7) {
		case 0:
			data[r.IntN(len(data))] ^= byte(1 << r.IntN(8))
		case 1:
			for range 1 + r.IntN(64) {
				data[r.IntN(len(data))] = byte(r.Uint32())
			}
		case 2:
			clear(page())
		case 3:
			p := page()
			for i := range p {
				p[i] = byte(r.Uint32())
			}
		case 4:
			a, b := page(), page()
			keep := bytes.Clone(a)
			copy(a, b)
			copy(b, keep)
		case 5:
			data = data[:max(4096, r.IntN(len(data)))]
		case 6:
			p := page() // the head of a page: what it is, how many entries, what belongs to it
			p[r.IntN(64)] = byte(r.Uint32())
		}
	}
	return data
}

// TestDamagedFiles: whatever happened to a file, the program starts, every row that is
// still there as it was written is delivered, and none that never was.
func TestDamagedFiles(t *testing.T) {
	dir := t.TempDir()
	origin := filepath.Join(dir, "origin.db")
	live := filled(t, origin)
	data, err := os.ReadFile(origin)
	if err != nil {
		t.Fatal(err)
	}
	healed := 0
	for seed := range uint64(*damages) {
		name := filepath.Join(dir, fmt.Sprint(seed), "outbox.db")
		spoiled := spoil(data, rand.New(rand.NewPCG(seed, 9)))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, spoiled, 0o600); err != nil {
			t.Fatal(err)
		}
		if openSpoiled(t, seed, name, spoiled, live) {
			healed++
		}
		_ = os.RemoveAll(filepath.Dir(name))
	}
	t.Logf("%d of %d files were healed, the others were whole where it counts; %d rows came twice, %d of these without a word; %d were told to be doubtful", healed, *damages, doubled, untold, doubtful)
}

func openSpoiled(t *testing.T, seed uint64, name string, spoiled []byte, live map[string]row) (healed bool) {
	var log bytes.Buffer
	box := &Box{File: name, h: still(t, &log), clock: flow.NewFakeClock(time.Now())}
	d, err := box.openFile()
	if err != nil {
		t.Errorf("seed %d: %v", seed, err)
		return false
	}
	defer d.close()
	got := map[string]bool{}
	again := 0 // what tells that they were over is damaged
	for _, sink := range []string{"climate", "beat", "häuser"} {
		found, err := d.begin(sink, "")
		if err != nil {
			t.Errorf("seed %d: %v", seed, err)
			continue
		}
		c := &change{op: opRead, shelf: &Shelf{Name: sink}, most: 1000}
		for n := 0; n < found.rows; n += len(c.rows) + c.gone {
			if err := d.read(c); err != nil || len(c.rows) == 0 {
				t.Errorf("seed %d: %d of %d rows, %v", seed, n, found.rows, err)
				break
			}
			for _, r := range c.rows {
				c.seq = r.seq
				got[string(r.data)] = true
				if r.seq <= 40 {
					delete(got, string(r.data))
					again++
				}
			}
		}
	}
	intact := 0
	for value, r := range live {
		if bytes.Contains(spoiled, []byte(value)) {
			intact++
			if !got[string(r.data)] {
				t.Errorf("seed %d: row %d of %s is whole in the file and is not delivered\n%s", seed, r.seq, r.owner, &log)
				return false
			}
		}
		delete(got, string(r.data))
	}
	for data := range got {
		t.Errorf("seed %d: %q was never written, or confirmed", seed, data)
	}
	healed = log.Len() > 0
	if told := strings.Contains(log.String(), fmt.Sprintf("; %d messages", intact+again)); healed && !told {
		t.Errorf("seed %d: %d rows are whole, and the log says %s", seed, intact, &log)
	}
	if again > 0 && !healed {
		t.Errorf("seed %d: %d rows that were over are back", seed, again)
	}
	doubled += again
	var n int
	if _, rest, ok := strings.Cut(log.String(), "are kept; "); ok {
		_, _ = fmt.Sscan(rest, &n)
	}
	doubtful += n
	if !strings.Contains(log.String(), "some of them may have been sent") {
		untold += max(again-n, 0)
	}
	return healed
}

// doubled counts rows that were over and came back with a damaged file; doubtful those of
// which the log said that they may be, untold those of which it did not.
var doubled, doubtful, untold int
