package check

import (
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// wholeExpr is an expression as it stands in the flow, with all that is in it. A bare
// member of an enumeration is known by what stands beside it; where that is poisoned, the
// member is not to blame.
type wholeExpr struct {
	at rangeT
	// poisoned says that something in it is wrong and was told elsewhere.
	poisoned bool
	// members are the bare members in it that nothing gave a meaning.
	members []*diag.Diagnostic
}

// inWhole types an expression, and takes back what was said of its bare members if
// something beside them is poisoned.
func (c *checker) inWhole(e hclsyntax.Expression, want *types.Type) typed.Expr {
	before := len(c.found)
	if outer := c.whole; outer != nil && inside(e.Range(), outer.at) {
		x := c.typed(e, want)
		outer.poisoned = outer.poisoned || isBad(x) && len(c.found) == before && c.guessing == 0
		return x
	}
	outer := c.whole
	c.whole = &wholeExpr{at: e.Range(), poisoned: want != nil && want.Kind == types.Bad}
	x := c.typed(e, want)
	whole := c.whole
	c.whole = outer
	if whole.poisoned {
		c.unsay(whole.members)
	}
	return x
}

// unsay takes messages back. They are kept for a program in which nothing else is wrong.
func (c *checker) unsay(list []*diag.Diagnostic) {
	c.unsaid = append(c.unsaid, list...)
	c.found = slices.DeleteFunc(c.found, func(f *diag.Diagnostic) bool { return slices.Contains(list, f) })
}

func inside(r, outer rangeT) bool {
	return r.Filename == outer.Filename && r.Start.Byte >= outer.Start.Byte && r.End.Byte <= outer.End.Byte
}
