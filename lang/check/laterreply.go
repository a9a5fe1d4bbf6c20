package check

import (
	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// A reply that comes later is made of what the request starts: the answer of a database
// or of another server. It goes with the request that led to it, whose fields it may
// hold, too.

// requestSource is where the requests of the thing being checked happen; nil for one that
// answers none.
func (c *checker) requestSource() *types.Source {
	d := c.scope.by
	if d == nil || d.kind == nil || !answers(d.kind) || d.self == nil {
		return nil
	}
	return c.sourceFor(d, "")
}

// besideRequest is where an expression happens that combines the request being answered
// with what happens later: there, since the request is recalled. It is nil for others.
func (c *checker) besideRequest(a, b *types.Source) *types.Source {
	switch c.requestSource() {
	case nil:
	case a:
		return b
	case b:
		return a
	}
	return nil
}

// laterReply settles that a reply is made where source happens, which is not the request
// itself.
func (w *wiring) laterReply(source *types.Source) {
	w.t.Later, w.t.Trigger = true, source
	for _, in := range w.each {
		if in.x.Base().Source == source {
			w.t.When = in.x
			return
		}
	}
}

// laterReplies refuses replies that would not come, or would tell of something else.
func (c *checker) laterReplies() {
	for _, d := range c.things() {
		if !d.thing.Later {
			continue
		}
		if a := d.block.Attr("wait"); a != nil && saysOff(d.thing, "wait") {
			c.report(errLaterAtOnce(d, a))
			continue
		}
		ok := true
		for _, in := range d.thing.Inputs {
			ok = c.recalled(d, in.X) && ok
		}
		if ok {
			c.comes(d)
		}
	}
}

func saysOff(t *typed.Thing, setting string) bool {
	for _, s := range t.Settings {
		if k, ok := s.X.(*typed.Const); ok && s.Field.Name == setting {
			return k.V == false
		}
	}
	return false
}

// recalled looks at what a reply reads of its request: that is brought back, and an
// equation over it, or its time, is not.
func (c *checker) recalled(d *decl, x typed.Expr) bool {
	ok := true
	request := c.sourceFor(d, "")
	typed.Walk(x, func(n typed.Expr) bool {
		switch n := n.(type) {
		case *typed.OpCall, *typed.Where:
			return false // works for itself
		case *typed.TimeOf:
			if n.X.Base().Source == request {
				c.report(errRequestTime(d, n))
				ok = false
			}
		case *typed.Wire:
			if n.Shape == types.Event && n.Source == request && n.Eq != nil {
				c.report(errRequestElsewhere(d, n, c.decls[n.Eq.Name]))
				ok = false
			}
		}
		return true
	})
	return ok
}

// comes reports a reply that need not follow from its request.
func (c *checker) comes(d *decl) {
	f := following{c: c, request: d.thing, open: map[any]bool{}}
	switch f.expr(d.thing.When) {
	case unsure:
		c.report(c.errNoReply(d, d.thing.When, f.lost, f.why))
	case sometimes:
		c.report(errSometimesNoReply(d, d.thing.When, f.filter))
	}
}

// sureness is whether something follows from a request.
type sureness uint8

const (
	unsure sureness = iota
	sometimes
	surely
)

// following finds out whether an event follows from a request.
type following struct {
	c       *checker
	request *typed.Thing
	// open are the things and equations on the way here: a circle is not entered again.
	open map[any]bool
	// lost is what does not follow, and why; filter what lets only some through.
	lost   typed.Expr
	why    lostReply
	filter typed.Expr
}

// lostReply is why something does not follow from a request.
type lostReply uint8

const (
	// byItself: it happens for another reason.
	byItself lostReply = iota
	// heldBack: an operator keeps it for a while, and forgets for whom.
	heldBack
	// onDisk: a buffer keeps it, for longer than any client waits.
	onDisk
)

func (f *following) loses(x typed.Expr, why lostReply) sureness {
	if f.lost == nil {
		f.lost, f.why = x, why
	}
	return unsure
}

func (f *following) expr(x typed.Expr) sureness {
	switch x := x.(type) {
	case *typed.Wire:
		return f.wire(x)
	case *typed.Where:
		return f.thinned(x, f.expr(x.X))
	case *typed.OpCall:
		return f.operator(x)
	}
	sure, found := surely, false
	for _, o := range typed.Operands(x) {
		if o.Base().Shape == types.Event {
			sure, found = min(sure, f.expr(o)), true
		}
	}
	if !found {
		return f.loses(x, byItself)
	}
	return sure
}

// thinned is a filter behind something.
func (f *following) thinned(x typed.Expr, sure sureness) sureness {
	if sure == surely {
		f.filter = x
	}
	return min(sure, sometimes)
}

// operator looks through an operator. Where it takes one of several, the others are for
// the requests that this one is not for.
func (f *following) operator(x *typed.OpCall) sureness {
	if x.Op.Holds {
		return f.loses(x, heldBack)
	}
	sure, ways := unsure, 0
	for _, a := range x.Args {
		if !a.Base().Shape.Happens() {
			continue
		}
		s := f.expr(a)
		if s != unsure {
			ways++
		}
		sure = max(sure, s)
	}
	switch {
	case sure == unsure:
		return f.loses(x, byItself)
	case x.Op.Rate != "each":
		return f.thinned(x, sure)
	case ways > 1:
		return surely
	}
	return sure
}

// wire looks at what is behind a name: the request, an equation, or the answer to what
// a thing was asked.
func (f *following) wire(x *typed.Wire) sureness {
	if x.Thing == f.request && x.Output == "" {
		return surely
	}
	at := any(x.Thing)
	if x.Eq != nil {
		at = x.Eq
	}
	if f.open[at] {
		return unsure
	}
	f.open[at] = true
	defer delete(f.open, at)
	switch {
	case x.Eq != nil && x.Eq.X != nil:
		return f.expr(x.Eq.X)
	case x.Thing == nil || !isEffect(x.Thing.Kind) || x.Shape != types.Event:
		return f.loses(x, byItself)
	case x.Thing.Buffer != nil:
		return f.loses(x, onDisk)
	}
	t := startedBy(x.Thing)
	if t == nil {
		return unsure // reported already
	}
	sure := f.expr(t)
	if sure == unsure && f.why == byItself {
		f.lost = x // is what the reply names; the second place says when it happens
	}
	return sure
}

// isEffect reports whether things of a kind start work that ends later.
func isEffect(k *catalog.Kind) bool { return k.Shoots && k.Confirms != "" }

// startedBy is what lets a thing act; nil where that has a mistake.
func startedBy(t *typed.Thing) typed.Expr {
	if t.When != nil {
		return t.When
	}
	for _, in := range t.Inputs {
		if in.Field.Role == catalog.RoleShot {
			return in.X
		}
	}
	return nil
}
