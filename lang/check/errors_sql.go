package check

import (
	"fmt"
	"strings"

	"flowc/lang/diag"
	"flowc/lang/sqlcheck"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// errStatement is what SQLite does not take.
func (c *checker) errStatement(s *statement, p *sqlcheck.Problem) *diag.Diagnostic {
	at, isParam := s.attr.Expr.Range(), false
	if p.Offset >= 0 {
		at, isParam = c.spot(s, p.Offset, sqlcheck.Length(s.text, p.Offset))
	}
	if isParam {
		return errParamPlace(at)
	}
	switch p.Sort {
	case "column":
		return c.errNoSQLColumn(s, p, at)
	case "table":
		return c.errNoSQLTable(s, p, at)
	case "value":
		return c.errColumnLeftOut(s, p, at)
	case "function":
		f := finding("E1003", "SQL has no such function", at, fmt.Sprintf("there is no `%s` in SQLite", p.Name))
		f.Hint = "work it out in the flow instead, before or behind the statement."
		return f
	}
	f := finding("E1003", "This is not SQL", at, sqlWords(p.Message))
	if s.dialect == "" {
		f.Why = "The statement is read by the very SQLite that will run it."
	}
	return f
}

// sqlWords are SQLite's words as a label.
func sqlWords(message string) string {
	if strings.HasPrefix(message, "near ") && strings.HasSuffix(message, ": syntax error") {
		return "something is wrong at or before this word"
	}
	if message == "incomplete input" {
		return "the statement ends too early"
	}
	return strings.ReplaceAll(message, "\n", " ")
}

func (c *checker) errNoSQLColumn(s *statement, p *sqlcheck.Problem, at rangeT) *diag.Diagnostic {
	f := finding("E1003", "There is no such column", at, fmt.Sprintf("no table here has a `%s`", p.Name))
	var names []string
	for _, t := range s.tables {
		also(f, t.At, "the table is declared here")
		for _, col := range t.Row.Fields {
			names = append(names, col.Name)
		}
	}
	if !c.didYouMeanSQL(f, p.Name, names, at) {
		if p.Offset >= 0 && strings.HasPrefix(s.text[p.Offset:], `"`) {
			f.Hint = "a text stands in single quotation marks: '…'."
		} else {
			f.Hint = "there are " + listed(names) + "."
		}
	}
	return f
}

// didYouMeanSQL is didYouMean inside a statement; a place that could not be found
// exactly is not written over.
func (c *checker) didYouMeanSQL(f *diag.Diagnostic, name string, candidates []string, at rangeT) bool {
	found := didYouMean(f, name, candidates, at)
	if c.src(at) != name {
		f.Fix = nil
	}
	return found
}

func (c *checker) errNoSQLTable(s *statement, p *sqlcheck.Problem, at rangeT) *diag.Diagnostic {
	f := finding("E1003", "There is no such table", at, fmt.Sprintf("the database has no table `%s`", p.Name))
	var names []string
	for _, t := range s.tables {
		also(f, t.At, "a table that there is")
		names = append(names, t.Name)
	}
	if !c.didYouMeanSQL(f, p.Name, names, at) {
		f.Hint = "it has " + listed(names) + "."
	}
	return f
}

// errColumnLeftOut is an INSERT that would add rows which the table's type does not allow.
func (c *checker) errColumnLeftOut(s *statement, p *sqlcheck.Problem, at rangeT) *diag.Diagnostic {
	f := finding("E1003", "A column has no value", at, fmt.Sprintf("no `%s` is given here", p.Name))
	f.Hint = fmt.Sprintf("name `%s` and its value too.", p.Name)
	for _, t := range s.tables {
		if col, ok := t.Row.Field(p.Name); ok && strings.EqualFold(t.Name, strings.Trim(c.src(at), "\"`[]")) {
			also(f, col.Range, "every row has one")
			f.Hint = fmt.Sprintf("name `%s` and its value too, or let it be missing: `%s = optional(%s)`.", p.Name, p.Name, col.Type)
		}
	}
	return f
}

func (c *checker) errVerb(s *statement, d *decl, verb string, reads bool) *diag.Diagnostic {
	at, _ := c.spot(s, len(s.text)-len(strings.TrimLeft(s.text, " \t\r\n")), len(verb))
	label := fmt.Sprintf("%s asks, and changes nothing", article(d.kind.Name))
	if !reads {
		label = fmt.Sprintf("%s changes rows, and asks for none", article(d.kind.Name))
	}
	f := finding("E1003", "This statement is not for here", at, label)
	f.Why = "Tables are made from their `table` blocks, and transactions by the program itself."
	f.Hint = fmt.Sprintf("a %s begins with %s; `sql_query` asks, `sql_exec` changes, `sql_insert` adds a row.", d.kind.Name, strings.Join(s.verbs(reads), ", "))
	return f
}

func errStatementDynamic(at rangeT) *diag.Diagnostic {
	f := finding("E1007", "The text of a statement must not move", at, "only `${…}` inside the text may")
	f.Why = "What data puts into the text of a statement could be a statement of its own, so the text is what stands here."
	f.Hint = "write the statement out, with `${…}` where a value belongs."
	return f
}

func errParamPlace(at rangeT) *diag.Diagnostic {
	f := finding("E1007", "Data cannot stand here", at, "a value is bound, never made part of the statement")
	f.Why = "The name of a table or a column, a word of SQL: no escaping makes data safe in their place."
	f.Hint = "write one statement for each, and let `when` choose."
	return f
}

func errParamQuoted(at rangeT) *diag.Diagnostic {
	f := finding("E1007", "This would be text, and no value", at, "it stands inside quotation marks or a comment")
	f.Why = "`${…}` is bound as a whole value; SQL looks for none inside a text."
	f.Hint = "leave the quotation marks out; to put texts together use `||`."
	return f
}

func (c *checker) errForeignParam(s *statement) *diag.Diagnostic {
	at := s.attr.Expr.Range()
	foreign := sqlcheck.Foreign
	if s.dialect != "" {
		foreign = sqlcheck.OwnParam
	}
	if offset, length := foreign(s.text, s.isParam); offset >= 0 {
		at, _ = c.spot(s, offset, length)
	}
	f := finding("E1003", "This parameter has no value", at, "`?`, `:name`, `@name` and `$name` are never filled in")
	f.Hint = "write `${…}` in their place."
	return f
}

// errParamUnit is a quantity of which SQL would not know in which unit it comes.
func (c *checker) errParamUnit(x typed.Expr, of *column) *diag.Diagnostic {
	t := elemOrSelf(x.Base().Type)
	f := finding("E1006", "In which unit?", x.Base().Range, "this is "+x.Base().Type.Say())
	f.Why = "SQL compares numbers and knows no units, so the number must come in the unit of the column."
	unit := t.Unit.Name
	if t.Kind == types.Duration {
		unit = "s"
	}
	if of != nil {
		unit = of.unit()
		also(f, of.field.Range, fmt.Sprintf("`%s.%s` holds %s", of.table.Name, of.field.Name, of.field.Type.Say()))
	}
	f.Hint = "say it:"
	text := c.src(x.Base().Range)
	switch {
	case strings.Contains(text, "\n"):
		text = "…"
	case x.Base().Type.Kind == types.Optional:
		f.Hint = "say it, and what counts where it is missing:"
		text = "default(" + text + ", …)"
	case of != nil:
		replace(f, x.Base().Range, "in("+text+", "+unit+")")
	}
	f.Example = "${in(" + text + ", " + unit + ")}"
	return f
}

// errParamOther is a quantity in another unit than the column that it is compared with.
func (c *checker) errParamOther(x, q typed.Expr, of *column) *diag.Diagnostic {
	f := finding("E0301", "These units don't match", x.Base().Range, "this is "+q.Base().Type.Say())
	also(f, of.field.Range, fmt.Sprintf("`%s.%s` holds %s", of.table.Name, of.field.Name, of.field.Type.Say()))
	f.Why = "SQL compares numbers and knows no units, so the number must come in the unit of the column."
	if !of.measures(q.Base().Type) {
		f.Hint = "compare it with a column that measures the same."
		return f
	}
	text := c.src(q.Base().Range)
	if strings.Contains(text, "\n") {
		text = "…"
	} else {
		replace(f, x.Base().Range, "in("+text+", "+of.unit()+")")
	}
	f.Hint = "say it in the unit of the column:"
	f.Example = "${in(" + text + ", " + of.unit() + ")}"
	return f
}

func errParamSort(x typed.Expr) *diag.Diagnostic {
	f := finding("E0202", "SQL knows no such value", x.Base().Range, "this is "+x.Base().Type.Say())
	f.Hint = "bind its parts one by one."
	return f
}

func errRowType(at rangeT, t *types.Type) *diag.Diagnostic {
	f := finding("E0202", "A row is a record", at, "this is "+t.Say())
	f.Hint = "name the columns, each with its type:"
	f.Example = "row = { n = int, mean = optional(C) }"
	return f
}

func (c *checker) errRowNeeded(d *decl, s *statement, col sqlcheck.Result) *diag.Diagnostic {
	f := finding("E1005", "What type has this column?", c.columnAt(s, col), fmt.Sprintf("`%s` is worked out by the statement", col.Name))
	also(f, d.at, "whose row nobody declares")
	f.Why = "Only columns that are passed through unchanged have the type of their table."
	f.Hint = "name what is computed (`AS n`), and say what a row is:"
	var fields []string
	for i, col := range s.found.Columns {
		name, typ := col.Name, "optional(number)"
		if strings.ContainsAny(name, "( *+-") {
			name = fmt.Sprintf("column_%d", i+1)
		}
		if col.Table >= 0 {
			typ = s.tables[col.Table].Row.Fields[col.Column].Type.String()
		} else if strings.HasPrefix(col.Name, "count") || col.Name == "n" {
			typ = "int"
		}
		fields = append(fields, name+" = "+typ)
	}
	f.Example = "row = { " + strings.Join(fields, ", ") + " }"
	return f
}

func (c *checker) errColumnTwice(s *statement, col sqlcheck.Result) *diag.Diagnostic {
	f := finding("E1005", "Two columns have one name", c.columnAt(s, col), fmt.Sprintf("`%s` comes twice", col.Name))
	f.Hint = "give one of them another name: `AS other`."
	return f
}

// warnColumnUnasked is a column that the statement gives and nobody takes.
func (c *checker) warnColumnUnasked(s *statement, n int, row *types.Type, a *syntax.Attr) *diag.Diagnostic {
	col := s.found.Columns[n]
	f := warning("W1004", "Nobody asked for this column", c.columnAt(s, col), fmt.Sprintf("the statement gives `%s`", col.Name))
	also(f, a.NameRange, "which is not in here")
	if near := nearFields(col.Name, row); near != "" {
		f.Hint = fmt.Sprintf("is it `%s`? Then write `AS %s`.", near, near)
		return f
	}
	f.Hint = "take it out of the statement, or into `row`."
	return f
}

// warnSeveralRows is a statement about several rows where one is expected because
// nobody said otherwise.
func (c *checker) warnSeveralRows(s *statement, start, length int) *diag.Diagnostic {
	at, _ := c.spot(s, start, length)
	f := warning("W1013", "How many rows are these?", at, "this is about several rows")
	f.Why = "Without `expect` a query is for exactly one row: with none, or with two, it fails."
	f.Hint = "say that the answer is a list. If one row is meant, write `LIMIT 1`, or `expect = one` where there is always one."
	f.Example = "expect = many"
	return f
}

func nearFields(name string, row *types.Type) string {
	for _, f := range row.Fields {
		if strings.EqualFold(f.Name, name) {
			return f.Name
		}
	}
	return ""
}

// errColumnNotReturned is a column that is asked for and does not come.
func errColumnNotReturned(s *statement, g types.Field) *diag.Diagnostic {
	f := finding("E1005", "The statement does not give this", g.Range, fmt.Sprintf("no column is called `%s`", g.Name))
	also(f, s.attr.NameRange, "by this statement")
	var names []string
	for _, col := range s.found.Columns {
		names = append(names, col.Name)
	}
	if !didYouMean(f, g.Name, names, g.Range) {
		f.Hint = fmt.Sprintf("it gives %s; a column is named by `AS %s`.", listed(names), g.Name)
	}
	return f
}

func errColumnType(t *typed.Table, from, g types.Field, have, want *types.Type) *diag.Diagnostic {
	code, summary := "E0202", "The column holds something else"
	if have.Kind == types.Quantity && want.Kind == types.Quantity {
		code, summary = "E0301", "These units don't match"
	}
	f := finding(code, summary, g.Range, "this takes "+want.Say())
	also(f, from.Range, fmt.Sprintf("`%s.%s` holds %s", t.Name, from.Name, have.Say()))
	f.Why = "A column that is passed through comes as it is stored."
	typ := have.String()
	if have.Kind == types.Duration {
		typ = have.Unit.Name
	}
	if g.Type.Kind == types.Optional {
		typ = "optional(" + typ + ")"
	}
	f.Hint = fmt.Sprintf("write `%s = %s`; the flow converts it wherever another unit is wanted.", g.Name, typ)
	if code == "E0202" {
		f.Hint = fmt.Sprintf("write `%s = %s`.", g.Name, typ)
	}
	return f
}

// errMixedUnits is a UNION of columns that measure something else, or an INSERT of one into
// another.
func (c *checker) errMixedUnits(s *statement, m sqlcheck.Mixed) *diag.Diagnostic {
	first, other := s.tables[m.Table], s.tables[m.Other]
	from, to := first.Row.Fields[m.Column], other.Row.Fields[m.OtherColumn]
	at := s.attr.NameRange
	if m.Length > 0 {
		at, _ = c.spot(s, m.Start, m.Length)
	}
	f := finding("E0301", "These units don't match", at, fmt.Sprintf("`%s.%s` holds %s", other.Name, to.Name, elemOrSelf(to.Type).Say()))
	together, why := "with which it comes in one column", "The parts of a UNION give one column, and SQL knows no units."
	f.Hint = "put together columns that measure the same, or ask in two statements."
	if m.Insert {
		together, why = "into which it is put", "The number is stored as it is: SQL knows no units."
		f.Hint = "take a column that measures the same, or work out what is to be stored."
	}
	also(f, from.Range, fmt.Sprintf("`%s.%s`, %s, holds %s", first.Name, from.Name, together, elemOrSelf(from.Type).Say()))
	f.Why = why
	return f
}

func errColumnMissing(t *typed.Table, from, g types.Field, outer bool) *diag.Diagnostic {
	f := finding("E0401", "This may be missing", g.Range, fmt.Sprintf("`%s` is not always there", g.Name))
	if outer {
		f.Why = "The other table of an outer join, a sub-query without a row and a part of a UNION leave columns missing (NULL)."
	} else {
		also(f, from.Range, fmt.Sprintf("`%s.%s` may be missing", t.Name, from.Name))
	}
	f.Hint = fmt.Sprintf("write `%s = optional(%s)`.", g.Name, g.Type.String())
	return f
}

func (c *checker) errAggregateMissing(s *statement, col sqlcheck.Result, g types.Field) *diag.Diagnostic {
	where, how := "where no row is found", "it is worked out over rows here"
	switch col.Null {
	case "":
	case "ELSE":
		where, how = "where no WHEN holds", "there is no ELSE here"
	case "lag", "lead":
		where, how = "where there is no such row", fmt.Sprintf("`%s` looks at another row here", col.Null)
	default:
		where, how = fmt.Sprintf("where `%s` is missing", col.Null), fmt.Sprintf("it is worked out from `%s`, which is optional", col.Null)
	}
	f := finding("E0401", "This may be missing", g.Range, fmt.Sprintf("`%s` is nothing (NULL) %s", g.Name, where))
	also(f, c.columnAt(s, col), how)
	f.Hint = fmt.Sprintf("write `%s = optional(%s)`.", g.Name, g.Type.String())
	return f
}
