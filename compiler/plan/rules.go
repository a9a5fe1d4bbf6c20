package plan

import (
	"strconv"

	"flowc/lang/catalog"
	"flowc/lang/typed"
)

// Interlock keeps actuators from being on together.
type Interlock struct {
	*typed.Interlock
	// Go is the name of its field in the generated Program.
	Go      string
	Members []*Thing
	// Timer rings when a member that waits may go on.
	Timer *Timer
}

// Lock is an actuator's membership in an interlock: the n-th.
type Lock struct {
	*Interlock
	N int
}

// Intent is what the flow wants an actuator to be, safe where that is not ready.
type Intent struct {
	typed.Info
	Thing *Thing
	Field *catalog.Field
}

func (b *builder) interlocks() {
	for _, l := range b.flow.Interlocks {
		out := &Interlock{Interlock: l, Go: b.names.field(l.Name)}
		out.Timer = &Timer{Node: b.node(l.Name, "interlock", l.Pos, out.Go)}
		for n, t := range l.Members {
			th := b.thingOf[t]
			out.Members = append(out.Members, th)
			th.Locks = append(th.Locks, Lock{out, n})
			if out.Timer.Step == nil {
				out.Timer.Step = th.Decide
			} else {
				out.Timer.Also = append(out.Timer.Also, th.Decide)
			}
		}
		b.addTimer(out.Timer)
		b.out.Interlocks = append(b.out.Interlocks, out)
	}
}

// invariants makes a step for each rule. It comes after the actuators that it is about
// are decided, and looks again when the flow wants something else of them.
func (b *builder) invariants() {
	for n, r := range b.flow.Invariants {
		name := "invariant" + strconv.Itoa(n+1)
		b.at = declContext{owner: r.Text, name: name, pos: r.Pos, order: len(b.order) + n}
		s := &Step{Sort: Watch, Pos: r.That.Base().Pos, Text: r.That.Base().Text, Doc: r.Doc, Rule: r, order: b.at.order, seq: len(b.out.Steps)}
		s.Go = b.names.made("", name)
		s.Name = b.names.step(s.Go)
		s.Node = b.node(r.Text, "invariant", r.Pos, "watch"+s.Name)
		s.X = b.lower(r.That)
		for _, t := range r.Actuators {
			th := b.thingOf[t]
			s.Actuators = append(s.Actuators, th)
			if hasOutput(th, "wanted") {
				s.sampledAt(b.outputWire(th, "wanted"))
			}
		}
		s.Would = b.intended(s.X)
		b.out.Steps = append(b.out.Steps, s)
	}
}

func hasOutput(th *Thing, name string) bool {
	for _, f := range th.Kind.Fields {
		if f.Name == name && (f.Role == catalog.RoleValue || f.Role == catalog.RoleDrive) {
			return true
		}
	}
	return false
}

// intended is a lowered expression over what the actuators are, with what the flow
// wants them to be in its place.
func (b *builder) intended(x typed.Expr) typed.Expr {
	r, ok := x.(*Read)
	if !ok {
		return typed.Rebuild(x, b.intended)
	}
	if th := r.Wire.Thing; th != nil && r.Wire.Output != "" && th.Kind.Decides {
		for _, f := range th.Kind.Fields {
			if f.Name == r.Wire.Output && f.Role == catalog.RoleDrive {
				return &Intent{Info: r.Info, Thing: th, Field: f}
			}
		}
	}
	return x
}
