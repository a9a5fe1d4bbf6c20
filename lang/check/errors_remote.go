package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/typed"
)

// errRemote is an actuator that somebody far away may switch on for ever.
func errRemote(d *decl, x typed.Expr, from *decl) *diag.Diagnostic {
	f := warning("W0805", "This can be left on from far away", x.Base().Range,
		fmt.Sprintf("`%s` does what `%s` says, for as long as it says so", d.name, from.name))
	also(f, from.at, "this comes over the network")
	f.Why = "A wrong message, or a connection that is lost after the right one, and nothing here would switch it off again."
	f.Hint = fmt.Sprintf("give `%s` a limit of its own:", d.name)
	f.Example = "max_on = 1.h"
	return f
}
