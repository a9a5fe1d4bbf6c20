package check

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// function calls a pure function.
func (c *checker) function(k call, e callee, given []argument, m match) typed.Expr {
	r := k.e.Range()
	args, ok := c.converted(e, given, m)
	if !ok || !c.dividesBySome(e, args) {
		return c.bad(r)
	}
	x := &typed.Call{Info: c.info(r, c.resultType(e.fn.Result, m, r)), Fn: e.fn, Args: args}
	x.Fallible = e.fn.Fallible
	if e.fn.Place != nil {
		return c.ownCall(x, args)
	}
	return c.finish(x, args...)
}

// ownCall is a call of the flow's own Go, which runs only in the program: even of
// constants it is a value.
func (c *checker) ownCall(x *typed.Call, args []typed.Expr) typed.Expr {
	if anyBad(args...) || !c.join(x.Base(), args...) {
		return c.bad(x.Range)
	}
	if x.Shape == types.Constant {
		x.Shape = types.Value
	}
	return x
}

// dividesBySome reports a whole division by a zero that is known.
func (c *checker) dividesBySome(e callee, args []typed.Expr) bool {
	if name := e.fn.Name; name != "div" && name != "mod" || len(args) != 2 {
		return true
	}
	k, ok := constant(args[1])
	if !ok || !isZero(k) {
		return true
	}
	c.report(errDivideByZero(k.Range, k, ""))
	return false
}

// resultType is the type of a call's result; its origin is the call, unless it is
// the type of an argument.
func (c *checker) resultType(t *catalog.Type, m match, r rangeT) *types.Type {
	out := c.catalogType(t, m.bind, "")
	if out.Origin.Range.Filename == "" {
		out = out.From(types.Origin{Range: r, Text: "`" + c.text(r) + "`"})
	}
	return out
}

// converted brings the arguments to the types of the parameters; lambdas are
// typed now that it is known what they run over.
func (c *checker) converted(e callee, given []argument, m match) ([]typed.Expr, bool) {
	var args []typed.Expr
	for n, g := range given {
		p := e.arg(n)
		if g.unit != nil {
			continue
		}
		if g.lambda {
			x := c.lambda(p, g.node, m)
			if isBad(x) || !c.lambdaGives(e, p, x) {
				return nil, false
			}
			args = append(args, x)
			continue
		}
		args = append(args, c.convertArg(g.x, p, m))
	}
	for n := len(given); n < len(e.args); n++ {
		if e.args[n].Default == "" {
			continue
		}
		args = append(args, c.defaultOf(e.args[n].Default, c.paramType(e.args[n], m), rangeT{}))
	}
	return args, true
}

func (c *checker) convertArg(x typed.Expr, p *catalog.Arg, m match) typed.Expr {
	if made, ok := m.dimOfArg(p); ok {
		return c.into(x, made)
	}
	to := c.paramType(p, m)
	if to.Kind == types.Nothing || to.Kind == types.Bad {
		return x // a payload that nobody reads
	}
	if p.Hap && p.Type.Name == "param" && types.Same(to, x.Base().Type) {
		return x
	}
	return c.convert(x, to)
}

// paramType is the type that an argument of p must have.
func (c *checker) paramType(p *catalog.Arg, m match) *types.Type {
	t := c.catalogType(p.Type, m.bind, "")
	if p.Delta && t.Kind == types.Quantity {
		t = types.QuantityOf(t.Unit.StepUnit()).From(t.Origin)
	}
	return t
}

// lambda types an expression over `it`.
func (c *checker) lambda(p *catalog.Arg, node hclsyntax.Expression, m match) typed.Expr {
	it := &typed.Local{Name: "it", Type: types.TBad}
	if len(p.Type.Params) > 0 {
		it.Type = c.catalogType(p.Type.Params[0], m.bind, "")
	}
	s := c.scope
	s.repeated = true
	s.locals = &local{name: "it", v: it, next: s.locals}
	want := c.catalogType(p.Type.Elem, m.bind, "")
	body := c.with(s, func() typed.Expr {
		if want.Kind == types.Bool {
			return c.condition(node, "here")
		}
		return c.plain(node, want)
	})
	if isBad(body) {
		return body
	}
	x := &typed.Lambda{Info: c.info(node.Range(), body.Base().Type), Params: []*typed.Local{it}, Body: body}
	b := body.Base()
	x.Shape, x.Key, x.Source = b.Shape, b.Key, b.Source
	if want.Kind == types.Bad && p.Type.Elem.Name == "param" {
		m.bind[p.Type.Elem.Ref] = b.Type
	}
	return x
}
