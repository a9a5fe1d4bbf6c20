package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/typed"
)

// madeEarly reports what functions need before the flow runs and do not get: the
// site's zone, and patterns and layouts that are known when the flow is built.
func (c *checker) madeEarly() { c.everyExpression(c.madeEarlyAt) }

func (c *checker) madeEarlyAt(n typed.Expr) {
	if op, ok := n.(*typed.OpCall); ok {
		c.placed(op)
	}
	call, ok := n.(*typed.Call)
	if !ok {
		return
	}
	if call.Fn.Zone && c.zone == "" {
		c.report(errNoSite(call.Range, call.Fn.Name, "the local time"))
	} else if call.Fn.Site && !c.place.known {
		c.report(errNoSite(call.Range, call.Fn.Name, "the place"))
	}
	for i, a := range call.Args {
		if i >= len(call.Fn.Args) || call.Fn.Args[i].Shape != "const" {
			continue
		}
		k, ok := a.(*typed.Const)
		if !ok && !isBad(a) {
			c.report(c.errNotConstant(a, fmt.Sprintf("`%s` of `%s`", call.Fn.Args[i].Name, call.Fn.Name)))
		} else if ok {
			c.readable(k, call.Fn.Args[i])
		}
	}
}

func errNoSite(r rangeT, name, what string) *diag.Diagnostic {
	f := finding("E1101", "Where are you?", r, fmt.Sprintf("`%s` needs to know %s", name, what))
	f.Why = "The same moment is seven o'clock in one place and midnight in another."
	f.Hint = "say once where the flow runs:"
	f.Example = "site {\n  latitude  = 52.5\n  longitude = 13.4\n  timezone  = \"Europe/Berlin\"\n}"
	return f
}
