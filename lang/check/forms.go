package check

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// needs reports a call of a form with another number of arguments.
func (c *checker) needs(k call, n int, signature string) bool {
	if k.count() == n {
		return true
	}
	c.report(errFormCount(k, n, signature))
	return false
}

// arg types the n-th argument of a form.
func (k call) arg(c *checker, n int, want *types.Type) typed.Expr {
	if node := k.node(n); node != nil {
		return c.expr(node, want)
	}
	return k.first
}

// where is the occurrences of an event or reading for which a condition holds.
func (c *checker) where(k call) typed.Expr {
	r := k.e.Range()
	if !c.needs(k, 2, "where(e, condition)") {
		return c.bad(r)
	}
	if c.scope.repeated {
		c.report(c.errRemembersHere(k.e))
		return c.bad(r)
	}
	s := c.scope
	s.facts = nil
	s.locals = s.locals.remembered()
	x := c.with(s, func() typed.Expr { return k.arg(c, 0, nil) })
	cond := c.with(s, func() typed.Expr { return c.condition(k.node(1), "in `where`") })
	if anyBad(x, cond) {
		return c.guessed(r, nil, x)
	}
	if !x.Base().Shape.Happens() {
		c.report(c.errValueAsEvent(x, "`where`", k.e.NameRange))
		return c.bad(r)
	}
	known := holds(cond, true)
	out := &typed.Where{Info: c.info(r, x.Base().Type), X: x, If: cond}
	if !c.whereShape(out) {
		return c.bad(r)
	}
	path := pathOf(x)
	out.Type = sure(out.Type, path, known)
	for _, f := range known {
		if f == path && out.Type.Kind == types.Optional {
			out.X = c.unwrap(x)
			out.Type = out.X.Base().Type
		}
	}
	return out
}

// whereShape settles what a filter lets through: what it filters, unless the
// condition itself only happens.
func (c *checker) whereShape(w *typed.Where) bool {
	x, cond := w.X.Base(), w.If.Base()
	var both typed.Info
	both.Range = w.Range
	if !c.join(&both, w.X, w.If) {
		return false
	}
	w.Shape, w.Key = x.Shape, both.Key
	from := x.Source
	if cond.Shape == types.Event {
		w.Shape, from = types.Event, both.Source
	}
	w.Source = &types.Source{Of: from, Name: w.Text}
	return true
}

// defaultForm is `default(x, d)`: d where the data is missing.
func (c *checker) defaultForm(k call) typed.Expr {
	r := k.e.Range()
	if !c.needs(k, 2, "default(x, otherwise)") {
		return c.bad(r)
	}
	x := k.arg(c, 0, nil)
	if isBad(x) {
		return x
	}
	t := elemOrSelf(x.Base().Type)
	d := c.plain(k.node(1), t)
	if isBad(d) {
		return c.bad(r)
	}
	if x.Base().Type.Kind == types.Null {
		return d
	}
	if !c.fallback("default", x, d, t) {
		return c.bad(r)
	}
	if x.Base().Type.Kind != types.Optional {
		c.report(c.errNeverFires(k, x, "default"))
		return x
	}
	t = types.Doubt(t, d.Base().Type)
	d = c.convert(d, t)
	return c.finish(&typed.Default{Info: c.info(r, t.From(x.Base().Type.Origin)), X: x, D: d}, x, d)
}

// fallback checks that d can stand in for x.
func (c *checker) fallback(form string, x, d typed.Expr, t *types.Type) bool {
	if _, ok := convertible(d.Base().Type, t); ok {
		return true
	}
	c.report(c.errFallback(form, x, d, t))
	return false
}

// try is `try(x, d)`: d where x fails or is not ready.
func (c *checker) try(k call) typed.Expr {
	x, d, t, ok := c.withFallback(k, "try")
	if !ok {
		return c.bad(k.e.Range())
	}
	if !mayFail(x) {
		c.report(c.errNeverFires(k, x, "try"))
	}
	return c.finish(&typed.Try{Info: c.info(k.e.Range(), t), X: x, D: d}, x, d)
}

// initially is `initially(x, d)`: d before x was first ready.
func (c *checker) initially(k call) typed.Expr {
	if c.scope.repeated {
		c.report(c.errRemembersHere(k.e))
		return c.bad(k.e.Range())
	}
	x, d, t, ok := c.withFallback(k, "initially")
	if !ok {
		return c.bad(k.e.Range())
	}
	if x.Base().Shape == types.Event {
		c.report(c.errEventAsValue(x, "`initially`", rangeT{}, x.Base().Type))
		return c.bad(k.e.Range())
	}
	return c.finish(&typed.Initially{Info: c.info(k.e.Range(), t), X: x, D: d}, x, d)
}

// withFallback types an expression and what stands in for it; t is the type of
// either.
func (c *checker) withFallback(k call, name string) (x, d typed.Expr, t *types.Type, ok bool) {
	if !c.needs(k, 2, name+"(x, otherwise)") {
		return nil, nil, nil, false
	}
	x = k.arg(c, 0, nil)
	d = c.expr(k.node(1), x.Base().Type)
	if anyBad(x, d) {
		return nil, nil, nil, false
	}
	if !c.fallback(name, x, d, x.Base().Type) {
		return nil, nil, nil, false
	}
	t = types.Doubt(x.Base().Type, d.Base().Type)
	return x, c.convert(d, t), t, true
}

// ready is `ready(x)`: on while x is known.
func (c *checker) ready(k call) typed.Expr {
	if !c.needs(k, 1, "ready(x)") {
		return c.bad(k.e.Range())
	}
	if c.scope.function != nil {
		c.report(errReadyInFunction(k))
		return c.bad(k.e.Range())
	}
	x := k.arg(c, 0, nil)
	if isBad(x) {
		return x
	}
	if x.Base().Shape == types.Event {
		c.report(c.errEventAsValue(x, "`ready`", rangeT{}, x.Base().Type))
		return c.bad(k.e.Range())
	}
	r := c.finish(&typed.IsReady{Info: c.info(k.e.Range(), types.TBool), X: x}, x)
	if i := r.Base(); i.Shape == types.Reading { // it turns off when none happens
		i.Shape, i.Source = types.Value, nil
	}
	return r
}

// mayFail reports whether an expression can fail or be not ready. What is on a
// wire may be not ready, except what an actuator is commanded.
func mayFail(x typed.Expr) bool {
	found := false
	typed.Walk(x, func(n typed.Expr) bool {
		switch w := n.(type) {
		case *typed.Wire:
			if w.Thing == nil || !isCommand(w) {
				found = true
			}
		case *typed.Since:
			found = found || w.Of.Ready != "always"
			return false
		case *typed.MetaOf, *typed.Pick, *typed.OpCall:
			found = true
		}
		found = found || n.Base().Fallible
		return !found
	})
	return found
}

func isCommand(w *typed.Wire) bool {
	f := outputField(w.Thing.Kind, w.Output)
	return f != nil && f.Role == "drive"
}

// in is `in(q, U)`: the plain number of a quantity in a unit.
func (c *checker) in(k call) typed.Expr {
	x, t, ok := c.unitForm(k, "in(q, unit)")
	if !ok {
		return c.bad(k.e.Range())
	}
	from := x.Base().Type
	if from.Kind == types.Duration && t.Kind == types.Duration {
		return c.inDuration(k, x, t)
	}
	if _, ok := convertible(from, t); !ok || from.Kind != types.Quantity {
		c.report(c.errInUnit(x, t, k.node(1).Range()))
		return c.bad(k.e.Range())
	}
	x = c.convert(x, t)
	n := &typed.Convert{Info: c.info(k.e.Range(), types.TNumber), X: x}
	return c.finish(n, x)
}

// inDuration is a duration as a number of units of time: a quotient.
func (c *checker) inDuration(k call, x typed.Expr, t *types.Type) typed.Expr {
	one := c.constOf(k.node(1).Range(), types.TDuration, durationUnit(t))
	q := &typed.Binary{Info: c.info(k.e.Range(), types.TNumber), Op: "/", L: x, R: one}
	q.Fallible = true
	return c.finish(q, x)
}

// as is `as(n, U)`: a number with a unit.
func (c *checker) as(k call) typed.Expr {
	x, t, ok := c.unitForm(k, "as(n, unit)")
	if !ok {
		return c.bad(k.e.Range())
	}
	switch x.Base().Type.Kind {
	case types.Int, types.Number:
	default:
		c.report(c.errAsNumber(x, t))
		return c.bad(k.e.Range())
	}
	x = c.convert(x, types.TNumber)
	if t.Kind == types.Duration {
		one := c.constOf(k.node(1).Range(), types.TDuration, durationUnit(t))
		p := &typed.Binary{Info: c.info(k.e.Range(), types.TDuration), Op: "*", L: one, R: x}
		p.Fallible = true
		return c.finish(p, x)
	}
	n := &typed.Convert{Info: c.info(k.e.Range(), t), X: x}
	return c.finish(n, x)
}

// unitForm types the operand of `in` or `as` and finds the unit.
func (c *checker) unitForm(k call, signature string) (typed.Expr, *types.Type, bool) {
	if !c.needs(k, 2, signature) {
		return nil, nil, false
	}
	var x typed.Expr
	if node := k.node(0); node != nil {
		x = c.plain(node, nil)
	} else {
		x = k.first
	}
	name := hcl.ExprAsKeyword(k.node(1))
	t := unitType(name)
	if t == nil {
		c.report(c.errUnknownUnit(k.node(1).Range(), name, nil))
		return nil, nil, false
	}
	return x, t.From(types.Origin{Range: k.node(1).Range(), Text: "`" + k.name + "`"}), !isBad(x)
}

// pipe is `pipe(x, f(a), g(b))`: g(f(x, a), b), with `it` for what flows.
func (c *checker) pipe(k call) typed.Expr {
	r := k.e.Range()
	if k.count() < 2 {
		c.report(errFormCount(k, 2, "pipe(x, step(…), …)"))
		return c.bad(r)
	}
	return c.pipeStep(k, k.arg(c, 0, nil), 1)
}

// pipeStep types the n-th step of a pipe and those after it.
func (c *checker) pipeStep(k call, x typed.Expr, n int) typed.Expr {
	if n == k.count() || isBad(x) {
		return x
	}
	step, ok := k.node(n).(*hclsyntax.FunctionCallExpr)
	if !ok {
		c.report(c.errPipeStep(k.node(n)))
		return c.bad(k.e.Range())
	}
	run := func(x typed.Expr) typed.Expr {
		s := c.scope
		s.locals = &local{name: "it", x: x, next: s.locals}
		x = c.with(s, func() typed.Expr { return c.call(step, x, nil) })
		return c.pipeStep(k, x, n+1)
	}
	switch {
	case !mentionsIt(step):
		return run(x)
	case c.scope.repeated:
		return c.let(x, run)
	}
	return run(c.named(x))
}

// mentionsIt reports whether a step asks for what flows.
func mentionsIt(e hclsyntax.Expression) bool {
	for _, t := range variables(e) {
		if t.RootName() == "it" {
			return true
		}
	}
	return false
}

// named gives an expression that is used twice a step of its own, so that what
// remembers in it exists once.
func (c *checker) named(x typed.Expr) typed.Expr {
	b := x.Base()
	if _, isWire := x.(*typed.Wire); isWire || b.Shape == types.Constant || c.scope.by == nil || pathOf(x) != "" {
		return x
	}
	by := c.scope.by
	name := by.name + "_" + strings.Repeat("i", len(by.steps)+1)
	for c.decls[name] != nil {
		name += "i"
	}
	eq := &typed.Equation{Name: name, X: x, Pos: b.Pos}
	by.steps = append(by.steps, eq)
	i := *b
	i.Fallible = false
	return &typed.Wire{Info: i, Eq: eq}
}
