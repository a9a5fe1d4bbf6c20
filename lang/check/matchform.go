package check

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/typed"
	"flowc/lang/types"
)

const matchSignature = "match(x, { member = answer, … })"

// matchForm is `match(x, { member = answer, … })`: an answer for each member of an
// enumeration, case of a variant, or for on and off.
func (c *checker) matchForm(k call) typed.Expr {
	r := k.e.Range()
	if !c.needs(k, 2, matchSignature) {
		return c.bad(r)
	}
	x := k.first
	if node := k.node(0); node != nil {
		x = c.plain(node, nil)
	}
	rows, ok := c.rows(k, k.node(1), matchSignature)
	if isBad(x) || !ok {
		return c.bad(r)
	}
	all := membersToMatch(x.Base().Type)
	if all == nil {
		c.report(c.errNothingToMatch(x, rows))
		return c.bad(r)
	}
	members, other, ok := c.matchRows(x, rows, all)
	if !ok {
		return c.bad(r)
	}
	if missing := without(all, members); other == nil && len(missing) > 0 {
		c.report(c.errForgotten(k, x, missing))
		return c.bad(r)
	}
	if other != nil && len(members) == len(all) {
		c.report(errElseDead(x, other))
	}
	if x.Base().Type.Kind == types.Bool {
		return c.matchSwitch(k, x, rows, members, other)
	}
	return c.matchMembers(k, x, rows, members, other)
}

// membersToMatch are the names that the rows of a match over a type have, nil for
// a type that has none.
func membersToMatch(t *types.Type) []string {
	switch t.Kind {
	case types.Bool:
		return []string{"on", "off"}
	case types.Enum:
		return t.Values
	case types.Variant:
		return t.Cases()
	}
	return nil
}

// without are the members that have no row.
func without(all []string, members map[string]*row) []string {
	var list []string
	for _, name := range all {
		if members[name] == nil {
			list = append(list, name)
		}
	}
	return list
}

// matchRows sorts the rows by member.
func (c *checker) matchRows(x typed.Expr, rows []*row, all []string) (members map[string]*row, other *row, ok bool) {
	members, ok = map[string]*row{}, true
	t := x.Base().Type
	for _, r := range rows {
		name := memberName(c, r, t)
		switch {
		case r.isElse() && !slices.Contains(all, "else"):
			other = r
		case !slices.Contains(all, name):
			c.report(c.errNoMemberRow(x, all, r))
			ok = false
		case members[name] != nil:
			c.report(errKeyTwice(name, r.at, members[name].at))
			ok = false
		default:
			members[name] = r
		}
	}
	return members, other, ok
}

// memberName is the member that a row is for: bare, in quotes, or qualified
// (`mode.eco`).
func memberName(c *checker, r *row, t *types.Type) string {
	if t.Kind == types.Bool {
		return switchNames[r.name]
	}
	if s, ok := quotedText(r.key); ok {
		return s
	}
	if tr, ok := traversalOf(r.key); ok && len(tr) == 2 && tr.RootName() == t.Name {
		if a, ok := tr[1].(hcl.TraverseAttr); ok {
			return a.Name
		}
	}
	return r.name
}

// matchMembers is a match over an enumeration or a variant.
func (c *checker) matchMembers(k call, x typed.Expr, rows []*row, members map[string]*row, other *row) typed.Expr {
	r := k.e.Range()
	xt := x.Base().Type
	its := map[string]*typed.Local{}
	if isVariant(xt) {
		c.narrowArms(x, members, its)
	}
	t := c.typeAnswers(rows, k.want)
	if t == nil {
		return c.guessedRow(r, rows)
	}
	m := &typed.Match{Info: c.info(r, t), X: x}
	operands := []typed.Expr{x}
	for _, row := range rows {
		answer := c.convert(row.x, t)
		operands = append(operands, answer)
		if row == other {
			m.Else = answer
			continue
		}
		name := memberName(c, row, xt)
		m.Arms = append(m.Arms, typed.Arm{Member: name, It: its[name], Body: answer})
	}
	return c.branches(m, operands[1:], operands...)
}

// narrowArms lets each arm know its case: `it` is its data there, and so is the
// path that was matched.
func (c *checker) narrowArms(x typed.Expr, members map[string]*row, its map[string]*typed.Local) {
	path := pathOf(x)
	for name, row := range members {
		it := &typed.Local{Name: "it", Type: x.Base().Type.CaseType(name)}
		its[name] = it
		row.it = &local{name: "it", v: it, arm: true, next: c.scope.locals}
		if path != "" {
			row.facts = row.facts.and([]string{isCase(path, name)})
		}
	}
}

// isCase is the fact that the variant at a path is a case.
func isCase(path, name string) string { return path + "\x00" + name }

// knownCase is the case that a variant is known to be, "" where it is not.
func (c *checker) knownCase(x typed.Expr) string {
	path := pathOf(x)
	if path == "" {
		return ""
	}
	for _, name := range x.Base().Type.Cases() {
		if c.scope.facts.has(isCase(path, name)) {
			return name
		}
	}
	return ""
}

func isVariant(t *types.Type) bool { return t.Kind == types.Variant }

// quotedText is a text that is written out.
func quotedText(e hclsyntax.Expression) (string, bool) {
	t, ok := e.(*hclsyntax.TemplateExpr)
	if !ok || !t.IsStringLiteral() {
		return "", false
	}
	return t.Parts[0].(*hclsyntax.LiteralValueExpr).Val.AsString(), true
}

func traversalOf(e hclsyntax.Expression) (hcl.Traversal, bool) {
	t, ok := e.(*hclsyntax.ScopeTraversalExpr)
	if !ok {
		return nil, false
	}
	return t.Traversal, true
}
