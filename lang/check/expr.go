package check

import (
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// expr types an expression. want is the type that its place would like, or nil:
// it settles bare members of enumerations, records and empty lists, and nothing
// is converted for it.
func (c *checker) expr(e hclsyntax.Expression, want *types.Type) typed.Expr {
	return c.textAs(c.inWhole(e, want), want)
}

func (c *checker) typed(e hclsyntax.Expression, want *types.Type) typed.Expr {
	switch e := e.(type) {
	case *hclsyntax.LiteralValueExpr:
		return c.literal(e)
	case *hclsyntax.TemplateExpr:
		return c.template(e, e.Parts)
	case *hclsyntax.TemplateWrapExpr:
		return c.template(e, []hclsyntax.Expression{e.Wrapped})
	case *hclsyntax.TemplateJoinExpr:
		return c.templateJoin(e)
	case *hclsyntax.ScopeTraversalExpr:
		return c.traversal(e, want)
	case *hclsyntax.RelativeTraversalExpr:
		return c.relative(e, want)
	case *hclsyntax.FunctionCallExpr:
		return c.call(e, nil, want)
	case *hclsyntax.ConditionalExpr:
		return c.conditional(e, want)
	case *hclsyntax.IndexExpr:
		if x := c.instanceIndex(e, nil, e.Range()); x != nil {
			return x
		}
		return c.indexExpr(e)
	case *hclsyntax.TupleConsExpr:
		return c.list(e, want)
	case *hclsyntax.ObjectConsExpr:
		return c.object(e, want)
	case *hclsyntax.ForExpr:
		return c.forExpr(e, want)
	case *hclsyntax.SplatExpr:
		return c.splat(e)
	case *hclsyntax.AnonSymbolExpr:
		return c.anonymous(e)
	case *hclsyntax.BinaryOpExpr:
		return c.binary(e)
	case *hclsyntax.UnaryOpExpr:
		return c.unary(e)
	case *hclsyntax.ParenthesesExpr:
		return c.expr(e.Expression, want)
	}
	return c.bad(e.Range()) // the syntax error was told
}

// plain is expr for a place that cannot take missing data or an event that
// carries nothing.
func (c *checker) plain(e hclsyntax.Expression, want *types.Type) typed.Expr {
	return c.plainFor(e, want, "used")
}

// plainFor is plain with a word for what is done: used, compared.
func (c *checker) plainFor(e hclsyntax.Expression, want *types.Type, used string) typed.Expr {
	x := c.expr(e, want)
	if !isBad(x) && x.Base().Type.Kind == types.Optional {
		c.report(c.errMissingUsed(x, "", used))
		return c.bad(e.Range())
	}
	return x
}

// condition types an expression that must be on or off.
func (c *checker) condition(e hclsyntax.Expression, place string) typed.Expr {
	return c.switched(c.plain(e, types.TBool), e, place)
}

// switched is x, which must be on or off.
func (c *checker) switched(x typed.Expr, e hclsyntax.Expression, place string) typed.Expr {
	if isBad(x) {
		return x
	}
	if x.Base().Type.Kind != types.Bool {
		c.report(c.errCondition(x, place))
		return c.bad(e.Range())
	}
	return x
}

// conditional is `c ? a : b`.
func (c *checker) conditional(e *hclsyntax.ConditionalExpr, want *types.Type) typed.Expr {
	cond := c.condition(e.Condition, "before `?`")
	a, b := c.answers(e, cond, want)
	if anyBad(cond, a, b) {
		return c.guessed(e.Range(), cond, a, b)
	}
	t := c.unify(a, b)
	if t == nil {
		c.report(c.errBranches(a, b))
		return c.bad(e.Range())
	}
	x := &typed.Cond{Info: c.info(e.Range(), t), C: cond, A: c.convert(a, t), B: c.convert(b, t)}
	return c.branches(x, []typed.Expr{a, b}, cond, a, b)
}

// answers types the two sides of `c ? a : b`. One of them may be a bare member of
// the enumeration that the other is of.
func (c *checker) answers(e *hclsyntax.ConditionalExpr, cond typed.Expr, want *types.Type) (a, b typed.Expr) {
	typeA := func() { a = c.knowing(holds(cond, true), func() typed.Expr { return c.expr(e.TrueResult, want) }) }
	typeB := func() { b = c.knowing(holds(cond, false), func() typed.Expr { return c.expr(e.FalseResult, want) }) }
	if want == nil && c.bareFirst(e.TrueResult, e.FalseResult) {
		typeB()
		want = enumOf(b)
		typeA()
		return a, b
	}
	typeA()
	if want == nil {
		want = enumOf(a)
	}
	typeB()
	return a, b
}

// enumOf is the type of an expression if that is an enumeration, or a record with
// one in it.
func enumOf(x typed.Expr) *types.Type {
	if isBad(x) || !hasMembers(x.Base().Type) {
		return nil
	}
	return x.Base().Type
}

// hasMembers reports whether members may be written bare in an expression of a
// type.
func hasMembers(t *types.Type) bool {
	t = elemOrSelf(t)
	return t.Kind == types.Enum || t.Kind == types.Record &&
		slices.ContainsFunc(t.Fields, func(f types.Field) bool { return hasMembers(f.Type) })
}

// guessed is what is left of an operation with an error: nothing, except while
// the type of a circle is looked for, where any operand will do.
func (c *checker) guessed(r rangeT, _ typed.Expr, options ...typed.Expr) typed.Expr {
	if c.guessing > 0 {
		for _, x := range options {
			if !isBad(x) {
				return x
			}
		}
	}
	return c.bad(r)
}

// unify is the one type that two expressions can both have, or nil; the left one
// decides about units.
func (c *checker) unify(a, b typed.Expr) *types.Type {
	return unifyTypes(a.Base().Type, b.Base().Type)
}

func unifyTypes(ta, tb *types.Type) *types.Type {
	if ta.Kind == types.Never {
		return tb
	}
	if _, ok := convertible(tb, ta); ok {
		return types.Doubt(ta, tb)
	}
	if _, ok := convertible(ta, tb); ok {
		return types.Doubt(tb, ta)
	}
	switch {
	case ta.Kind == types.Null && tb.Kind != types.Null:
		return types.OptionalOf(tb)
	case tb.Kind == types.Null && ta.Kind != types.Null:
		return types.OptionalOf(ta)
	case ta.Kind == types.Optional || tb.Kind == types.Optional:
		inner := unifyTypes(elemOrSelf(ta), elemOrSelf(tb))
		if inner != nil {
			return types.OptionalOf(inner)
		}
	}
	return nil
}

func elemOrSelf(t *types.Type) *types.Type {
	if t.Kind == types.Optional {
		return t.Elem
	}
	return t
}
