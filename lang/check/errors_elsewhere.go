package check

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/syntax"
)

// elsewhere tells of a setting that people look for in blocks and that is said in
// another way, and reports whether this is one. b is its block, nil where that has no
// `when`.
func elsewhere(f *diag.Diagnostic, a *syntax.Attr, b *syntax.Block) bool {
	switch a.Name {
	case "missed":
		f.Summary = "This belongs to the schedule"
		f.Subject.Label = "a time is missed by the schedule, not by what it starts"
		f.Why = "Another event may start the same thing, and nothing is late about that one."
		f.Hint = "say it where the times are:"
		f.Example = "daily(\"07:00\", { missed = run_once })"
		scheduleMisses(f, a, b)
	case "migrate":
		f.Summary = "Only a state can be migrated"
		f.Subject.Label = "what this keeps cannot be turned into something else"
		f.Why = "A counter or a sequence begins anew when it is something else than before."
		f.Hint = "`renamed_from` takes over what is the same under another name; what is something else begins anew, once you agree to lose it:"
		f.Example = "flowc build --forget NAME"
	default:
		return false
	}
	return true
}

// scheduleMisses puts the setting of a block into the schedule that its `when` is.
func scheduleMisses(f *diag.Diagnostic, a *syntax.Attr, b *syntax.Block) {
	if b == nil || b.Attr("when") == nil {
		return
	}
	call, ok := b.Attr("when").Expr.(*hclsyntax.FunctionCallExpr)
	word := hcl.ExprAsKeyword(a.Expr)
	if !ok || word == "" || len(call.Args) == 0 || !hasMissed(call.Name) {
		return
	}
	if _, has := call.Args[len(call.Args)-1].(*hclsyntax.ObjectConsExpr); has {
		return
	}
	also(f, call.Range(), "these are the times")
	at := call.CloseParenRange
	at.End = at.Start
	f.Fix = []diag.Edit{{Range: at, Text: fmt.Sprintf(", { missed = %s }", word)}, {Range: a.Range}}
}

// hasMissed reports whether a schedule can say what becomes of a missed time.
func hasMissed(name string) bool {
	for _, o := range catalog.Load().Operators {
		if o.Name == name && slices.ContainsFunc(o.Options, func(a *catalog.Arg) bool { return a.Name == "missed" }) {
			return true
		}
	}
	return false
}
