package check

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/sqlcheck"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// answer finds the type of what a query answers: its row, as `row` says or as the
// columns are, and how many of them.
func (c *checker) answer(d *decl, given *syntax.Attr) {
	if statementField(d.kind) == nil {
		return
	}
	s := c.statementOf(d)
	row := d.thing.Param
	d.thing.Param, d.thing.Codec = types.TBad, typed.SQL
	switch {
	case row != nil && row.Kind == types.Bad, s == nil || s.found == nil:
		return
	case s.found.Unread && given == nil:
		c.report(c.errUnreadRow(d, s))
		return
	case s.found.Unread:
		s.takeAsSaid(row)
	case given == nil:
		row = c.inferredRow(d, s)
	default:
		row = c.comparedRow(s, row, given)
	}
	if row == nil {
		return
	}
	for _, col := range s.found.Columns {
		d.thing.Lines.Captures = append(d.thing.Lines.Captures, col.Name)
	}
	switch c.expectation(d) {
	case "many":
		row = types.ListOf(row)
	case "maybe_one":
		row = types.OptionalOf(row)
	case "":
		if start, length := sqlcheck.Several(s.text); length > 0 {
			c.report(c.warnSeveralRows(s, start, length))
		}
	}
	d.thing.Param = row
}

// expectation is how many rows the flow expects; what else it says was told elsewhere.
func (c *checker) expectation(d *decl) string {
	a := d.block.Attr("expect")
	if a == nil {
		return ""
	}
	return hcl.ExprAsKeyword(a.Expr)
}

// rowType reads `row =`: a record of columns.
func (c *checker) rowType(e hclsyntax.Expression, path string) *types.Type {
	t := c.typeExpr(e, path)
	if t.Kind == types.Bad {
		return t
	}
	if t.Kind != types.Record || len(t.Fields) == 0 {
		c.report(errRowType(e.Range(), t))
		return types.TBad
	}
	for _, f := range t.Fields {
		switch {
		case f.Wire != "" || f.Default != nil:
			c.report(errColumnForm(f.Range, "`named` or another value for what is missing"))
			return types.TBad
		case !c.isColumn(f.Type, f.Range):
			return types.TBad
		}
	}
	return t
}

// comparedRow holds what is asked for against what the statement gives.
func (c *checker) comparedRow(s *statement, row *types.Type, a *syntax.Attr) *types.Type {
	fine := true
	seen := map[string]bool{}
	for n, col := range s.found.Columns {
		if seen[col.Name] {
			c.report(c.errColumnTwice(s, col))
			return nil
		}
		seen[col.Name] = true
		f, ok := row.Field(col.Name)
		if !ok {
			c.report(c.warnColumnUnasked(s, n, row, a))
			continue
		}
		fine = c.columnFits(s, col, f) && fine
	}
	for _, f := range row.Fields {
		if !seen[f.Name] {
			c.report(errColumnNotReturned(s, f))
			fine = false
		}
	}
	if !fine {
		return nil
	}
	return row
}

// columnFits holds the type of one column against its table's.
func (c *checker) columnFits(s *statement, col sqlcheck.Result, f types.Field) bool {
	want := elemOrSelf(f.Type)
	optional := f.Type.Kind == types.Optional
	if col.Table < 0 {
		if col.Missing && !optional {
			c.report(c.errAggregateMissing(s, col, f))
			return false
		}
		return true
	}
	table := s.tables[col.Table]
	from := table.Row.Fields[col.Column]
	have := elemOrSelf(from.Type)
	switch {
	case !types.Same(have, want) || have.Kind == types.Duration && have.Unit.Name != want.Unit.Name:
		c.report(errColumnType(table, from, f, have, want))
		return false
	case !optional && (from.Type.Kind == types.Optional || col.Missing):
		c.report(errColumnMissing(table, from, f, col.Missing))
		return false
	}
	return true
}

// inferredRow makes the row of the columns themselves.
func (c *checker) inferredRow(d *decl, s *statement) *types.Type {
	row := &types.Type{Kind: types.Record, Origin: types.Origin{Range: s.attr.NameRange, Text: "`" + d.name + "`"}}
	for _, col := range s.found.Columns {
		if _, twice := row.Field(col.Name); twice {
			c.report(c.errColumnTwice(s, col))
			return nil
		}
		if col.Table < 0 || !hclsyntax.ValidIdentifier(col.Name) {
			c.report(c.errRowNeeded(d, s, col))
			return nil
		}
		from := s.tables[col.Table].Row.Fields[col.Column]
		t := from.Type
		if col.Missing && t.Kind != types.Optional {
			t = types.OptionalOf(t)
		}
		row.Fields = append(row.Fields, types.Field{Name: col.Name, Type: t, Range: from.Range})
	}
	return row
}
