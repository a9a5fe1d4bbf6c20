package check

import (
	"fmt"

	"flowc/lang/diag"
)

// errStaleTooSoon is a source that would count as silent before its next reading.
func errStaleTooSoon(d *decl, stale, period *setTime) *diag.Diagnostic {
	f := warning("W1105", "This counts as silence before the next one is due", stale.at, fmt.Sprintf("%s of silence …", literal(stale.d)))
	also(f, period.at, fmt.Sprintf("… but it comes every %s", literal(period.d)))
	f.Why = fmt.Sprintf("`%s` would stop being ready again and again, with nothing wrong.", d.name)
	f.Hint = "three times as long lets one of them fail, and another be late:"
	f.Example = fmt.Sprintf("%s = %s", stale.name, literal(3*period.d))
	return f
}

// errTooPatient is an attempt that may go on when the next one is due.
func errTooPatient(d *decl, wait, period *setTime) *diag.Diagnostic {
	f := finding("E1104", "This can never be waited for", wait.at, fmt.Sprintf("`%s` would wait %s …", d.name, literal(wait.d)))
	also(f, period.at, fmt.Sprintf("… and the next one is due after %s", literal(period.d)))
	f.Hint = "wait no longer than until then:"
	f.Example = fmt.Sprintf("%s = %s", wait.name, literal(period.d))
	return f
}
