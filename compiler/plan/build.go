package plan

import (
	"strings"
	"time"

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

// knownKeys are the keys of captures that are enumerations, all of them; nil where
// one is not.
func knownKeys(captures []typed.Capture) [][]string {
	keys := [][]string{nil}
	for _, c := range captures {
		if c.Type.Kind != types.Enum {
			return nil
		}
		var longer [][]string
		for _, k := range keys {
			for _, v := range c.Type.Values {
				longer = append(longer, append(k[:len(k):len(k)], v))
			}
		}
		keys = longer
	}
	return keys
}

// forgetAfter is when a silent key is freed: as said, by default after 30 days,
// and never while a reading of it would still count.
func forgetAfter(t *typed.Thing) time.Duration {
	after := t.ForgetAfter
	if after == 0 {
		after = 30 * 24 * time.Hour
	}
	return max(after, t.Stale)
}

func (b *builder) node(name, kind string, pos typed.Pos, goName string) *Node {
	n := &Node{Number: len(b.out.Nodes), Name: name, Kind: kind, Pos: pos}
	n.Go = b.names.madeTop("node" + upperFirst(goName))
	b.out.Nodes = append(b.out.Nodes, n)
	return n
}

func keyOf(r *Region) types.Key {
	if r == nil {
		return types.Key{}
	}
	return r.Key
}

func (b *builder) region(k types.Key) *Region {
	if !k.Keyed() {
		return nil
	}
	r := b.regions[k]
	if r == nil {
		r = &Region{Key: k, Go: b.names.top(keyStem(k))}
		b.regions[k] = r
		b.out.Regions = append(b.out.Regions, r)
	}
	return r
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
		Name: th.Name + "." + output, Label: th.Name + "." + output, Shape: roleShape(f.Role), Type: catalogType(f.Type),
		Thing: th, Output: output, Field: f.Go, Pos: th.Pos,
		Always: f.Role == catalog.RoleDrive,
	}
	b.outputs[key] = w
	th.Outputs = append(th.Outputs, w)
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
	b.at = declContext{owner: eq.Name, name: eq.Name, pos: eq.Pos, doc: eq.Doc, order: b.order[eq]}
	if alias, ok := eq.X.(*typed.Wire); ok {
		w := b.wire(alias)
		b.wireOf[eq] = w
		return w
	}
	w := b.newWire(eq.Name, eq.X.Base())
	w.Doc = eq.Doc
	b.wireOf[eq] = w
	b.out.Wires = append(b.out.Wires, w)
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
	case *typed.Initially:
		s := b.step(First, w, x.Base())
		s.X = typed.Rebuild(x, b.settled)
		b.trigger(s, s.X)
	case *typed.Since:
		b.elapsed(w, x)
	default:
		b.evaluate(w, b.lower(x))
	}
}

// step adds a step that sets w.
func (b *builder) step(sort Sort, w *Wire, i *typed.Info) *Step {
	s := &Step{
		Sort: sort, Go: w.Go, Pos: i.Pos, Text: i.Text, Region: w.Region, Out: w,
		order: b.at.order, seq: len(b.out.Steps),
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

// lower replaces every name by the read of a wire, and everything that
// remembers by the read of a step of its own.
func (b *builder) lower(x typed.Expr) typed.Expr {
	switch x := x.(type) {
	case *typed.Wire:
		return b.read(b.wire(x), x.Base())
	case *typed.OpCall, *typed.Where, *typed.Pick, *typed.Initially, *typed.Since:
		return b.hoist(x)
	case *typed.MetaOf:
		return b.read(b.metaWire(b.asWire(x.X), x), x.Base())
	}
	return b.lowerOperands(x)
}

func (b *builder) lowerOperands(x typed.Expr) typed.Expr {
	return typed.Rebuild(x, b.lower)
}

// wire finds the wire that a name reads.
func (b *builder) wire(x *typed.Wire) *Wire {
	if x.Output == typed.Faults {
		return b.faults(x)
	}
	if x.Eq != nil {
		return b.equation(x.Eq)
	}
	w := b.outputWire(b.thingOf[x.Thing], x.Output)
	if w.Source == nil {
		w.Source = x.Source
	}
	if w.Type == nil || x.Output != "" && w.Shape != types.Reading {
		w.Type = x.Type
	}
	return w
}

// read is a read of w, which cannot fail: what can is the step that sets it.
func (b *builder) read(w *Wire, i *typed.Info) typed.Expr {
	r := &Read{Info: *i, Wire: w}
	r.Fallible = false
	return r
}

// hoist makes a step of its own for something that remembers inside a larger
// expression: it runs whenever its input changes, whatever branch is taken.
func (b *builder) hoist(x typed.Expr) typed.Expr {
	i := x.Base()
	w := b.partWire(hoistWord(x), i)
	b.define(w, x)
	return b.read(w, i)
}

// partWire is the wire of a part of an expression.
func (b *builder) partWire(word string, i *typed.Info) *Wire {
	w := b.newWire(b.at.name+"_"+word, i)
	if text := strings.Join(strings.Fields(i.Text), " "); text != "" {
		w.Label = text
	}
	return w
}

func hoistWord(x typed.Expr) string {
	switch x := x.(type) {
	case *typed.OpCall:
		return x.Op.Name
	case *typed.Where:
		return "where"
	case *typed.Pick:
		return "one"
	case *typed.Initially:
		return "initially"
	case *typed.Since:
		return "since"
	}
	return "part"
}

// filter is `where`: it is as fresh as what it lets through.
func (b *builder) filter(w *Wire, x *typed.Where) {
	s := b.step(Filter, w, x.Base())
	src := b.asWire(x.X)
	s.X = &typed.Where{Info: x.Info, X: b.read(src, x.X.Base()), If: b.lower(x.If)}
	s.Trigger = src
	w.Stale = b.staleness(src)
	b.staleTimer(w, s.Node)
}

// asWire gives the wire of an expression, making a step for one that is more
// than a name.
func (b *builder) asWire(x typed.Expr) *Wire {
	low := b.lower(x)
	if r, ok := low.(*Read); ok {
		return r.Wire
	}
	return b.computed(low)
}

func (b *builder) pick(w *Wire, x *typed.Pick) {
	s := b.step(PickKey, w, x.Base())
	src := b.asWire(x.X)
	s.X = &typed.Pick{Info: x.Info, X: b.read(src, x.X.Base()), Keys: x.Keys}
	s.Trigger = src
}

func (b *builder) elapsed(w *Wire, x *typed.Since) {
	s := b.step(Elapsed, w, x.Base())
	src := b.asWire(x.Event)
	s.X = &typed.Since{Info: x.Info, Event: b.read(src, x.Event.Base()), Op: x.Op, D: x.D}
	s.Trigger = src
	s.OpGo = b.opField(s, "since")
	s.Timer = b.timer(s)
}

// operate makes the step of an operator. An event given to an operator that is
// more than a wire, or can fail, is a step before it.
func (b *builder) operate(w *Wire, x *typed.OpCall) {
	if x.Op.Across {
		b.across(w, x)
		return
	}
	s := b.step(Operate, w, x.Base())
	s.Op = b.lowerCall(x)
	s.OpGo = b.opField(s, x.Op.Name)
	if x.Op.Tick {
		s.Timer = b.timer(s)
	}
	w.Always = w.Shape == types.Value && x.Op.Ready == "always"
	for i, a := range x.Args {
		if a.Base().Shape.Happens() && s.Trigger == nil && argOf(x.Op, i).Hap {
			s.Trigger = s.Op.Args[i].(*Read).Wire
		}
	}
	if x.Op.Fresh == "own" && s.Trigger != nil {
		w.Stale = b.staleness(s.Trigger)
		b.staleTimer(w, s.Node)
	}
}

func (b *builder) lowerCall(x *typed.OpCall) *typed.OpCall {
	c := *x
	c.Args = make([]typed.Expr, len(x.Args))
	for i, a := range x.Args {
		if argOf(x.Op, i).Hap {
			c.Args[i] = b.read(b.asWire(a), a.Base())
		} else {
			c.Args[i] = b.settled(a)
		}
	}
	c.Options = nil
	for _, o := range x.Options {
		c.Options = append(c.Options, typed.Option{Arg: o.Arg, X: b.settled(o.X)})
	}
	return &c
}

// argOf is the parameter that argument i goes to; a variadic one takes the rest.
func argOf(op *catalog.Operator, i int) *catalog.Arg {
	if i >= len(op.Args) {
		return op.Args[len(op.Args)-1]
	}
	return op.Args[i]
}

func (b *builder) across(w *Wire, x *typed.OpCall) {
	s := b.step(Across, w, x.Base())
	src := b.asWire(x.Args[0])
	c := *x
	c.Args = append([]typed.Expr{b.read(src, x.Args[0].Base())}, lowerAll(b, x.Args[1:])...)
	s.Op = &c
	s.OpGo = b.opField(s, x.Op.Name)
	s.Trigger = src
	src.Across = append(src.Across, s)
	src.Region.Across = append(src.Region.Across, s)
	if x.Op.Tick {
		s.Timer = b.timer(s)
	}
}

func lowerAll(b *builder, list []typed.Expr) []typed.Expr {
	var out []typed.Expr
	for _, x := range list {
		out = append(out, b.lower(x))
	}
	return out
}

// opField names the field that holds an operator's state.
func (b *builder) opField(s *Step, op string) string {
	name := s.Out.Name
	if !hasSuffixWord(name, op) {
		name += "_" + op
	}
	if s.Region != nil {
		return b.names.made(s.Region.Go, camel(name)+"Op")
	}
	return b.names.made("", camel(name)+"Op")
}

func (b *builder) timer(s *Step) *Timer {
	t := &Timer{Node: s.Node, Step: s, Region: s.Region}
	b.addTimer(t)
	return t
}

func (b *builder) addTimer(t *Timer) {
	list := &b.out.Timers
	if t.Region != nil {
		list = &t.Region.Timers
	}
	t.Index = len(*list)
	*list = append(*list, t)
}

// staleTimer gives a wire with a staleness of its own the timer for it.
func (b *builder) staleTimer(w *Wire, n *Node) {
	if w.Stale <= 0 || w.StaleTimer != nil {
		return
	}
	node := b.node(n.Name, n.Kind, n.Pos, "stale"+upperFirst(stepStem2(w)))
	w.StaleTimer = &Timer{Node: node, Wire: w, Region: w.Region}
	b.addTimer(w.StaleTimer)
}

func stepStem2(w *Wire) string {
	if w.Go == "" {
		return exported(w.Name)
	}
	return stepStem(w)
}

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
	}
	b.out.Steps = append(b.out.Steps, s)
	return s
}

// shot finds what fires a shot: its `when`, what it sends, or any change of what
// it shows; and the region whose keys it repeats for.
func (b *builder) shot(s *Step) {
	th := s.Thing
	if th.When != nil {
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

// Reads lists the reads in a lowered expression.
func Reads(x typed.Expr) []*Read {
	var list []*Read
	typed.Visit(x, func(e typed.Expr) {
		if r, ok := e.(*Read); ok {
			list = append(list, r)
		}
	})
	return list
}

// neverUnready reports whether a lowered expression always has a value.
func neverUnready(x typed.Expr) bool {
	always := true
	typed.Visit(x, func(e typed.Expr) {
		if r, ok := e.(*Read); ok && !r.Wire.Always || e.Base().Fallible {
			always = false
		}
	})
	return always
}
