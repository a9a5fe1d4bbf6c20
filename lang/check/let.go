package check

import (
	"flowc/lang/typed"
	"flowc/lang/types"
)

// let gives f an expression that it may use more than once: x itself where that
// costs nothing, else a name for it that holds while the result is worked out.
func (c *checker) let(x typed.Expr, f func(x typed.Expr) typed.Expr) typed.Expr {
	_, isConst := constant(x)
	if isConst || pathOf(x) != "" || isBad(x) {
		return f(x)
	}
	if c.remembers(x) && !c.scope.repeated {
		return f(c.named(x))
	}
	v := &typed.Local{Name: "it", Type: x.Base().Type}
	ref := &typed.LocalRef{Info: *x.Base(), Local: v}
	ref.Fallible = false
	body := f(ref)
	if isBad(body) {
		return body
	}
	l := &typed.Let{Info: *body.Base(), Var: v, X: x, Body: body}
	l.Fallible = false
	if x.Base().Shape == types.Constant && body.Base().Shape == types.Constant {
		return c.fold(l)
	}
	return l
}

// remembers reports whether something in an expression remembers, and so must be
// there once.
func (c *checker) remembers(x typed.Expr) bool {
	found := false
	typed.Walk(x, func(n typed.Expr) bool {
		switch n.(type) {
		case *typed.OpCall, *typed.Where, *typed.Since, *typed.Initially:
			found = true
		}
		return !found
	})
	return found
}
