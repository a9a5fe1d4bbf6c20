package chance

import (
	"regexp"
	"testing"
	"time"

	"flowc/rt/flow"
)

var form = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

func TestUUIDsHaveTheirFormAndDiffer(t *testing.T) {
	s := New(flow.SystemClock())
	seen := map[string]bool{}
	for range 1000 {
		u := s.UUID()
		if !form.MatchString(u) {
			t.Fatalf("%s is no UUID of version 4", u)
		}
		if seen[u] {
			t.Fatalf("%s was drawn twice", u)
		}
		seen[u] = true
	}
	other := New(flow.SystemClock())
	if seen[other.UUID()] {
		t.Error("two programs drew the same")
	}
}

// What a replay needs: the seed and the order of the draws decide about all bits.
func TestTheSeedDecides(t *testing.T) {
	a, b := New(flow.NewFakeClock(time.Time{})), New(flow.NewFakeClock(time.Time{}))
	for range 10 {
		if x, y := a.UUID(), b.UUID(); x != y {
			t.Fatalf("the same seed gave %s and %s", x, y)
		}
	}
}
