package check

import (
	"fmt"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/typed"
)

// errNever is a time that can never come, or would come without a pause.
func errNever(k *typed.Const, a *catalog.Arg) *diag.Diagnostic {
	f := finding("E1104", "This would never happen", k.Range, fmt.Sprintf("`%s` must be longer than nothing", a.Name))
	f.Hint = "write how long, for example `5.min`."
	return f
}

// errItems is a list that must have so many elements.
func errItems(x typed.Expr, a *catalog.Arg, n string) *diag.Diagnostic {
	return finding("E0213", "This is out of range", x.Base().Range, fmt.Sprintf("`%s` has %s elements, the lower first", a.Name, n))
}
