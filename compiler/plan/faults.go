package plan

import (
	"flowc/lang/typed"
	"flowc/lang/types"
)

// FaultPort is a wire at which failures happen: of a thing, of an equation, or of
// the whole program.
type FaultPort struct {
	Wire *Wire
	// Of is the name of the thing or equation; "" is the whole program.
	Of string
}

// Covers reports whether the failures of a node happen at the port.
func (p *FaultPort) Covers(n *Node) bool { return p.Of == "" || p.Of == n.Name }

// faults is the port that a name reads; it is made where it is first asked for.
func (b *builder) faults(x *typed.Wire) *Wire {
	of := ""
	switch {
	case x.Thing != nil:
		of = x.Thing.Name
	case x.Eq != nil:
		of = x.Eq.Name
	}
	for _, p := range b.out.Faults {
		if p.Of == of {
			return p.Wire
		}
	}
	name := typed.Faults
	if of != "" {
		name = of + "." + name
	}
	w := &Wire{
		Name: name, Go: b.names.field(name), Shape: types.Event, Type: x.Type,
		Source: x.Source, Pos: x.Pos,
	}
	b.out.Faults = append(b.out.Faults, &FaultPort{Wire: w, Of: of})
	b.out.Wires = append(b.out.Wires, w)
	return w
}
