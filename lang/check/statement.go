package check

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"flowc/lang/catalog"
	"flowc/lang/sqlcheck"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// statement is an SQL statement of the flow: constant text with places for data.
type statement struct {
	attr *syntax.Attr
	// text has ?1, ?2 … where parts of the flow stand.
	text string
	// parts are the pieces of the text in their order.
	parts []statementPart
	// params are the expressions of the parameters.
	params []hclsyntax.Expression
	tables []*typed.Table
	// dialect is whose SQL it is, "" for SQLite's.
	dialect string
	// found is what SQLite says of it, nil where it does not take it.
	found *sqlcheck.Statement
}

// statementPart is a piece of a statement: from start on it is what stands at at.
type statementPart struct {
	start int
	text  string
	at    rangeT
	param bool
}

// statementField is the input of a kind that takes a statement.
func statementField(k *catalog.Kind) *catalog.Field {
	for _, f := range k.Fields {
		if f.Type != nil && f.Type.Name == "statement" {
			return f
		}
	}
	return nil
}

// statementOf reads and prepares the statement of a thing, once; nil where that is
// impossible, which was told.
func (c *checker) statementOf(d *decl) *statement {
	f := statementField(d.kind)
	if f == nil || d.statement != nil {
		return d.statement
	}
	a := d.block.Attr(f.Name)
	if a == nil {
		return nil // told with the settings
	}
	s := &statement{attr: a}
	d.statement = s
	if !c.readStatement(s, a.Expr) {
		return s
	}
	to := c.databaseOf(d)
	if to == nil {
		return s
	}
	s.tables, s.dialect = to.thing.Tables, dialectOf(to.kind)
	c.prepare(d, s)
	return s
}

// databaseOf is the database that a thing names; nil where it cannot be used, which was
// told.
func (c *checker) databaseOf(d *decl) *decl {
	for _, f := range d.kind.Fields {
		a := d.block.Attr(f.Name)
		if f.Role != catalog.RoleThing || a == nil {
			continue
		}
		t, ok := a.Expr.(*hclsyntax.ScopeTraversalExpr)
		if !ok {
			return nil
		}
		to := c.lookup(t.Traversal.RootName())
		if to == nil || to.sort != sortThing || to.kind == nil || !contains(f.Kinds, to.kind.Name) {
			return nil // told with the settings
		}
		c.thing(to)
		if to.thing == nil || len(to.thing.Tables) == 0 {
			return nil
		}
		for _, table := range to.thing.Tables {
			if !whole(table.Row) {
				return nil
			}
		}
		return to
	}
	return nil
}

// readStatement takes the text apart.
func (c *checker) readStatement(s *statement, e hclsyntax.Expression) bool {
	switch e := e.(type) {
	case *hclsyntax.ParenthesesExpr:
		return c.readStatement(s, e.Expression)
	case *hclsyntax.TemplateExpr:
		for _, p := range e.Parts {
			if !c.readPart(s, p) {
				return false
			}
		}
		return true
	case *hclsyntax.TemplateWrapExpr:
		c.report(errStatementDynamic(e.Range()))
		return false
	}
	x := c.expr(e, types.TString)
	if isBad(x) {
		return false
	}
	k, ok := x.(*typed.Const)
	if !ok || k.Type.Kind != types.String {
		c.report(errStatementDynamic(e.Range()))
		return false
	}
	s.text = k.V.(string)
	s.parts = []statementPart{{text: s.text, at: e.Range()}}
	return true
}

func (c *checker) readPart(s *statement, e hclsyntax.Expression) bool {
	switch e := e.(type) {
	case *hclsyntax.LiteralValueExpr:
		if e.Val.Type() == cty.String && !e.Val.IsNull() {
			text := e.Val.AsString()
			s.parts = append(s.parts, statementPart{start: len(s.text), text: text, at: e.Range()})
			s.text += text
			return true
		}
	case *hclsyntax.TemplateJoinExpr:
		c.report(errStatementDynamic(e.Range()))
		return false
	case *hclsyntax.ConditionalExpr:
		if strings.HasPrefix(c.src(e.Range()), "%{") {
			c.report(errStatementDynamic(e.Range()))
			return false
		}
	}
	s.params = append(s.params, e)
	name := "?" + strconv.Itoa(len(s.params))
	s.parts = append(s.parts, statementPart{start: len(s.text), text: name, at: e.Range(), param: true})
	s.text += name
	return true
}

// prepare holds the statement against the tables.
func (c *checker) prepare(d *decl, s *statement) {
	for _, p := range s.parts {
		if p.param && !s.isBound(p.start) {
			c.report(errParamQuoted(p.at))
			return
		}
	}
	reads := fieldOfRole(d.kind, catalog.RoleSelf) != nil
	if verb := sqlcheck.Verb(s.text); !contains(s.verbs(reads), verb) {
		c.report(c.errVerb(s, d, verb, reads))
		return
	}
	var tables []sqlcheck.Table
	for _, t := range s.tables {
		if len(t.Row.Fields) == 0 {
			return // the table has an error of its own, and no database takes it
		}
		table := sqlcheck.Table{Name: t.Name}
		for _, f := range t.Row.Fields {
			table.Columns = append(table.Columns, sqlcheck.Column{Name: f.Name, Optional: f.Type.Kind == types.Optional})
		}
		tables = append(tables, table)
	}
	if s.dialect == "" {
		c.prepared(d, s, reads, tables)
	} else {
		c.preparedPostgres(d, s, reads, tables)
	}
	c.mixedUnits(s)
}

// mixedUnits tells of a UNION that takes one unit for another.
func (c *checker) mixedUnits(s *statement) {
	if s.found == nil {
		return
	}
	for _, m := range s.found.Mixed {
		a, b := elemOrSelf(s.tables[m.Table].Row.Fields[m.Column].Type), elemOrSelf(s.tables[m.Other].Row.Fields[m.OtherColumn].Type)
		measured := a.Is(types.Quantity, types.Duration) || b.Is(types.Quantity, types.Duration)
		if measured && (!types.Same(a, b) || a.Kind == types.Duration && a.Unit.Name != b.Unit.Name) {
			c.report(c.errMixedUnits(s, m))
			s.found = nil
			return
		}
	}
}

// prepared is what the SQLite that will run the statement says of it.
func (c *checker) prepared(d *decl, s *statement, reads bool, tables []sqlcheck.Table) {
	found, problem := sqlcheck.Prepare(tables, s.text)
	switch {
	case problem != nil:
		c.report(c.errStatement(s, problem))
	case found.Params > len(s.params):
		c.report(c.errForeignParam(s))
	case wrongVerb(found, reads):
		c.report(c.errVerb(s, d, sqlcheck.Verb(s.text), reads))
	default:
		s.found = found
	}
}

// wrongVerb reports whether a statement does not do what its kind is for.
func wrongVerb(found *sqlcheck.Statement, reads bool) bool {
	return reads && (!found.ReadOnly || len(found.Columns) == 0) || !reads && (found.ReadOnly || len(found.Columns) > 0)
}

// verbs are the words that a statement may begin with.
func (s *statement) verbs(reads bool) []string {
	switch {
	case reads:
		return []string{"SELECT", "WITH", "VALUES"}
	case s.dialect != "":
		return []string{"INSERT", "UPDATE", "DELETE", "MERGE", "WITH"}
	}
	return []string{"INSERT", "UPDATE", "DELETE", "REPLACE", "WITH"}
}

// spot is where in the flow a piece of the statement stands.
func (c *checker) spot(s *statement, offset, length int) (at rangeT, param bool) {
	for i := len(s.parts) - 1; i >= 0; i-- {
		p := s.parts[i]
		if offset < p.start {
			continue
		}
		if p.param {
			return p.at, true
		}
		return c.inLiteral(p, offset-p.start, length), false
	}
	return s.attr.Expr.Range(), false
}

// inLiteral is a piece of a literal part. A line of its source may begin with spaces
// that the text has not; where it is spelled in another way (\n) the whole part is meant.
func (c *checker) inLiteral(p statementPart, offset, length int) rangeT {
	source := string(c.sources[p.at.Filename])
	if p.at.End.Byte > len(source) {
		return p.at
	}
	written := source[p.at.Start.Byte:p.at.End.Byte]
	from, lines := 0, strings.SplitAfter(written, "\n")
	for n, line := range strings.SplitAfter(p.text, "\n") {
		if n >= len(lines) || !strings.HasSuffix(lines[n], line) {
			return p.at
		}
		if offset < len(line) || n == len(lines)-1 {
			from += len(lines[n]) - len(line) + offset
			begin := advanced(p.at.Start, written[:from])
			return rangeT{Filename: p.at.Filename, Start: begin, End: advanced(begin, written[from:min(from+length, len(written))])}
		}
		from, offset = from+len(lines[n]), offset-len(line)
	}
	return p.at
}

// advanced is the place behind a text.
func advanced(from hcl.Pos, text string) hcl.Pos {
	from.Byte += len(text)
	if i := strings.LastIndexByte(text, '\n'); i >= 0 {
		from.Line += strings.Count(text, "\n")
		from.Column, text = 1, text[i+1:]
	}
	from.Column += utf8.RuneCountInString(text)
	return from
}

// statementInput types the parameters of a statement.
func (w *wiring) statementInput(f *catalog.Field, a *syntax.Attr) {
	s := w.c.statementOf(w.d)
	if s == nil || s.found == nil {
		w.failed = true
		return
	}
	w.t.SQL = s.text
	if s.found.Unread && fieldOfRole(w.d.kind, catalog.RoleSelf) != nil {
		w.t.SQL = sqlcheck.Enclosed(s.text, w.t.Lines.Captures)
	}
	record := &types.Type{Kind: types.Record}
	x := &typed.RecordOf{Info: w.c.info(a.Expr.Range(), record)}
	for n, e := range s.params {
		p := w.bound(e, f, a, s.columnOf(n))
		if p == nil {
			w.failed = true
			continue
		}
		record.Fields = append(record.Fields, types.Field{Name: "p" + strconv.Itoa(n+1), Type: p.Base().Type.Plain(), Range: e.Range()})
		x.Elems = append(x.Elems, p)
	}
	switch {
	case w.failed:
	case len(s.params) == 0:
		w.cells(f, a, w.c.constOf(a.Expr.Range(), types.TString, ""))
	default:
		w.cells(f, a, w.c.finish(x, x.Elems...))
	}
}

// bound types one parameter; nil where it cannot be one.
func (w *wiring) bound(e hclsyntax.Expression, f *catalog.Field, a *syntax.Attr, of *column) typed.Expr {
	x := w.c.expr(e, nil)
	if isBad(x) {
		return nil
	}
	t := x.Base().Type
	inner := elemOrSelf(t)
	switch {
	case inner.Kind == types.Secret || inner.Kind == types.Null:
		w.c.report(w.c.errCannotSend(x, "`"+f.Name+"`", a.NameRange))
		return nil
	case open(t):
		w.c.report(errOpenType(x))
		return nil
	case of != nil && differsFrom(x, of):
		w.c.report(w.c.errParamOther(x, quantityIn(x), of))
		return nil
	case inner.Kind == types.Quantity && !w.c.isMeasured(x), inner.Kind == types.Duration:
		w.c.report(w.c.errParamUnit(x, of))
		return nil
	case !inner.Is(types.Bool, types.Int, types.Number, types.String, types.Bytes, types.Quantity, types.Time, types.Enum,
		types.JSON, types.Date, types.TimeOfDay):
		w.c.report(errParamSort(x))
		return nil
	}
	return x
}

// isMeasured reports whether a quantity is written as a number with its unit: 20.C.
func (c *checker) isMeasured(x typed.Expr) bool {
	text := strings.TrimPrefix(c.src(x.Base().Range), "-")
	_, ok := x.(*typed.Const)
	return ok && text != "" && text[0] >= '0' && text[0] <= '9'
}
