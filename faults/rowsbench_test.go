package faults

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"flowc/rt/sqlite/lite"
)

// BenchmarkRows counts rows that are safe on the disk, synchronous = FULL: by a whole
// program, from the MQTT message to its acknowledgement, and by a loop written by hand
// that commits as many together in the same file system. Run it with
//
//	go test ./faults -run '^$' -bench Rows
func BenchmarkRows(b *testing.B) {
	const perMessage = 500
	b.Run("program", func(b *testing.B) {
		r := &run{t: b, program: build(b, "manyrows.hcl"), patience: 10 * patience}
		d := newRowStore(r)
		w := newWitness(b, nil)
		p := d.start(w)
		d.listens(w, p)
		b.ResetTimer()
		for n := 0; n < b.N; n += perMessage {
			w.Publish("in/batch", `{"items":[`+numbers(n, min(perMessage, b.N-n))+`]}`, 1, false)
		}
		if !w.Wait(r.patience, func() bool { return w.Routed("in/batch") > 0 && w.Unconfirmed("many-in") == 0 }) {
			b.Fatalf("not all is acknowledged:\n%s", p.log)
		}
		b.StopTimer()
		p.terminate(termLimit)
		if l := d.ids("items", p); l.has() != b.N {
			b.Fatalf("%d rows of %d", l.has(), b.N)
		}
	})
	for _, together := range []int{1, 256} {
		b.Run(fmt.Sprintf("by hand, %d together", together), func(b *testing.B) { byHand(b, together) })
	}
}

// numbers is 7,8,9.
func numbers(from, count int) string {
	var s strings.Builder
	for n := range count {
		if n > 0 {
			s.WriteByte(',')
		}
		fmt.Fprint(&s, from+n)
	}
	return s.String()
}

func byHand(b *testing.B, together int) {
	c, err := lite.Open(filepath.Join(b.TempDir(), "rows.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	exec := func(sql string) {
		if err := c.Exec(sql); err != nil {
			b.Fatal(err)
		}
	}
	exec("PRAGMA journal_mode = WAL")
	exec("PRAGMA synchronous = FULL")
	exec("CREATE TABLE items (at INTEGER, id INTEGER, temp REAL) STRICT")
	s, err := c.Prepare("INSERT INTO items (at, id, temp) VALUES (?1, ?2, ?3)")
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	b.ResetTimer()
	for n := 0; n < b.N; n += together {
		exec("BEGIN IMMEDIATE")
		for i := range min(together, b.N-n) {
			s.BindInt(1, time.Now().UnixMilli())
			s.BindInt(2, int64(n+i))
			s.BindFloat(3, 20.5)
			if _, err := s.Step(); err != nil {
				b.Fatal(err)
			}
			s.Reset()
		}
		exec("COMMIT")
	}
}
