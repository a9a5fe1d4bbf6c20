package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/typed"
)

// errFeedback is a thing that publishes where something it follows listens.
func (c *checker) errFeedback(d *decl, out typed.Expr, in *decl, set *typed.Set, through []*typed.Thing) *diag.Diagnostic {
	f := finding("E0603", "This would feed itself for ever", out.Base().Range,
		fmt.Sprintf("`%s` publishes what it heard, and the two topics overlap", d.name))
	also(f, set.X.Base().Range, fmt.Sprintf("`%s` listens here", in.name))
	for _, t := range through {
		if o := c.decls[t.Name]; o != nil {
			also(f, o.at, fmt.Sprintf("`%s` publishes again what it hears", o.name))
		}
	}
	f.Why = "Every message would come back as a new one."
	if len(through) == 0 && !sameConnection(d.thing, in.thing) {
		f.Why = "The brokers are bridged: every message would come back as a new one."
	}
	f.Hint = fmt.Sprintf("publish somewhere else, for example under `%s/…`, or narrow what `%s` listens to.", d.name, in.name)
	return f
}
