package check

import (
	"fmt"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// exampleTable is what a table looks like.
const exampleTable = "table weather {\n  at   = time\n  temp = C\n}"

func errNoTables(d *decl, block string) *diag.Diagnostic {
	f := finding("E0108", "A setting is missing", d.at, fmt.Sprintf("which tables does `%s` hold?", d.name))
	f.Why = "What is written to a table and read from it is checked against its columns."
	f.Hint = "add the tables:"
	f.Example = exampleTable
	return f
}

func errTableName(b *syntax.Block) *diag.Diagnostic {
	f := finding("E0101", "A table needs a name", b.KindRange, "how is it called?")
	f.Hint = "write the name behind the word:"
	f.Example = exampleTable
	return f
}

func errTableNameTaken(name string, at rangeT) *diag.Diagnostic {
	f := finding("E0103", "This name is not free", at, fmt.Sprintf("`%s` cannot be the name of a table", name))
	f.Hint = "names are letters, digits and `_`; those that begin with sqlite_ or flowc_ are taken."
	return f
}

func errTableTwice(name string, at, other rangeT) *diag.Diagnostic {
	f := finding("E0103", "This name is not free", at, fmt.Sprintf("`%s` is declared twice", name))
	also(f, other, "the first time")
	f.Hint = "give one of them another name."
	return f
}

func errEmptyTable(name string, at rangeT) *diag.Diagnostic {
	f := finding("E0108", "A table needs columns", at, fmt.Sprintf("what does `%s` hold?", name))
	f.Hint = "name the columns, each with its type:"
	f.Example = exampleTable
	return f
}

func errColumnForm(at rangeT, what string) *diag.Diagnostic {
	f := finding("E0202", "A column is stored in one way", at, "a plain type is needed here")
	f.Why = "The database is the program's own, so there is no need for " + what + "."
	f.Hint = "write the type alone, such as `C`, or `optional(C)` for data that may be missing."
	return f
}

func errColumnSort(t *types.Type, at rangeT) *diag.Diagnostic {
	f := finding("E0202", "A column cannot hold this", at, "this is "+t.Say())
	f.Why = "A cell of a table holds one number, text, moment, switch or the like."
	f.Hint = "make a column of each field; what has no fixed form can be kept as `json`."
	return f
}

func errKeepForm(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0202", "This is written differently", a.Expr.Range(), "a duration for each table is needed here")
	f.Hint = "write"
	f.Example = "keep = { weather = 90.d }"
	return f
}

func errKeepLong(x typed.Expr) *diag.Diagnostic {
	f := finding("E0213", "This is out of range", x.Base().Range, "a duration of 1.h or more is needed, known when the program is built")
	f.Why = "Rows that are too old are taken out once an hour."
	return f
}

func errKeepAge(t *typed.Table, at rangeT) *diag.Diagnostic {
	f := finding("E0108", "How old are its rows?", at, fmt.Sprintf("`%s` has no column of type time", t.Name))
	also(f, t.At, "the table is declared here")
	f.Hint = "add one:"
	f.Example = "at = time"
	return f
}

// errOnlyEmptied is a test that wants rows from nowhere.
func errOnlyEmptied(x typed.Expr) *diag.Diagnostic {
	f := finding("E0213", "This is out of range", x.Base().Range, "a test can only empty a database: `rows = 0`")
	f.Hint = "rows come into it as they do in the flow: send what the `sql_insert` waits for."
	return f
}

// errRowsSet is a test that says how many rows come of a statement, and not which.
func errRowsSet(x typed.Expr, reads bool) *diag.Diagnostic {
	f := finding("E0213", "This is out of range", x.Base().Range, "a number of rows is 0 or more")
	if reads {
		f.Subject.Label = "a query gives no row, `rows = 0`, or the one that is written here"
		f.Hint = "write its columns: `set last { temp = 20.C }`."
	}
	return f
}

func errUnknownTable(d *decl, name string, at rangeT) *diag.Diagnostic {
	f := finding("E0104", "There is no such table", at, fmt.Sprintf("`%s` has no table `%s`", d.name, name))
	also(f, d.at, "its tables are declared here")
	if names := tableNames(d.thing.Tables); !didYouMean(f, name, names, at) && len(names) > 0 {
		f.Hint = "it has " + listed(names) + "."
	}
	return f
}

func errWhichTable(a *syntax.Attr, name string, tables []*typed.Table) *diag.Diagnostic {
	f := finding("E0202", "Which table?", a.Expr.Range(), fmt.Sprintf("`%s` is the whole database", name))
	if len(tables) == 0 {
		f.Hint = "name one of its tables behind a dot."
		return f
	}
	f.Hint = fmt.Sprintf("write `%s.%s`.", name, tables[0].Name)
	if len(tables) == 1 {
		replace(f, a.Expr.Range(), name+"."+tables[0].Name)
	}
	return f
}

func (c *checker) errWantsTable(g *catalog.Field, a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0202", "The name of a table is needed here", a.Expr.Range(), "this is not one")
	for _, name := range c.thingsOf(g.Kinds) {
		if d := c.lookup(name); d != nil && d.thing != nil && len(d.thing.Tables) > 0 {
			f.Hint = fmt.Sprintf("write `%s.%s`.", name, d.thing.Tables[0].Name)
			return f
		}
	}
	f.Hint = "write the name of a database, a dot, and the name of its table."
	return f
}

// errSameKey is a key that is the same for everything.
func errSameKey(x typed.Expr, a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0213", "This never changes", x.Base().Range, "everything would have the same key")
	f.Why = "What has a key that is known counts as a repetition, so only the very first would be stored."
	f.Hint = fmt.Sprintf("use what its sender gives it and repeats with it, such as a number: `%s = \"${order.id}\"`.", a.Name)
	return f
}
