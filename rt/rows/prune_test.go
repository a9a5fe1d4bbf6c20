package rows

import (
	"testing"
	"time"

	"flowc/rt/flow"
)

// aged is a store with some rows that are too old.
func aged(left *int64) *store {
	return &store{attempt: func(batch []*Job) error {
		for _, j := range batch {
			if j.Changed = 1; j.prunes {
				j.Changed = min(*left, portion)
				*left -= j.Changed
			}
		}
		return nil
	}}
}

func (s *store) Oldest(t flow.Table, most int64) string { return "old " + flow.FormatInt(most) }

// TestPortions holds that old rows go in portions, one for each transaction, up to the
// last of them.
func TestPortions(t *testing.T) {
	left := int64(3*portion + 1)
	s := aged(&left)
	l, _, _ := newTestLine(s)
	l.alone = true
	l.Prune(flow.Table{Name: "climate", Age: "at", Keep: time.Hour}, time.Now())
	if got := s.tried(); left != 0 || len(got) != 4 || got[0] != "old 1000" {
		t.Errorf("%d are left after %q", left, got)
	}
	if l.waiting.Load() != 0 || l.bytes.Load() != 0 {
		t.Errorf("%d wait, %d bytes", l.waiting.Load(), l.bytes.Load())
	}
}

// TestPortionsLetBy holds that what comes between two portions waits for one of them only,
// that the end of the program waits for none, and that none follows it.
func TestPortionsLetBy(t *testing.T) {
	left := int64(100 * portion)
	s := aged(&left)
	l, _, _ := newTestLine(s)
	old := &Job{SQL: "old", Writes: true, prunes: true}
	l.old = []*Job{old}
	for range 10 {
		batch := l.batch()
		if l.together(batch); len(batch) != 1 || !l.Idle() {
			t.Fatalf("%d at once; a stop waits: %v", len(batch), !l.Idle())
		}
	}
	added := jobs("a")
	l.waiting.Store(1)
	l.together(l.older(added))
	if got := s.tried(); got[len(got)-1] != "a old" || added[0].Changed != 1 || l.waiting.Load() != 0 {
		t.Errorf("tried %q, %d wait", got, l.waiting.Load())
	}
	before := left
	close(l.stop)
	if batch := l.batch(); len(batch) != 0 || left != before {
		t.Errorf("%d after the end", len(batch))
	}
}
