package check

import (
	"flowc/lang/typed"
	"flowc/lang/types"
)

// toString is `to_string(x)`: what a text with x in it shows.
func (c *checker) toString(k call) typed.Expr {
	r := k.e.Range()
	if !c.needs(k, 1, "to_string(x)") {
		return c.bad(r)
	}
	x := k.arg(c, 0, nil)
	if isBad(x) {
		return x
	}
	return c.asText(x, r)
}

// asText is an expression as people read it.
func (c *checker) asText(x typed.Expr, r rangeT) typed.Expr {
	switch x.Base().Type.Kind {
	case types.String:
		return x
	case types.Optional:
		c.report(c.errMissingInText(x))
		return c.bad(r)
	case types.Bool, types.Int, types.Number, types.Quantity, types.Duration, types.Time, types.Enum, types.Secret, types.JSON,
		types.Date, types.TimeOfDay:
		return c.finish(&typed.ToText{Info: c.info(r, types.TString), X: x}, x)
	}
	c.report(c.errNotText(x))
	return c.bad(r)
}

// show is `show(x, "no data")`: the text of data, or another where it is missing.
func (c *checker) show(k call) typed.Expr {
	r := k.e.Range()
	if !c.needs(k, 2, `show(x, "no data")`) {
		return c.bad(r)
	}
	x, d := k.arg(c, 0, nil), c.plain(k.node(1), types.TString)
	if anyBad(x, d) {
		return c.bad(r)
	}
	if d.Base().Type.Kind != types.String {
		c.report(c.errWrongType(d, types.TString, "what `show` falls back to", rangeT{}))
		return c.bad(r)
	}
	if x.Base().Type.Kind == types.Null {
		return d
	}
	if x.Base().Type.Kind != types.Optional {
		c.report(c.errNeverFires(k, x, "show"))
		return c.asText(x, r)
	}
	x = c.once(x)
	there := c.finish(&typed.Present{Info: c.info(r, types.TBool), X: x}, x)
	text := c.asText(c.unwrap(x), r)
	if isBad(text) {
		return text
	}
	return c.finish(&typed.Cond{Info: c.info(r, types.TString), C: there, A: text, B: d}, there, text, d)
}

// once is an expression that may be written twice: what remembers in it gets a
// step of its own.
func (c *checker) once(x typed.Expr) typed.Expr {
	remembers := false
	typed.Walk(x, func(n typed.Expr) bool {
		switch n.(type) {
		case *typed.OpCall, *typed.Where, *typed.Since:
			remembers = true
		}
		return !remembers
	})
	if remembers && !c.scope.repeated {
		return c.named(x)
	}
	return x
}
