package plan

import (
	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// builder makes the steps of a program; every name and dependency is found by
// following expressions from the things and equations that ask for them.
type builder struct {
	flow    *typed.Program
	out     *Program
	names   names
	thingOf map[*typed.Thing]*Thing
	wireOf  map[*typed.Equation]*Wire
	outputs map[outputKey]*Wire
	metas   map[metaKey]*Wire
	regions map[types.Key]*Region
	// at is the declaration whose expression is being lowered.
	at declContext
	// order is the place of each declaration in the flow.
	order map[typed.Decl]int
	// rounds are the numbers of the rounds of the repetitions in tests.
	rounds []*typed.Local
}

type outputKey struct {
	thing  *typed.Thing
	output string
}

type metaKey struct {
	of    *Wire
	field string
}

// declContext is what hoisted steps are named and placed after: owner is what
// people know, name may say which input of a thing it is.
type declContext struct {
	owner string
	name  string
	pos   typed.Pos
	doc   string
	order int
	// kept and was are what Step.Kept and Step.Was say.
	kept bool
	was  string
}

func newBuilder(p *typed.Program) *builder {
	b := &builder{
		flow:    p,
		out:     &Program{Flow: p},
		names:   newNames(),
		thingOf: map[*typed.Thing]*Thing{},
		wireOf:  map[*typed.Equation]*Wire{},
		outputs: map[outputKey]*Wire{},
		metas:   map[metaKey]*Wire{},
		regions: map[types.Key]*Region{},
		order:   map[typed.Decl]int{},
	}
	for i, d := range p.Order {
		b.order[d] = i
	}
	return b
}

// things makes a node for every thing (they are numbered first) and a region for
// every keyed source.
func (b *builder) things() {
	for _, t := range b.flow.Things {
		th := &Thing{Thing: t, Go: b.names.field(t.Name), order: b.order[t]}
		th.Node = b.node(t.Name, t.Kind.Name, t.Pos, th.Go)
		b.out.Things = append(b.out.Things, th)
		b.thingOf[t] = th
	}
	for _, th := range b.out.Things {
		if t := th.Thing; len(t.Captures) > 0 {
			th.Region = b.region(t.Key)
			th.Region.Captures = t.Captures
			th.Region.Sources = append(th.Region.Sources, th)
			if th.Region.Known = knownKeys(t.Captures); th.Region.Known == nil {
				th.Region.Forget = max(th.Region.Forget, forgetAfter(t))
			}
			th.Self = b.selfWire(th)
		}
	}
}

func (b *builder) node(name, kind string, pos typed.Pos, goName string) *Node {
	n := &Node{Number: len(b.out.Nodes), Name: name, Kind: kind, Pos: pos}
	n.Go = b.names.madeTop("node" + upperFirst(goName))
	b.out.Nodes = append(b.out.Nodes, n)
	return n
}

// selfWire is the wire of a source that is read by its own name.
func (b *builder) selfWire(th *Thing) *Wire {
	key := outputKey{th.Thing, ""}
	if w := b.outputs[key]; w != nil {
		return w
	}
	w := &Wire{
		Name: th.Name, Label: th.Name, Shape: th.Thing.Self, Type: th.Param,
		Thing: th, Field: fieldOf(th, catalog.RoleSelf), Pos: th.Pos,
	}
	if th.Stale > 0 && w.Shape == types.Reading {
		w.Stale = th.Stale
	}
	if th.Region != nil {
		w.Region = th.Region
		w.Go = b.names.in(th.Region.Go, th.Name)
		th.Region.Wires = append(th.Region.Wires, w)
	}
	b.outputs[key] = w
	th.Outputs = append(th.Outputs, w)
	b.staleTimer(w, th.Node)
	b.out.Wires = append(b.out.Wires, w)
	return w
}

// outputWire is the wire of a thing's named output.
func (b *builder) outputWire(th *Thing, output string) *Wire {
	if output == "" {
		return b.selfWire(th)
	}
	key := outputKey{th.Thing, output}
	if w := b.outputs[key]; w != nil {
		return w
	}
	f := outputField(th, output)
	w := &Wire{
		Name: th.Name + "." + output, Label: th.Name + "." + output, Shape: roleShape(f.Role), Type: th.outputType(f),
		Thing: th, Output: output, Field: f.Go, Pos: th.Pos,
		Always: f.Role == catalog.RoleDrive,
	}
	if th.Decide != nil && roleShape(f.Role) == types.Value {
		w.Step = th.Decide
	}
	if th.Stale > 0 && w.Shape == types.Reading {
		w.Stale = th.Stale
	}
	b.outputs[key] = w
	th.Outputs = append(th.Outputs, w)
	b.staleTimer(w, th.Node)
	b.out.Wires = append(b.out.Wires, w)
	return w
}

// equations lowers every equation, whether or not a thing reads it: a watcher
// may.
func (b *builder) equations() {
	for _, eq := range b.flow.Equations {
		b.equation(eq)
	}
}

// equation gives the wire of an equation; an equation that only renames a wire
// has no step.
func (b *builder) equation(eq *typed.Equation) *Wire {
	if w := b.wireOf[eq]; w != nil {
		return w
	}
	saved := b.at
	defer func() { b.at = saved }()
	b.at = declContext{owner: eq.Name, name: eq.Name, pos: eq.Pos, doc: eq.Doc, order: b.order[eq], kept: eq.Persist, was: eq.RenamedFrom}
	if alias, ok := eq.X.(*typed.Wire); ok {
		w := b.wire(alias)
		b.wireOf[eq] = w
		return w
	}
	w := b.newWire(eq.Name, eq.X.Base())
	w.Doc = eq.Doc
	b.wireOf[eq] = w
	if _, inner := eq.X.(*typed.Sequence); !inner { // its outputs tell all of it
		b.out.Wires = append(b.out.Wires, w)
	}
	b.define(w, eq.X)
	return w
}

// newWire is a wire with the shape, type and key of an expression.
func (b *builder) newWire(name string, i *typed.Info) *Wire {
	w := &Wire{Name: name, Label: name, Shape: i.Shape, Type: i.Type, Source: i.Source, Pos: i.Pos}
	if w.Shape == types.Constant {
		w.Shape = types.Value
	}
	w.Region = b.region(i.Key)
	if w.Region != nil {
		w.Go = b.names.in(w.Region.Go, name)
		w.Region.Wires = append(w.Region.Wires, w)
	} else {
		w.Go = b.names.field(name)
	}
	return w
}

// define makes the step that sets w to x.
func (b *builder) define(w *Wire, x typed.Expr) {
	switch x := x.(type) {
	case *typed.OpCall:
		b.operate(w, x)
	case *typed.Where:
		b.filter(w, x)
	case *typed.Pick:
		b.pick(w, x)
	case *typed.KeysOf:
		b.keysOf(w, x)
	case *typed.Gather:
		b.gather(w, x)
	case *typed.Initially:
		s := b.step(First, w, x.Base())
		s.X = typed.Rebuild(x, b.settled)
		b.trigger(s, s.X)
	case *typed.Since:
		b.elapsed(w, x)
	case *typed.State:
		b.table(w, x)
	case *typed.Sequence:
		b.sequence(w, x)
	case *typed.SequencePart:
		b.sequencePart(w, x)
	default:
		b.evaluate(w, b.lower(x))
	}
}

// step adds a step that sets w.
func (b *builder) step(sort Sort, w *Wire, i *typed.Info) *Step {
	s := &Step{
		Sort: sort, Go: w.Go, Pos: i.Pos, Text: i.Text, Region: w.Region, Out: w,
		order: b.at.order, seq: len(b.out.Steps), Was: b.at.was,
	}
	if keep := b.flow.Persist; keep != nil {
		s.Kept = b.at.kept || !keep.Marked
	}
	if w.Name == b.at.name {
		s.Doc = b.at.doc
	}
	if s.Pos.Line == 0 {
		s.Pos = b.at.pos
	}
	s.Name = b.names.step(stepStem(w))
	s.Node = b.node(b.at.owner, "", s.Pos, s.Name)
	w.Step = s
	b.out.Steps = append(b.out.Steps, s)
	if s.Region != nil {
		s.Region.Steps = append(s.Region.Steps, s)
	}
	return s
}

// stepStem is the name of a step among all steps; names inside a region are only
// unique there.
func stepStem(w *Wire) string {
	if w.Region != nil {
		return w.Region.Go + upperFirst(w.Go)
	}
	return w.Go
}
