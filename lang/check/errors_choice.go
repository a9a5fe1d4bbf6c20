package check

import (
	"fmt"

	"flowc/lang/diag"
)

// errMemberHides is a member of an enumeration that has the name of something
// else.
func errMemberHides(d *decl, name string, r rangeT, other *decl) *diag.Diagnostic {
	f := warning("W0110", "One word, two meanings", r, fmt.Sprintf("where %s is expected, `%s` means this", article(d.name), name))
	also(f, other.at, fmt.Sprintf("and not this `%s`, as everywhere else", name))
	f.Hint = fmt.Sprintf("give one of them another name. Where the member is meant, `%s.%s` says so.", d.name, name)
	return f
}
