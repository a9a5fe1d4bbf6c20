package check

import (
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// function is a `function` block that is being typed, or was.
type function struct {
	d      *decl
	typed  *typed.Function
	params []param
	// steps are its local equations, as written; done are those that are typed, each
	// after those that it reads.
	steps, done []*localEquation
	// seen are the names of its parameters and local equations.
	seen *local
}

// param is what a function is given. One with a default may be left out.
type param struct {
	v     *typed.Local
	field types.Field
}

// localEquation is a local equation of a function, typed when it is first read.
type localEquation struct {
	attr  *syntax.Attr
	v     *typed.Local
	x     typed.Expr
	state progress
	used  bool
}

// declareFunction gives a function block its name: functions have a name space of
// their own.
func (c *checker) declareFunction(b *syntax.Block) {
	if b.Name() == "" {
		c.report(errNoName(b))
		return
	}
	d := &decl{name: b.Name(), sort: sortFunction, at: b.Labels[0].Range, block: b}
	d.function = &function{d: d, typed: &typed.Function{Name: d.name, Doc: b.Doc, Pos: pos(d.at)}}
	switch first := c.functions[d.name]; {
	case first != nil:
		c.report(errTwoFunctions(d, first))
		return
	case forms[d.name] != nil || len(c.callees(d.name)) > 0:
		c.report(errBuiltIn(d))
		return
	}
	if c.functions == nil {
		c.functions = map[string]*decl{}
	}
	c.functions[d.name] = d
	c.functionOrder = append(c.functionOrder, d)
}

// functionOf types a function once; nil if there is an error in it. at is the
// call, for the message about a function that calls itself.
func (c *checker) functionOf(d *decl, at rangeT) *function {
	if d.state == running {
		c.report(c.errRecursion(d, at))
		return nil
	}
	if d.state == untouched {
		d.state = running
		c.calling = append(c.calling, d)
		scope, guessing := c.scope, c.guessing
		c.guessing = 0 // what is wrong in it is wrong for every call
		c.scope = c.insideOf(d.function)
		ok := c.functionBlock(d.function)
		c.scope, c.guessing = scope, guessing
		c.calling = c.calling[:len(c.calling)-1]
		d.state = finished
		if d.failed = !ok; ok {
			c.made = append(c.made, d.function.typed)
		}
	}
	if d.failed {
		return nil
	}
	return d.function
}

func (c *checker) insideOf(f *function) scope {
	return scope{by: f.d, function: f, repeated: true, locals: f.seen}
}

// functionSettings are what a `function` block says beside its local equations.
var functionSettings = []string{"params", "result", "returns"}

func (c *checker) functionBlock(f *function) bool {
	c.noBlocks(f.d.block, "function")
	ok := true
	for _, a := range f.d.block.Attrs {
		switch a.Name {
		case "params":
			ok = c.parameters(f, a)
		case "result", "returns":
		default:
			f.steps = append(f.steps, &localEquation{attr: a})
		}
	}
	for _, s := range f.steps {
		if first := f.seen.find(s.attr.Name); first != nil {
			c.report(errLocalTwice(s.attr, f))
			ok = false
			continue
		}
		f.seen = &local{name: s.attr.Name, step: s, next: f.seen}
	}
	result := f.d.block.Attr("result")
	if result == nil {
		c.report(errNoResult(f.d))
		return false
	}
	if !ok {
		return false
	}
	c.scope = c.insideOf(f)
	x := c.functionResult(f, result)
	for _, s := range f.steps {
		ok = !isBad(c.localEquation(f, s)) && ok
	}
	if isBad(x) || !ok {
		return false
	}
	c.unusedLocals(f, x)
	f.finish(x)
	return true
}

// parameters reads `params = { t = C, rh = pct }`.
func (c *checker) parameters(f *function, a *syntax.Attr) bool {
	o, ok := a.Expr.(*hclsyntax.ObjectConsExpr)
	if !ok {
		c.report(errParams(a))
		return false
	}
	for _, field := range c.insideFlow(func() *types.Type { return c.recordType(o, f.d.name) }).Fields {
		if field.Type.Kind == types.Bad {
			ok = false
			continue
		}
		p := param{field: field, v: &typed.Local{Name: field.Name, Type: field.Type, Own: true}}
		f.params = append(f.params, p)
		f.typed.Params = append(f.typed.Params, p.v)
		f.seen = &local{name: field.Name, v: p.v, next: f.seen}
	}
	return ok
}

// functionResult types the result; `returns` pins its type.
func (c *checker) functionResult(f *function, result *syntax.Attr) typed.Expr {
	var want *types.Type
	if a := f.d.block.Attr("returns"); a != nil {
		if want = c.innerType(a.Expr, f.d.name); want.Kind == types.Bad {
			return c.bad(result.Range)
		}
	}
	x := c.expr(result.Expr, want)
	if isBad(x) {
		return x
	}
	if want != nil {
		if _, ok := convertible(x.Base().Type, want); !ok {
			c.report(c.errReturns(x, want, f.d.block.Attr("returns")))
			return c.bad(result.Range)
		}
		x = c.convert(x, want)
	}
	if open(x.Base().Type) || x.Base().Type.Kind == types.Nothing {
		c.report(errOpenType(x))
		return c.bad(result.Range)
	}
	return x
}

// localEquation types a local equation of the function that is being typed.
func (c *checker) localEquation(f *function, s *localEquation) typed.Expr {
	switch s.state {
	case running:
		c.report(errLocalCircle(s))
		s.x = c.bad(s.attr.Range)
	case untouched:
		s.state = running
		x := c.with(c.insideOf(f), func() typed.Expr { return c.expr(s.attr.Expr, nil) })
		if s.x == nil { // no circle
			s.x = x
		}
		if !isBad(s.x) && open(s.x.Base().Type) {
			c.report(errOpenType(s.x))
			s.x = c.bad(s.attr.Range)
		}
		s.state = finished
		s.v = &typed.Local{Name: s.attr.Name, Type: s.x.Base().Type, Own: true}
		f.done = append(f.done, s)
	}
	return s.x
}

// localOf reads a local equation.
func (c *checker) localOf(s *localEquation, at rangeT) typed.Expr {
	s.used = true
	x := c.localEquation(c.scope.function, s)
	if isBad(x) {
		return c.bad(at)
	}
	if k, ok := constant(x); ok {
		return c.constAt(k, at)
	}
	return &typed.LocalRef{Info: c.info(at, s.v.Type), Local: s.v}
}

// finish puts a function together. A local equation that can fail is worked out
// where it is read, unless the result needs it anyway: what is not needed does not
// fail.
func (f *function) finish(result typed.Expr) {
	for n := len(f.done) - 1; n >= 0; n-- {
		s := f.done[n]
		if !canFail(s.x) || f.needed(result, n) {
			continue
		}
		result = inlined(result, s)
		for _, later := range f.done[n+1:] {
			later.x = inlined(later.x, s)
		}
	}
	f.typed.Steps = f.keep(result)
	for _, s := range f.typed.Steps {
		f.typed.Fallible = f.typed.Fallible || canFail(s.X)
	}
	f.typed.Result = result
	f.typed.Fallible = f.typed.Fallible || canFail(result)
}

// keep are the local equations that the result reads, itself or through others,
// each after those that it reads.
func (f *function) keep(result typed.Expr) []typed.LocalStep {
	var steps []typed.LocalStep
	read := []typed.Expr{result}
	for n := len(f.done) - 1; n >= 0; n-- {
		s := f.done[n]
		if slices.ContainsFunc(read, func(x typed.Expr) bool { return mentions(x, s.v) }) {
			read = append(read, s.x)
			steps = append(steps, typed.LocalStep{Var: s.v, X: s.x, Pos: pos(s.attr.NameRange)})
		}
	}
	slices.Reverse(steps)
	return steps
}

// mentions reports whether x reads a local anywhere.
func mentions(x typed.Expr, v *typed.Local) bool {
	found := false
	typed.Walk(x, func(n typed.Expr) bool {
		r, ok := n.(*typed.LocalRef)
		found = found || ok && r.Local == v
		return !found
	})
	return found
}

// needed reports whether the result always reads the n-th local equation, itself
// or through others.
func (f *function) needed(result typed.Expr, n int) bool {
	if always(result, f.done[n].v) {
		return true
	}
	for m := n + 1; m < len(f.done); m++ {
		if always(f.done[m].x, f.done[n].v) && f.needed(result, m) {
			return true
		}
	}
	return false
}

// always reports whether working out x reads a local whatever branch is taken.
func always(x typed.Expr, v *typed.Local) bool {
	switch x := x.(type) {
	case *typed.LocalRef:
		return x.Local == v
	case *typed.Cond:
		return always(x.C, v) || always(x.A, v) && always(x.B, v)
	case *typed.Match:
		return always(x.X, v)
	case *typed.Default:
		return always(x.X, v)
	case *typed.Try, *typed.Lambda:
		return false
	case *typed.For:
		return always(x.In, v)
	case *typed.Binary:
		if x.Op == "&&" || x.Op == "||" {
			return always(x.L, v)
		}
	}
	return slices.ContainsFunc(typed.Operands(x), func(o typed.Expr) bool { return always(o, v) })
}

// inlined is x with a local equation's expression in the place of its name.
func inlined(x typed.Expr, s *localEquation) typed.Expr {
	if r, ok := x.(*typed.LocalRef); ok && r.Local == s.v {
		return s.x
	}
	return typed.Rebuild(x, func(o typed.Expr) typed.Expr { return inlined(o, s) })
}

func canFail(x typed.Expr) bool {
	can := false
	typed.Walk(x, func(n typed.Expr) bool {
		can = can || n.Base().Fallible
		return !can
	})
	return can
}

// outside reports whether a declaration may not be read inside a function: it is
// no constant, and no type.
func (c *checker) outside(d *decl, at rangeT) bool {
	if c.scope.function == nil {
		return false
	}
	switch d.sort {
	case sortEnum, sortType, sortVariant:
		return false
	case sortEquation:
		if x := c.equationRef(d, at); isBad(x) || isConst(x) {
			return false
		}
	}
	c.use(d, "", nil)
	c.report(c.errOutside(d, at))
	return true
}
