package check

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/typed"
)

// round is `round(q, unit, digits)`: a quantity rounded as it is counted in a unit,
// and then held in that unit. With two arguments it is the function of numbers.
func (c *checker) round(k call) typed.Expr {
	if k.count() != 3 || k.e.ExpandFinal {
		return c.overload(k, c.callees(k.name))
	}
	last := len(k.args) - 1
	plain := k
	plain.args = k.args[:last]
	n := c.in(plain)
	digits := c.plain(k.args[last], nil)
	if anyBad(n, digits) {
		return c.bad(k.e.Range())
	}
	list := c.callees(k.name)
	given := []argument{{x: n}, {node: k.args[last], x: digits}}
	best, m := c.choose(list, given)
	if m.problem != nil {
		c.report(c.errArgument(k, list, best, given, m, nil))
		return c.bad(k.e.Range())
	}
	unit := k
	unit.first = c.function(k, best, given, m)
	unit.args = []hclsyntax.Expression{k.args[last-1]}
	return c.as(unit)
}
