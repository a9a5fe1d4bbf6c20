package check

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// quotedMember is the member of an enumeration that a text in quotes spells, where a
// member is wanted: `mode == "auto"`. That it has quotes is reported, and everything else
// is checked as if it had none. nil is all other expressions.
func (c *checker) quotedMember(x typed.Expr, want *types.Type) typed.Expr {
	if want == nil || elemOrSelf(want).Kind != types.Enum {
		return nil
	}
	want = elemOrSelf(want)
	k, ok := constant(x)
	if !ok || k.Type.Kind != types.String || !strings.HasPrefix(k.Text, `"`) {
		return nil
	}
	text, _ := k.V.(string)
	name := memberSpelled(want, text)
	if name == "" {
		return nil
	}
	f := errQuotedMember(k, want, name)
	if c.quoted == nil {
		c.quoted = map[*diag.Diagnostic]string{}
	}
	c.quoted[f] = strings.Join(want.Values, " ")
	c.report(f)
	return c.constOf(k.Range, want, name)
}

// memberSpelled is the member that a text means, whatever its capitals; "" for none.
func memberSpelled(t *types.Type, text string) string {
	n := slices.IndexFunc(t.Values, func(v string) bool { return strings.EqualFold(v, strings.TrimSpace(text)) })
	if n < 0 {
		return ""
	}
	return t.Values[n]
}

// quotedTogether says once what is wrong with all quoted members of one enumeration in a
// file: who quotes one quotes them all.
func (c *checker) quotedTogether() {
	c.found.Sort()
	first := map[string]*diag.Diagnostic{}
	told := map[rangeT]bool{}
	c.found = slices.DeleteFunc(c.found, func(d *diag.Diagnostic) bool {
		members, ok := c.quoted[d]
		if !ok {
			return false
		}
		if told[d.Subject.Range] {
			return true
		}
		told[d.Subject.Range] = true
		key := d.Subject.Range.Filename + "\n" + members
		one := first[key]
		if one == nil {
			first[key] = d
			return false
		}
		if len(one.Related) < 7 { // more lines tell nothing new
			also(one, d.Subject.Range, "and here")
		}
		one.Fix = append(one.Fix, d.Fix...)
		one.Hint = "write them without quotes."
		return true
	})
}

// quotedMembersOf are places of texts that spell members of an enumeration.
func (c *checker) quotedMembersOf(d *decl) (list []rangeT) {
	if d.typ == nil {
		return nil
	}
	look := func(e hclsyntax.Expression) {
		hclsyntax.VisitAll(e, func(n hclsyntax.Node) (none hcl.Diagnostics) {
			if t, ok := n.(*hclsyntax.TemplateExpr); ok {
				if text, ok := quotedText(t); ok && slices.Contains(d.typ.Values, text) {
					list = append(list, t.Range())
				}
			}
			return none
		})
	}
	for _, a := range c.flow.Equations {
		look(a.Expr)
	}
	for _, b := range c.flow.Blocks {
		if b.Kind == "state" || c.catalog.Kind(b.Kind) != nil {
			syntaxAttrs(b, func(a *syntax.Attr) { look(a.Expr) })
		}
	}
	return list
}

// syntaxAttrs visits the attributes of a block and of those in it.
func syntaxAttrs(b *syntax.Block, visit func(*syntax.Attr)) {
	for _, a := range b.Attrs {
		visit(a)
	}
	for _, inner := range b.Blocks {
		syntaxAttrs(inner, visit)
	}
}
