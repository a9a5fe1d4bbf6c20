package plan

import (
	"slices"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// Ahead is a read of `previous(e, init)` in the circle that makes e, or behind it.
// The operator hears of e a pass later; while one of When happens, e does, and what
// was the last one is already the one before. In the circle of a value there is no
// When: whoever makes it finds what it is so far.
type Ahead struct {
	typed.Info
	Step *Step
	When []*Wire
}

// lookAhead finds the circles through `previous(e, init)` and lets their steps read
// what it will give.
func (b *builder) lookAhead() {
	place := map[*Step]int{}
	for i, s := range b.out.Steps {
		place[s] = i
	}
	for _, s := range b.out.Steps {
		if !s.ownPast() {
			continue
		}
		c := circle{past: s, event: s.Back[0], place: place, makes: makersOf(s.Back[0].Step)}
		for _, r := range b.out.Steps {
			switch {
			case !r.looksAt(s.Out):
			case argOf(s.Op.Op, 0).Hap:
				c.read(r)
			default:
				c.readValue(r)
			}
		}
	}
}

// ownPast reports whether a step is a `previous` of something that comes later in
// the plan.
func (s *Step) ownPast() bool {
	return s.Sort == Operate && s.Op.Op.Breaks && !s.Op.Op.Holds && s.Op.Op.Ready == "always" && len(s.Back) > 0
}

// looksAt reports whether s reads w, be it only to sample it.
func (s *Step) looksAt(w *Wire) bool {
	return slices.ContainsFunc(s.reads(), func(r *Read) bool { return r.Wire == w })
}

// makersOf are the steps that s follows from, s included.
func makersOf(s *Step) map[*Step]bool {
	found := map[*Step]bool{}
	var visit func(*Step)
	visit = func(s *Step) {
		if !found[s] {
			found[s] = true
			for _, before := range s.before() {
				visit(before)
			}
		}
	}
	visit(s)
	return found
}

type circle struct {
	past  *Step
	event *Wire
	place map[*Step]int
	makes map[*Step]bool
}

// read lets a reader of the past look ahead.
func (c *circle) read(r *Step) {
	var when []*Wire
	switch {
	case r == c.past || r.OnChange || r.Region != c.past.Region:
	case c.makes[r]:
		when = c.triggers(r, map[*Step]bool{})
		if r.Out.Shape != types.Event {
			c.settle(r, when)
		}
	case c.place[r] > c.place[c.event.Step]:
		when = []*Wire{c.event}
	}
	if len(when) > 0 {
		c.look(r, when)
	}
}

// readValue lets a maker of a value look at what the value is so far. It does not
// run when that changes: it would run for ever.
func (c *circle) readValue(r *Step) {
	if !c.makes[r] || r == c.past || r.OnChange || c.past.Region != nil && r.Region != c.past.Region {
		return
	}
	c.look(r, nil)
	c.past.Out.Readers = slices.DeleteFunc(c.past.Out.Readers, func(s *Step) bool { return s == r })
}

// look replaces the reads of the past in r.
func (c *circle) look(r *Step, when []*Wire) {
	look := func(x typed.Expr) typed.Expr { return c.replace(x, when) }
	if r.X != nil {
		r.X = look(r.X)
	}
	if r.Op != nil {
		r.Op = look(r.Op).(*typed.OpCall)
	}
	for _, in := range r.Inputs {
		in.X = look(in.X)
	}
}

// triggers are what happens whenever the event does, as far as it goes through r
// and is known before r.
func (c *circle) triggers(r *Step, seen map[*Step]bool) []*Wire {
	if seen[r] || !c.makes[r] || r == c.past {
		return nil
	}
	seen[r] = true
	var list []*Wire
	add := func(w *Wire) {
		if (w.Step == nil || c.place[w.Step] < c.place[r]) && !slices.Contains(list, w) {
			list = append(list, w)
		}
	}
	if r.Trigger != nil {
		add(r.Trigger)
		return list
	}
	for _, next := range r.Out.Readers {
		for _, w := range c.triggers(next, seen) {
			add(w)
		}
	}
	return list
}

// settle lets a value of the circle run when the event is coming, and once more when
// it is known whether it came.
func (c *circle) settle(r *Step, when []*Wire) {
	for _, w := range when {
		if !slices.Contains(w.Readers, r) {
			w.Readers = append(w.Readers, r)
		}
	}
	r.Settle = when
}

func (c *circle) replace(x typed.Expr, when []*Wire) typed.Expr {
	if r, ok := x.(*Read); ok && r.Wire == c.past.Out {
		return &Ahead{Info: r.Info, Step: c.past, When: when}
	}
	return typed.Rebuild(x, func(e typed.Expr) typed.Expr { return c.replace(e, when) })
}
