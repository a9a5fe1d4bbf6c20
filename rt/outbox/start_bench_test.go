package outbox

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"flowc/rt/flow"
)

// BenchmarkStart opens a full store of the standard size: what is looked at before a
// program is ready. Heal is the same of one that is damaged.
func BenchmarkStart(b *testing.B) {
	const most = defaultRows
	name := filepath.Join(b.TempDir(), "outbox.db")
	box := &Box{File: name, h: benchHost(b), clock: flow.SystemClock()}
	d, err := box.openFile()
	if err != nil {
		b.Fatal(err)
	}
	if _, err := d.begin("sink", ""); err != nil {
		b.Fatal(err)
	}
	d.(*file).db.NoSync = true
	for seq := uint64(1); seq <= most; {
		var changes []*change
		for range 10_000 {
			r := row{sort: sortRow, owner: "sink", seq: seq, floor: 1, data: bytes.Repeat([]byte("x"), defaultSize/most-rowOverhead)}
			changes = append(changes, &change{op: opPut, shelf: &Shelf{Box: box, Name: "sink"}, seq: seq, value: r.encode()})
			seq++
		}
		if err := d.apply(changes, 0); err != nil {
			b.Fatal(err)
		}
	}
	d.close()
	start := func(b *testing.B) {
		d, err := box.openFile()
		if err != nil {
			b.Fatal(err)
		}
		defer d.close()
		if found, err := d.begin("sink", ""); err != nil || found.rows != most {
			b.Fatalf("%+v, %v", found, err)
		}
	}
	info, err := os.Stat(name)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("whole", func(b *testing.B) {
		b.SetBytes(info.Size())
		for range b.N {
			start(b)
		}
	})
	b.Run("heal", func(b *testing.B) {
		b.SetBytes(info.Size())
		for range b.N {
			b.StopTimer()
			spoilStart(b, name)
			b.StartTimer()
			start(b)
		}
	})
}

func benchHost(b *testing.B) *flow.Host {
	info := flow.Info{Name: "bench", Nodes: []flow.Node{{Name: "sink"}}}
	e := flow.NewEngine(flow.NewFakeClock(time.Unix(0, 0)), info, flow.Output{Log: &bytes.Buffer{}, Direct: true}, func(*flow.Engine) flow.Program {
		return &rig{world: &world{}}
	})
	return e.Hosts[0]
}
