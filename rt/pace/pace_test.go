package pace

import (
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/unit"
)

func limit(t *testing.T, most unit.Frequency) *Limit {
	t.Helper()
	p, err := New(flow.Opt[unit.Frequency]{V: most, OK: true})
	if err != nil {
		t.Fatal(err)
	}
	return &p
}

// through counts how many of those that come at an even pace for a time pass.
func through(p *Limit, every, until time.Duration) (n int) {
	for now := time.Duration(0); now < until; now += every {
		if p.Wait(now) == 0 {
			p.Pass(now)
			n++
		}
	}
	return n
}

func TestLimit(t *testing.T) {
	for _, c := range []struct {
		most         unit.Frequency
		every, until time.Duration
		want         int
	}{
		{5, time.Millisecond, 10 * time.Second, 54},       // five at once, then five a second
		{5, 200 * time.Millisecond, 10 * time.Second, 50}, // just as often as it may
		{1.0 / 60, time.Second, time.Hour, 61},            // two at once, then one a minute
		{200, time.Millisecond, 10 * time.Second, 2199},
	} {
		if got := through(limit(t, c.most), c.every, c.until); got != c.want {
			t.Errorf("max_rate %g, one every %v: %d passed, want %d", float64(c.most), c.every, got, c.want)
		}
	}
}

// What comes as often as it may, but unevenly, all passes.
func TestLimitBearsUnevenness(t *testing.T) {
	p := limit(t, 1)
	for i := range 1000 {
		now := time.Duration(i) * time.Second
		if i%2 == 1 {
			now -= 900 * time.Millisecond
		}
		if p.Wait(now) > 0 {
			t.Fatalf("message %d has to wait %v", i, p.Wait(now))
		}
		p.Pass(now)
	}
}

func TestLimitTellsOnceForEachFlood(t *testing.T) {
	p := limit(t, 1)
	for n, c := range []struct {
		now   time.Duration
		first bool
	}{{0, true}, {time.Second, false}, {time.Minute, true}, {time.Minute, false}} {
		p.Pass(c.now)
		if p.Tell() != c.first {
			t.Errorf("%d: told %v, want %v", n, !c.first, c.first)
		}
	}
}

func TestLimitWantsARate(t *testing.T) {
	for _, most := range []unit.Frequency{0, -1, 1e-12, 1e10} {
		if _, err := New(flow.Opt[unit.Frequency]{V: most, OK: true}); err == nil {
			t.Errorf("%g is a max_rate", float64(most))
		}
	}
	if p, err := New(flow.Opt[unit.Frequency]{}); err != nil || p.Limits() {
		t.Errorf("without a max_rate: %v, %v", p, err)
	}
}
