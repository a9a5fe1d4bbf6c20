package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
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

// errQuotedMember is a member of an enumeration in quotes.
func errQuotedMember(k *typed.Const, t *types.Type, name string) *diag.Diagnostic {
	f := finding("E0202", "This is written without quotes", k.Range, "this is a text")
	also(f, t.Origin.Range, t.Origin.Text+" is "+t.Say())
	if t.Origin.Range.Filename == "" {
		f.Why = fmt.Sprintf("It is %s, which are no texts.", t.Say())
	}
	f.Hint = fmt.Sprintf("write `%s`.", name)
	replace(f, k.Range, name)
	return f
}

// hintQuotedMembers tells of an enumeration that nobody uses why that may be: its members
// stand in the flow as texts.
func (c *checker) hintQuotedMembers(f *diag.Diagnostic, d *decl) {
	places := c.quotedMembersOf(d)
	if len(places) == 0 {
		return
	}
	for _, at := range places {
		also(f, at, "this is a text, and not a member of `"+d.name+"`")
	}
	word := d.name + "." + c.src(c.unquoted(places[0]))
	f.Why = "A text in quotes is never a member, though it reads the same."
	f.Hint = fmt.Sprintf("did you mean `%s`? Where a member is wanted its name stands alone, without quotes.", word)
}

// errStateWord is a start that is a name of nothing: the states need to be declared.
func (c *checker) errStateWord(d *decl, a *syntax.Attr, word string) *diag.Diagnostic {
	f := finding("E0104", "There is no such name", a.Expr.Range(), fmt.Sprintf("nothing here is called `%s`", word))
	f.Why = "What a state can be is declared once; then a misspelt one is found."
	name := d.name + "_mode"
	f.Hint = "declare it, and begin with one of its members:"
	f.Example = fmt.Sprintf("enum %s {\n  values = [%s]\n}\n\nstart = %s.%s", name, strings.Join(c.stateWords(d, word), ", "), name, word)
	if c.decls[name] != nil || switchNames[word] != "" {
		return f
	}
	at := d.block.KindRange
	at.End = at.Start
	f.Fix = []diag.Edit{
		{Range: at, Text: fmt.Sprintf("enum %s {\n  values = [%s]\n}\n\n", name, strings.Join(c.stateWords(d, word), ", "))},
		{Range: a.Expr.Range(), Text: name + "." + word},
	}
	return f
}

// stateWords are the names of nothing that a state begins with and becomes, and that it
// is compared with.
func (c *checker) stateWords(d *decl, start string) []string {
	words := []string{start}
	look := func(e hclsyntax.Expression) {
		hclsyntax.VisitAll(e, func(n hclsyntax.Node) (none hcl.Diagnostics) {
			t, ok := n.(*hclsyntax.ScopeTraversalExpr)
			if !ok || len(t.Traversal) != 1 {
				return none
			}
			word := t.Traversal.RootName()
			if isName(word) && c.lookup(word) == nil && !slices.Contains(reserved, word) && switchNames[word] == "" && !slices.Contains(words, word) {
				words = append(words, word)
			}
			return none
		})
	}
	if on := d.block.Attr("on"); on != nil {
		if o, ok := on.Expr.(*hclsyntax.ObjectConsExpr); ok {
			for _, item := range o.Items {
				look(item.ValueExpr)
			}
		}
	}
	return words
}
