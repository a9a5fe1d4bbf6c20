package check

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// operator makes an instance of an operator that remembers.
func (c *checker) operator(k call, e callee, given []argument, m match, options *hclsyntax.ObjectConsExpr) typed.Expr {
	r := k.e.Range()
	if c.scope.repeated {
		c.report(c.errRemembersHere(k.e))
		return c.bad(r)
	}
	args, ok := c.converted(e, given, m)
	if !ok || !c.triggers(k, e, args) || !c.together(r, e, args) {
		return c.bad(r)
	}
	if !c.optionsDecide(e, options, &m) {
		return c.bad(r)
	}
	opts, ok := c.options(k, e, options, m)
	if !ok || !c.possible(e, args, opts) {
		return c.bad(r)
	}
	x := &typed.OpCall{Info: c.info(r, c.resultType(e.op.Result, m, r)), Op: e.op, Args: args, Options: opts}
	x.Fallible = e.op.Fallible
	if e.op.Zone {
		x.Zone, opts = c.zoneOption(opts)
		x.Options = opts
	}
	for _, p := range e.params {
		x.TypeArgs = append(x.TypeArgs, m.bind[p.Name])
	}
	all := append([]typed.Expr(nil), args...)
	for _, o := range opts {
		all = append(all, o.X)
	}
	if !c.operatorShape(x, all) {
		return c.bad(r)
	}
	c.byEventTime(x)
	if made, ok := m.dims[paramOf(e.op.Result)]; ok {
		wanted := m.wanted(given)
		if wanted != nil && !made.gives(wanted) {
			c.report(errResultUnit(k, x, made.user, wanted))
			return c.bad(r)
		}
		return c.outOf(x, made, wanted)
	}
	return c.finishSince(k, x)
}

// wanted is the unit that a call names for its result, nil if it names none.
func (m *match) wanted(given []argument) *types.Type {
	for _, g := range given {
		if g.unit != nil {
			return g.unit
		}
	}
	return nil
}

// together holds that an argument which belongs to the first one happens with it.
func (c *checker) together(r rangeT, e callee, args []typed.Expr) bool {
	for n, x := range args {
		if p := e.arg(n); p != nil && p.With && longerSource(args[0].Base().Source, x.Base().Source) == nil {
			i := c.info(r, x.Base().Type)
			c.report(errTwoEvents(&i, args[0], x))
			return false
		}
	}
	return true
}

// optionsDecide finds the type parameters that only an option decides, and what is
// made of them.
func (c *checker) optionsDecide(e callee, o *hclsyntax.ObjectConsExpr, m *match) bool {
	if o == nil {
		return true
	}
	for _, item := range o.Items {
		a := argNamed(e.options(), hcl.ExprAsKeyword(item.KeyExpr))
		if a == nil || paramOf(a.Type) == "" || m.bind[paramOf(a.Type)] != nil || e.dim(paramOf(a.Type)) != "" {
			continue
		}
		x := c.plain(item.ValueExpr, nil)
		if isBad(x) {
			return false
		}
		u := unifier{c: c, e: e, m: m, x: x}
		if !u.fits(a.Type, x.Base().Type) {
			c.report(c.errWrongType(x, c.catalogType(a.Type, m.bind, ""), "`"+a.Name+"`", rangeT{}))
			return false
		}
	}
	c.bindDims(e, m)
	return true
}

// operatorShape settles what the result of an operator is.
func (c *checker) operatorShape(x *typed.OpCall, operands []typed.Expr) bool {
	if !c.operatorKey(x, operands) {
		return false
	}
	switch x.Op.Out {
	case "event":
		x.Shape = types.Event
	case "reading":
		x.Shape = types.Reading
	case "same":
		x.Shape = x.Args[0].Base().Shape
		if x.Shape == types.Constant {
			x.Shape = types.Value
		}
	default:
		x.Shape = types.Value
	}
	if x.Shape.Happens() {
		x.Source = &types.Source{Name: x.Text, Of: c.filtered(x)}
	}
	return true
}

// operatorKey joins the keys of the operands; an operator across keys has none
// itself.
func (c *checker) operatorKey(x *typed.OpCall, operands []typed.Expr) bool {
	var first typed.Expr
	for _, o := range operands {
		k := o.Base().Key
		switch {
		case !k.Keyed():
		case first == nil:
			x.Key, first = k, o
		case x.Key != k:
			c.report(errTwoKeys(&x.Info, first, o))
			return false
		}
	}
	if x.Op.Across {
		if !x.Key.Keyed() {
			c.report(errNotKeyed(x))
			return false
		}
		x.Key = types.Key{}
	}
	return true
}

// filtered is the source that an operator lets some occurrences of through at
// once, nil if its occurrences are its own.
func (c *checker) filtered(x *typed.OpCall) *types.Source {
	if x.Op.Holds || x.Op.Across || len(x.Op.Args) == 0 || !x.Op.Args[0].Hap {
		return nil
	}
	for _, a := range x.Op.Args[1:] {
		if a.Hap && !a.With {
			return nil
		}
	}
	if x.Op.Args[0].Variadic {
		return nil
	}
	return x.Args[0].Base().Source
}

// triggers refuses an event that carries a switch where only its happening
// counts: `daily("05:30") && dry` happens every day.
func (c *checker) triggers(k call, e callee, args []typed.Expr) bool {
	for n, x := range args {
		p := e.arg(n)
		if p == nil || !p.Hap || !payloadUnused(e, p) || !indifferent(x) {
			continue
		}
		c.report(c.errSwitchTriggers(x, "`"+k.name+"`", rangeT{}))
		return false
	}
	return true
}

// payloadUnused reports whether an operator only counts that an event happens.
func payloadUnused(e callee, p *catalog.Arg) bool {
	if e.op == nil || p.Type.Name == "unit" {
		return true
	}
	if p.Type.Name != "param" || e.op.Name == "at" || e.op.Name == "since" {
		return false
	}
	if uses(e.op.Result, p.Type.Ref) {
		return false
	}
	for _, a := range append(append([]*catalog.Arg(nil), e.op.Args...), e.op.Options...) {
		if a != p && uses(a.Type, p.Type.Ref) {
			return false
		}
	}
	return true
}

func uses(t *catalog.Type, param string) bool {
	if t == nil {
		return false
	}
	for _, p := range t.Params {
		if uses(p, param) {
			return true
		}
	}
	return t.Name == "param" && t.Ref == param || uses(t.Elem, param)
}

// options types the options object of a call.
func (c *checker) options(k call, e callee, o *hclsyntax.ObjectConsExpr, m match) ([]typed.Option, bool) {
	all := e.options()
	if o == nil {
		if len(e.op.OptionSets) > 0 || slices.ContainsFunc(all, needed) {
			c.report(errOptionsMissing(k, e))
			return nil, false
		}
		return c.defaults(all, nil, m), true
	}
	given, ok := map[string]typed.Option{}, true
	places := map[string]rangeT{}
	for _, item := range o.Items {
		name := hcl.ExprAsKeyword(item.KeyExpr)
		a := argNamed(all, name)
		if a == nil {
			c.report(c.errUnknownOption(k, e, item.KeyExpr.Range()))
			ok = false
			continue
		}
		if first, twice := places[name]; twice {
			c.report(errKeyTwice(name, item.KeyExpr.Range(), first))
			ok = false
			continue
		}
		places[name] = item.KeyExpr.Range()
		x := c.option(k, a, item.ValueExpr, m)
		ok = ok && !isBad(x)
		given[name] = typed.Option{Arg: a, X: x}
	}
	if !ok {
		return nil, false
	}
	if d := errOptionSet(k, e, places, o.Range()); d != nil {
		c.report(d)
		return nil, false
	}
	return c.defaults(all, given, m), true
}

// needed reports whether an option must be given.
func needed(a *catalog.Arg) bool { return a.Default == "" && !a.Optional }

func argNamed(list []*catalog.Arg, name string) *catalog.Arg {
	for _, a := range list {
		if a.Name == name && name != "" {
			return a
		}
	}
	return nil
}

// defaults lists the options that were given or have a default, in the order of
// the operator.
func (c *checker) defaults(all []*catalog.Arg, given map[string]typed.Option, m match) []typed.Option {
	var out []typed.Option
	for _, a := range all {
		if o, ok := given[a.Name]; ok {
			out = append(out, o)
		} else if a.Default != "" {
			out = append(out, typed.Option{Arg: a, X: c.defaultOf(a.Default, c.paramType(a, m), rangeT{})})
		}
	}
	return out
}

// option types one option: it is compared with what decided about its type.
func (c *checker) option(k call, a *catalog.Arg, node hclsyntax.Expression, m match) typed.Expr {
	want := c.paramType(a, m)
	inner := elemOrSelf(want)
	made, isMade := m.dimOfArg(a)
	if isMade {
		inner = made.user
	}
	s := c.scope
	s.facts = nil
	s.locals = s.locals.remembered()
	x := c.with(s, func() typed.Expr { return c.plain(node, inner) })
	if isBad(x) {
		return x
	}
	if _, ok := convertible(x.Base().Type, inner); !ok {
		c.report(c.errOptionType(k, a, x, inner, m.by[paramOf(a.Type)]))
		return c.bad(node.Range())
	}
	switch b := x.Base(); {
	case b.Shape == types.Event:
		c.report(c.errEventAsValue(x, "`"+a.Name+"`", rangeT{}, inner))
		return c.bad(node.Range())
	case a.Shape == "const" && !fixed(x):
		c.report(c.errNotConstant(x, "`"+a.Name+"`"))
		return c.bad(node.Range())
	}
	if isMade {
		x = c.into(x, made)
	}
	return c.convert(x, want)
}

func isConst(x typed.Expr) bool {
	_, ok := x.(*typed.Const)
	return ok
}

// paramOf is the type parameter inside a type.
func paramOf(t *catalog.Type) string {
	for ; t != nil; t = t.Elem {
		if t.Name == "param" {
			return t.Ref
		}
	}
	return ""
}
