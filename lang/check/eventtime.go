package check

import (
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// eventTime is the time of its own that a source gives what comes in.
type eventTime struct {
	attr *syntax.Attr
	// path are the fields from the payload to the moment.
	path []types.Field
	// lateness and idle are what its settings say; idle may be nil.
	lateness, idle *typed.Const
	// used says that a window goes by it.
	used bool
}

// ownTime reads `event_time = at` and `lateness = 30.s` of a source.
func (c *checker) ownTime(d *decl, border map[string]*typed.Const) {
	f := fieldOfRole(d.kind, catalog.RoleEventTime)
	if f == nil || d.block.Attr(f.Name) == nil || d.self == nil || d.self.Kind == types.Bad {
		return
	}
	e := &eventTime{attr: d.block.Attr(f.Name), lateness: border["lateness"], idle: border["idle"]}
	if e.path = c.timeField(d, e.attr); e.path == nil {
		return
	}
	if e.lateness == nil {
		e.lateness = c.constOf(e.attr.Expr.Range(), types.TDuration, time.Duration(0))
	}
	if e.lateness.V.(time.Duration) < 0 {
		c.report(errNegativeLateness(e.lateness))
		return
	}
	if e.idle != nil && e.idle.V.(time.Duration) <= 0 {
		c.report(errNoIdle(e.idle))
		return
	}
	d.eventTime = e
}

// timeField is the way to the field that an attribute names, nil if it is no moment
// that every message has.
func (c *checker) timeField(d *decl, a *syntax.Attr) (path []types.Field) {
	t := d.self
	moments := momentsOf(t)
	e, ok := a.Expr.(*hclsyntax.ScopeTraversalExpr)
	if !ok {
		c.report(errNoTimeField(a, a.Expr.Range(), "the name of a field is needed here", moments))
		return nil
	}
	for n, s := range e.Traversal {
		name, at := e.Traversal.RootName(), s.SourceRange()
		if n > 0 {
			attr, ok := s.(hcl.TraverseAttr)
			if !ok {
				c.report(errNoTimeField(a, e.Range(), "the name of a field is needed here", moments))
				return nil
			}
			name, at = attr.Name, stepRange(attr)
		}
		f, ok := recordType(t).Field(name)
		if !ok || t.Kind != types.Record {
			c.report(errNoTimeField(a, at, t.Say()+" has no field `"+name+"`", moments))
			return nil
		}
		path, t = append(path, f), f.Type
	}
	last := path[len(path)-1]
	switch {
	case t.Kind == types.Optional && t.Elem.Kind == types.Time:
		c.report(errTimeMissing(a, last))
		return nil
	case t.Kind != types.Time:
		c.report(errNotTime(a, last))
		return nil
	}
	return path
}

// momentsOf are the fields of a payload that could be its time.
func momentsOf(t *types.Type) (names []string) {
	if t.Kind != types.Record {
		return nil
	}
	for _, f := range t.Fields {
		if f.Type.Kind == types.Time {
			names = append(names, f.Name)
		}
	}
	return names
}

// byEventTime lets an operator go by the time of the source's own, where it has one and
// the operator can.
func (c *checker) byEventTime(x *typed.OpCall) {
	op := c.eventTimed(x.Op.Name)
	if op == nil {
		return
	}
	d, keys := c.rootOf(x.Args[0].Base().Source)
	if d == nil || d.eventTime == nil {
		return
	}
	e := d.eventTime
	e.used = e.used || c.guessing == 0
	at := c.ownMoment(d, x.Args[0].Base().Range)
	if keys != nil {
		at = c.atKey(at, keys, x.Args[0].Base().Range)
	}
	given := x.Options
	x.Op, x.Args, x.Options = op, append(slices.Clip(x.Args), at), nil
	for _, a := range op.Options {
		if catalog.OfSource(a) {
			if k := e.says(a.Name); k != nil {
				x.Options = append(x.Options, typed.Option{Arg: a, X: k})
			}
			continue
		}
		place := slices.IndexFunc(given, func(o typed.Option) bool { return o.Arg.Name == a.Name })
		switch {
		case place >= 0:
			x.Options = append(x.Options, typed.Option{Arg: a, X: given[place].X})
		case a.Default != "":
			x.Options = append(x.Options, typed.Option{Arg: a, X: c.defaultOf(a.Default, c.catalogType(a.Type, nil, ""), rangeT{})})
		}
	}
}

// saidAtSource reports whether an operator that goes by the time of a source has an
// option from there.
func (c *checker) saidAtSource(operator, option string) bool {
	op := c.eventTimed(operator)
	return op != nil && slices.ContainsFunc(op.Options, func(a *catalog.Arg) bool { return a.Name == option && catalog.OfSource(a) })
}

// says is what the source says of an option that windows have from it; nil if nothing.
func (e *eventTime) says(option string) *typed.Const {
	if option == "idle" {
		return e.idle
	}
	return e.lateness
}

// eventTimed is what stands for the operators of a name where a source has a time of
// its own.
func (c *checker) eventTimed(name string) *catalog.Operator {
	for _, o := range c.catalog.Operator(name) {
		if o.EventTime {
			return o
		}
	}
	return nil
}

// rootOf is the thing whose own occurrences a source lets through, with the key of those
// that were picked; nil where the occurrences began elsewhere.
func (c *checker) rootOf(s *types.Source) (d *decl, keys []any) {
	if s == nil {
		return nil, nil
	}
	for s.Of != nil {
		s = s.Of
	}
	if from, ok := c.pickedFrom[s]; ok {
		d, _ = c.rootOf(from.of)
		return d, from.keys
	}
	for o, source := range c.sourceOf {
		if source == s && o.name == "" {
			return o.thing, nil
		}
	}
	return nil, nil
}

// ownMoment reads the moment that an occurrence of d carries.
func (c *checker) ownMoment(d *decl, at rangeT) typed.Expr {
	w := &typed.Wire{Info: c.info(at, d.self), Thing: d.thing}
	w.Shape, w.Key, w.Source = d.thing.Self, d.thing.Key, c.sourceFor(d, "")
	w.Text = d.name
	x := typed.Expr(w)
	for _, f := range d.eventTime.path {
		text := x.Base().Text + "." + f.Name
		x = c.field(x, f, at)
		x.Base().Text = text
	}
	return x
}
