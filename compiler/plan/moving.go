package plan

import (
	"slices"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// movesAlone are the operators whose value moves with time alone.
var movesAlone = map[string]bool{"since": true, "stale_for": true, "on_time": true}

// sampleTime lets what moves with time alone (`since`, `now`) run whenever an event
// or a beat samples it, itself or through other steps: nothing else would bring it
// up to date.
func (b *builder) sampleTime() {
	m := moving{known: map[*Step]bool{}}
	for _, s := range b.out.Steps {
		if m.is(s) {
			continue
		}
		for _, clock := range m.behind(s, nil) {
			switch {
			case s.Trigger != nil:
				clock.sampledAt(s.Trigger)
			case s.Sort == Table:
				for _, w := range s.happenings() {
					clock.sampledAt(w)
				}
				for _, a := range s.After {
					a.Timer.runs(clock)
				}
			case s.Timer != nil:
				s.Timer.runs(clock)
			}
		}
	}
}

// sampledAt lets s run whenever w happens.
func (s *Step) sampledAt(w *Wire) {
	if slices.Contains(s.Also, w) {
		return
	}
	s.Also = append(s.Also, w)
	w.Readers = append(w.Readers, s)
}

// runs lets a step run when the timer rings.
func (t *Timer) runs(s *Step) {
	if !slices.Contains(t.Also, s) {
		t.Also = append(t.Also, s)
	}
}

// moving finds the steps that move with time alone.
type moving struct{ known map[*Step]bool }

// is reports whether a step moves with time alone, itself or by what it reads.
func (m moving) is(s *Step) bool {
	if is, ok := m.known[s]; ok {
		return is
	}
	m.known[s] = false // in a circle something waits
	is := false
	switch {
	case s.Out == nil || s.Out.Shape == types.Event:
	case s.Sort == Operate:
		is = movesAlone[s.Op.Op.Name]
	case s.Sort == Eval:
		is = asksNow(s.X) || len(m.behind(s, nil)) > 0
	}
	m.known[s] = is
	return is
}

// behind are the steps that move and that a step reads, directly or through other
// such steps.
func (m moving) behind(s *Step, list []*Step) []*Step {
	for _, r := range s.reads() {
		clock := r.Wire.Step
		if clock == nil || clock == s || slices.Contains(list, clock) || !m.is(clock) {
			continue
		}
		list = m.behind(clock, append(list, clock))
	}
	return list
}

// asksNow reports whether an expression is another each time it is worked out.
func asksNow(x typed.Expr) bool {
	asks := false
	typed.Visit(x, func(e typed.Expr) {
		switch e.(type) {
		case *typed.Moment, *typed.Chance:
			asks = true
		}
	})
	return asks
}
