package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/typed"
)

// errFeedback is a thing that publishes where something it follows listens.
func (c *checker) errFeedback(d *decl, out typed.Expr, in *decl, set *typed.Set) *diag.Diagnostic {
	f := finding("E0603", "This would feed itself for ever", out.Base().Range,
		fmt.Sprintf("`%s` publishes what it heard, and the two topics overlap", d.name))
	also(f, set.X.Base().Range, fmt.Sprintf("`%s` listens here", in.name))
	f.Why = "Every message would come back as a new one."
	f.Hint = fmt.Sprintf("publish somewhere else, for example under `%s/…`, or narrow what `%s` listens to.", d.name, in.name)
	return f
}
