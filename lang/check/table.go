package check

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// row is a line of the object that `match` and `choose` take: what must hold, and
// the answer then.
type row struct {
	// key is the expression on the left, name its text.
	key    hclsyntax.Expression
	name   string
	at     rangeT
	answer hclsyntax.Expression
	// facts are known where the answer is worked out; it is what `it` means there.
	facts *facts
	it    *local
	x     typed.Expr
}

// rows reads a table. A row that is there twice is reported.
func (c *checker) rows(k call, node hclsyntax.Expression, signature string) ([]*row, bool) {
	o, ok := node.(*hclsyntax.ObjectConsExpr)
	if !ok || len(o.Items) == 0 {
		c.report(errNoTable(k, node, signature))
		return nil, false
	}
	var list []*row
	seen := map[string]rangeT{}
	for _, item := range o.Items {
		r := &row{key: item.KeyExpr, at: item.KeyExpr.Range(), answer: item.ValueExpr, facts: c.scope.facts}
		if key, isKey := r.key.(*hclsyntax.ObjectConsKeyExpr); isKey {
			r.key = key.Wrapped
		}
		r.name = c.text(r.at)
		if first, twice := seen[r.name]; twice {
			c.report(errKeyTwice(r.name, r.at, first))
			ok = false
			continue
		}
		seen[r.name] = r.at
		list = append(list, r)
	}
	return list, ok
}

// isElse reports whether a row is `else = …`.
func (r *row) isElse() bool { return hcl.ExprAsKeyword(r.key) == "else" }

// typeAnswers types the answers of a table and gives the one type that they all
// can have; nil where there is none. Bare members of an enumeration are typed
// after the answers that tell which enumeration it is.
func (c *checker) typeAnswers(rows []*row, want *types.Type) *types.Type {
	for _, bare := range []bool{false, true} {
		for _, r := range rows {
			if c.isBareUnknown(r.answer) != bare {
				continue
			}
			s := c.scope
			s.facts = r.facts
			if r.it != nil {
				s.locals = r.it
			}
			r.x = c.with(s, func() typed.Expr { return c.expr(r.answer, want) })
			if want == nil {
				want = enumOf(r.x)
			}
		}
	}
	return c.commonType(rows)
}

func (c *checker) commonType(rows []*row) *types.Type {
	for _, r := range rows {
		if isBad(r.x) {
			return nil
		}
	}
	common := rows[0].x.Base().Type
	for _, r := range rows[1:] {
		next := unifyTypes(common, r.x.Base().Type)
		if next == nil {
			c.report(c.errAnswers(rows[0].x, r.x, common))
			return nil
		}
		common = next
	}
	return common
}

// guessedRow is what is left of a table with an error: nothing, except while the
// type of a circle is looked for.
func (c *checker) guessedRow(r rangeT, rows []*row) typed.Expr {
	var options []typed.Expr
	for _, row := range rows {
		options = append(options, row.x)
	}
	return c.guessed(r, nil, options...)
}

// variables are the names that an expression reads, those that stand alone as a
// condition of `choose` included, which HCL takes for the name of a field.
func variables(e hclsyntax.Expression) []hcl.Traversal {
	list := e.Variables()
	hclsyntax.VisitAll(e, func(n hclsyntax.Node) hcl.Diagnostics {
		call, ok := n.(*hclsyntax.FunctionCallExpr)
		if !ok || call.Name != "choose" || len(call.Args) == 0 {
			return nil
		}
		o, ok := call.Args[len(call.Args)-1].(*hclsyntax.ObjectConsExpr)
		if !ok {
			return nil
		}
		for _, item := range o.Items {
			key, ok := item.KeyExpr.(*hclsyntax.ObjectConsKeyExpr)
			if !ok || hcl.ExprAsKeyword(key) == "" || hcl.ExprAsKeyword(key) == "else" {
				continue
			}
			if t, ok := traversalOf(key.Wrapped); ok {
				list = append(list, t)
			}
		}
		return nil
	})
	return list
}
