package check

import (
	"flowc/lang/typed"
	"flowc/lang/types"
)

// fail is `fail("why")`: no value, whatever is needed there, and a reason. It takes
// the type of its place.
func (c *checker) fail(k call) typed.Expr {
	r := k.e.Range()
	if !c.needs(k, 1, `fail("why")`) {
		return c.bad(r)
	}
	why := k.first
	if node := k.node(0); node != nil {
		why = c.plain(node, types.TString)
	}
	if isBad(why) {
		return c.bad(r)
	}
	if why.Base().Type.Kind != types.String {
		c.report(c.errWrongType(why, types.TString, "the reason of `fail`", rangeT{}))
		return c.bad(r)
	}
	x := &typed.Fail{Info: c.info(r, types.TNever), Why: why}
	if !c.join(&x.Info, why) {
		return c.bad(r)
	}
	x.Fallible = true
	return x
}

// onlyFails reports whether there can never be a value of a type, since a part of it
// always fails.
func onlyFails(t *types.Type) bool {
	switch t.Kind {
	case types.Never:
		return true
	case types.List, types.Map, types.Optional:
		return onlyFails(t.Elem)
	}
	for _, f := range t.Fields {
		if onlyFails(f.Type) {
			return true
		}
	}
	return false
}

// convertFail gives a failure the type of its place.
func convertFail(x typed.Expr, to *types.Type) typed.Expr {
	if f, ok := x.(*typed.Fail); ok {
		c := *f
		c.Type = to
		return &c
	}
	return x
}
