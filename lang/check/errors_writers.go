package check

import (
	"fmt"

	"flowc/lang/diag"
)

// errTwoWriters is a topic whose last word two things have.
func errTwoWriters(w, first writer) *diag.Diagnostic {
	f := finding("E0608", "Two things write here", w.x.Base().Range, fmt.Sprintf("and so does `%s`", w.d.name))
	also(f, first.x.Base().Range, fmt.Sprintf("`%s` writes to this topic", first.d.name))
	if w.d.kind.Decides || first.d.kind.Decides {
		f.Why = "A device does what it heard last, so each would undo what the other commands."
		f.Hint = "let one of them decide, in one expression or a `state` table:"
		f.Example = fmt.Sprintf("%s = … || …", driveName(w, first))
		return f
	}
	f.Why = "The broker keeps the last message of a topic, and which of the two that is depends on what happened last."
	f.Hint = fmt.Sprintf("give `%s` a topic of its own, or let one thing send both:", w.d.name)
	f.Example = "send = merge(…, …)"
	return f
}

// driveName is what the actuator among the two is told: `on`, or `level`.
func driveName(list ...writer) string {
	for _, w := range list {
		if in := driveInput(w.d); in != "" {
			return in
		}
	}
	return "on"
}
