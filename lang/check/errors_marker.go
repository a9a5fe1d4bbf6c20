package check

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
)

func errScale(e *hclsyntax.FunctionCallExpr) *diag.Diagnostic {
	f := finding("E0201", "This is written differently", e.Args[0].Range(), "a plain number other than zero belongs here")
	f.Why = "The number that is sent, times this one, is in the unit behind it."
	f.Hint = "for tenths of a percent write `scaled(0.1, pct)`."
	return f
}

func errMarkerType(e *hclsyntax.FunctionCallExpr, at rangeT, want string) *diag.Diagnostic {
	return finding("E0201", "This cannot be sent that way", at, fmt.Sprintf("`%s` takes %s", e.Name, want))
}

func errWordMember(name string, at rangeT, members []string) *diag.Diagnostic {
	f := finding("E0201", "There is no such member", at, fmt.Sprintf("`%s` is none of %s", name, strings.Join(members, ", ")))
	didYouMean(f, name, members, at)
	return f
}

func errWordText(at rangeT) *diag.Diagnostic {
	f := finding("E0201", "This must be a text", at, "the spelling that is sent, in quotes")
	f.Hint = "write for example `on = \"ON\"`."
	return f
}

func errWordsMissing(e *hclsyntax.FunctionCallExpr, members []string) *diag.Diagnostic {
	f := finding("E0201", "A spelling is missing", e.Range(), "every one of "+strings.Join(members, ", ")+" needs a text")
	f.Why = "A message with a spelling that is not listed is a fault, so that a typing error of the sender is seen."
	return f
}
