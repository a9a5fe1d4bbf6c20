package sim

import (
	"flowc/rt/flow"
	"flowc/rt/sim/report"
)

// cover counts what the tests of a run exercise; only code that was generated for it
// tells.
var cover struct {
	on     bool
	hits   map[int]bool
	moves  map[string]bool
	faults map[string]bool
}

// Hit says that a point was reached.
func Hit(n int) {
	if cover.on {
		cover.hits[n] = true
	}
}

// Passed is the condition of a filter, of which both outcomes are points.
func Passed(ok bool, yes, no int) bool {
	if ok {
		Hit(yes)
	} else {
		Hit(no)
	}
	return ok
}

func startCover() {
	cover.on = true
	cover.hits, cover.moves, cover.faults = map[int]bool{}, map[string]bool{}, map[string]bool{}
}

// coverage is what was counted.
func coverage() *report.Coverage {
	c := &report.Coverage{}
	for n := range cover.hits {
		c.Hits = append(c.Hits, n)
	}
	for m := range cover.moves {
		c.Moves = append(c.Moves, m)
	}
	for f := range cover.faults {
		c.Faults = append(c.Faults, f)
	}
	return c
}

// moving looks after every instant what switches have moved.
func moving(e *flow.Engine, p flow.Program) {
	w, ok := p.(flow.Watched)
	if !ok {
		return
	}
	last := map[string]string{}
	e.AfterInstant(func() {
		for _, wire := range w.Wires() {
			now := wire.Text()
			if now != "on" && now != "off" {
				continue
			}
			if before, known := last[wire.Name]; known && before != now {
				cover.moves[wire.Name+" "+now] = true
			}
			last[wire.Name] = now
		}
	})
}
