package plan

import (
	"flowc/lang/typed"
	"flowc/lang/types"
)

// StepsOf are the steps that a thing or equation consists of, with what they read,
// back to the things.
func (p *Program) StepsOf(d typed.Decl) map[*Step]bool {
	steps := map[*Step]bool{}
	var add func(s *Step)
	add = func(s *Step) {
		if s == nil || steps[s] {
			return
		}
		steps[s] = true
		for _, w := range s.looked() {
			add(w.Step)
		}
	}
	for _, s := range p.Steps {
		if s.belongs(d) {
			add(s)
		}
	}
	return steps
}

// belongs reports whether a step was made of a declaration.
func (s *Step) belongs(d typed.Decl) bool {
	switch d := d.(type) {
	case *typed.Thing:
		return s.Thing != nil && s.Thing.Thing == d
	case *typed.Equation:
		return s.Node != nil && s.Node.Name == d.Name && s.Thing == nil
	}
	return false
}

// Cost is how many of the steps in goal one occurrence at a thing's outputs runs at
// most in a pass. keys is how many keys there may be: what comes from outside a
// region runs each of its parts.
func (p *Program) Cost(from *Thing, goal map[*Step]bool, keys func(types.Key) float64) int {
	ran := map[*Step]float64{}
	var visit func(w *Wire, of *Region)
	visit = func(w *Wire, of *Region) {
		for _, s := range w.heard() {
			if !goal[s] {
				continue
			}
			n := 1.0
			if s.Region != nil && s.Region != of {
				n = keys(s.Region.Key)
			}
			if ran[s] >= n {
				continue
			}
			ran[s] = n
			if s.Out != nil {
				inner := s.Region
				if n > 1 {
					inner = nil
				}
				visit(s.Out, inner)
			}
		}
	}
	for _, w := range from.Outputs {
		visit(w, w.Region)
	}
	sum := 0.0
	for _, n := range ran {
		sum += n
	}
	if sum > 1e9 {
		return -1
	}
	return int(sum)
}

// heard are the steps that run when a wire moves.
func (w *Wire) heard() []*Step { return append(append([]*Step(nil), w.Readers...), w.Across...) }

// RegionsTo are the regions that the steps of goal belong to, and that of a keyed
// source itself.
func (p *Program) RegionsTo(goal map[*Step]bool, d typed.Decl) []*Region {
	var list []*Region
	for _, r := range p.Regions {
		needed := false
		for _, s := range r.Steps {
			needed = needed || goal[s]
		}
		for _, th := range r.Sources {
			needed = needed || th.Thing == d
		}
		if needed {
			list = append(list, r)
		}
	}
	return list
}
