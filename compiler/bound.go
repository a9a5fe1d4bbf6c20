package compiler

import (
	"slices"

	"flowc"
	"flowc/compiler/plan"
	"flowc/compiler/scan"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// Bound is what a wire or a thing of a flow can cost.
type Bound struct {
	// Steps is how many steps of the plan one occurrence runs at most before it is
	// settled; -1 if the number of keys has no bound.
	Steps int
	// Passes says that some of them may run in several passes of the instant.
	Passes bool
	// Later are the operators that act later by themselves.
	Later []string
	// Memory is what is kept for each key.
	Memory []KeyMemory
}

// KeyMemory is what is kept for each of some keys.
type KeyMemory struct {
	Key types.Key
	scan.Size
}

// Bounds tells what a declaration can cost.
func (f *Flow) Bounds() (*Bounds, error) {
	b := &Bounds{plan: plan.New(f.Typed)}
	m, err := f.Generate()
	if err != nil {
		return nil, err
	}
	b.sizes = scan.Sizes(flowc.Source(), "flowc", m.Files)
	return b, nil
}

// Bounds are those of a flow.
type Bounds struct {
	plan  *plan.Program
	sizes map[string]scan.Size
}

// Of is the bound of a thing or equation: what leads to it.
func (b *Bounds) Of(d typed.Decl, keys func(types.Key) float64) Bound {
	goal := b.plan.StepsOf(d)
	var out Bound
	for _, th := range b.plan.Things {
		out.Steps = max(out.Steps, b.plan.Cost(th, goal, keys))
	}
	for _, s := range b.plan.Steps {
		if !goal[s] || s.Op == nil {
			continue
		}
		out.Passes = out.Passes || s.Op.Op.Passes
		if s.Timer != nil && !slices.Contains(out.Later, s.Op.Op.Name) {
			out.Later = append(out.Later, s.Op.Op.Name)
		}
	}
	for _, r := range b.plan.RegionsTo(goal, d) {
		if size, ok := b.sizes[r.Go+"Part"]; ok {
			out.Memory = append(out.Memory, KeyMemory{Key: r.Key, Size: size})
		}
	}
	return out
}

// Kept is what is kept for each key, of all that the flow has.
func (b *Bounds) Kept() []KeyMemory {
	var list []KeyMemory
	for _, r := range b.plan.Regions {
		if size, ok := b.sizes[r.Go+"Part"]; ok {
			list = append(list, KeyMemory{Key: r.Key, Size: size})
		}
	}
	return list
}
