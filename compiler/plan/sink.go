package plan

import (
	"flowc/lang/catalog"
	"flowc/lang/delivery"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// inputs makes the steps that command actuators and start effects.
func (b *builder) inputs() {
	for _, th := range b.out.Things {
		if len(th.Inputs) == 0 {
			continue
		}
		b.at = declContext{owner: th.Name, name: th.Name, pos: th.Pos, order: th.order}
		if th.Kind.Decides {
			th.Decide = b.sink(Decide, th, "want")
		} else {
			th.Shoot = b.sink(Shoot, th, "send")
			th.Loose = th.Delivery == delivery.Loose
			b.shot(th.Shoot)
		}
	}
}

func (b *builder) sink(sort Sort, th *Thing, word string) *Step {
	s := &Step{
		Sort: sort, Go: th.Go, Pos: th.Pos, Thing: th, order: th.order,
		seq: len(b.out.Steps), Doc: th.Doc,
	}
	s.Name = b.names.step(th.Go)
	s.Node = b.node(th.Name, th.Kind.Name, th.Pos, word+s.Name)
	for _, in := range th.Inputs {
		b.at = declContext{owner: th.Name, name: th.Name, pos: in.Pos, order: th.order}
		if len(th.Inputs) > 1 {
			b.at.name = th.Name + "_" + in.Field.Name
		}
		s.Inputs = append(s.Inputs, &Input{Input: in, X: b.lower(in.X)})
	}
	b.at.name = th.Name
	if sort == Decide {
		for _, w := range []string{"on", "wanted", "level"} {
			if out := b.outputs[outputKey{th.Thing, w}]; out != nil {
				out.Step = s
			}
		}
		b.ownDecides(th, s)
	}
	b.out.Steps = append(b.out.Steps, s)
	return s
}

// ownDecides says of all that a kind of the flow's own has to tell that it follows
// from what is decided: only names of the runtime's kinds are known here.
func (b *builder) ownDecides(th *Thing, s *Step) {
	if th.Kind.Place == nil {
		return
	}
	for _, f := range th.Kind.Fields {
		if f.Role != catalog.RoleDrive && f.Role != catalog.RoleValue {
			continue
		}
		if out := b.outputs[outputKey{th.Thing, f.Name}]; out != nil {
			out.Step = s
		}
	}
}

// shot finds what fires a shot: its `when`, what it sends, or any change of what
// it shows; and the region whose keys it repeats for.
func (b *builder) shot(s *Step) {
	th := s.Thing
	switch {
	case th.Later:
		s.Request = b.names.madeTop("request")
		for _, in := range s.Inputs {
			b.happensAt(s, in.X, th.Thing.Trigger)
		}
	case th.When != nil:
		b.at.name = th.Name + "_when"
		s.Trigger = b.asWire(th.When)
	}
	for _, in := range s.Inputs {
		if in.Field.Role != catalog.RoleShot && in.Field.Role != catalog.RoleShow || s.Trigger != nil {
			continue
		}
		if in.X.Base().Shape.Happens() {
			b.trigger(s, in.X)
			continue
		}
		in.X = b.changing(th, in)
		s.Trigger, s.OnChange = in.X.(*Read).Wire, true
	}
	s.Region = b.region(th.Key)
	for _, in := range s.Inputs {
		for _, r := range Reads(in.X) {
			if r.Wire.Region != nil {
				s.Region = r.Wire.Region
			}
		}
	}
	if s.Trigger != nil && s.Trigger.Region != nil {
		s.Region = s.Trigger.Region
	}
	if s.Region != nil {
		s.Region.Steps = append(s.Region.Steps, s)
	}
}

// happensAt lets a step run when the wire in x happens that has a source.
func (b *builder) happensAt(s *Step, x typed.Expr, source *types.Source) {
	for _, r := range Reads(x) {
		if r.Source == source {
			s.Trigger = r.Wire
		}
	}
}

// changing makes a wire of a value that is shown at every change.
func (b *builder) changing(th *Thing, in *Input) typed.Expr {
	if _, ok := in.X.(*Read); ok {
		return in.X
	}
	i := *in.X.Base()
	if i.Shape == types.Constant {
		i.Shape = types.Value
	}
	w := b.newWire(th.Name+"_"+in.Field.Name, &i)
	s := b.step(Eval, w, &i)
	s.X = in.X
	w.Always = neverUnready(s.X)
	return b.read(w, &i)
}

// trigger finds the wire in x that happens whenever x does.
func (b *builder) trigger(s *Step, x typed.Expr) {
	i := x.Base()
	if !i.Shape.Happens() {
		return
	}
	for _, r := range Reads(x) {
		if !r.Wire.Shape.Happens() {
			continue
		}
		if s.Trigger == nil || r.Source.Within(s.Trigger.Source) {
			s.Trigger = r.Wire
		}
		if r.Source == i.Source {
			s.Trigger = r.Wire
			return
		}
	}
}
