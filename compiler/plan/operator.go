package plan

import (
	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// filter is `where`: it is as fresh as what it lets through.
func (b *builder) filter(w *Wire, x *typed.Where) {
	s := b.step(Filter, w, x.Base())
	src := b.asWire(x.X)
	s.X = &typed.Where{Info: x.Info, X: b.read(src, x.X.Base()), If: b.lower(x.If)}
	s.Trigger = src
	if w.Shape != types.Event { // what only happens is never stale
		w.Stale = b.staleness(src)
	}
	b.staleTimer(w, s.Node)
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
	s.X = &typed.Since{Info: x.Info, Of: x.Of, Event: b.read(src, x.Event.Base()), Op: x.Op, D: x.D}
	if s.Trigger = src; x.Of.Args[0].Val {
		w.Always = true
	}
	s.OpGo = b.opField(s, x.Of.Name)
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
	s.OpGo = b.opField(s, opWord(x.Op))
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
	s.OpGo = b.opField(s, opWord(x.Op))
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
	switch {
	case w.Go == "" && w.Output != "":
		return w.Thing.Go + upperFirst(w.Field)
	case w.Go == "":
		return exported(w.Name)
	}
	return stepStem(w)
}
