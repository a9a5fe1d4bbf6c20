package check

import (
	"fmt"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/types"
)

// errFormerForm is a `renamed_from` of an enumeration that is written differently.
func errFormerForm(a *syntax.Attr, t *types.Type) *diag.Diagnostic {
	f := finding("E0202", "Which member was called what?", a.Expr.Range(), "the members that got another name are needed here")
	f.Why = "It finds what was kept while they were called something else."
	f.Hint = "write the name of now, and the one of before in quotes:"
	f.Example = fmt.Sprintf("renamed_from = { %s = \"old_name\" }", t.Values[0])
	return f
}

// errFormerNow is a new name that no member has.
func errFormerNow(e hclsyntax.Expression, name string, d *decl, t *types.Type) *diag.Diagnostic {
	f := finding("E0104", "There is no such member", e.Range(), fmt.Sprintf("`%s` has no `%s`", d.name, name))
	also(f, d.at, "it is declared here")
	if !didYouMean(f, name, t.Values, e.Range()) {
		f.Hint = fmt.Sprintf("it has %s.", quoted(append([]string(nil), t.Values...), "and"))
	}
	return f
}

// errFormerMember is a former name that is still one of a member.
func errFormerMember(e hclsyntax.Expression, was string, d *decl) *diag.Diagnostic {
	f := finding("E0202", "This is still a member", e.Range(), fmt.Sprintf("`%s` is one of the members of `%s`", was, d.name))
	f.Why = "Nobody could tell whether what is kept was stored before or after the change."
	f.Hint = "give the new member a name that none had before."
	return f
}

// errFormerTwice is a former name of two members.
func errFormerTwice(e hclsyntax.Expression, was string) *diag.Diagnostic {
	return finding("E0103", "One name, twice", e.Range(), fmt.Sprintf("`%s` is named before", was))
}
