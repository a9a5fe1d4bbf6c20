// Package sqlcheck prepares SQL statements against declared tables, in memory, with the
// very SQLite that later runs them: what it takes here it takes there. It opens no file.
package sqlcheck

import (
	"errors"
	"strconv"
	"strings"

	"flowc/rt/sqlite/lite"
)

// Table is a declared table.
type Table struct {
	Name    string
	Columns []Column
}

// Column is a column of a table.
type Column struct {
	Name     string
	Optional bool
}

// Statement is a statement that SQLite takes.
type Statement struct {
	// Columns are what a row has.
	Columns []Result
	// ReadOnly says that it changes nothing; Params is its highest parameter.
	ReadOnly bool
	Params   int
	// Mixed are the columns of other parts of a UNION, beside those of the first.
	Mixed []Mixed
	// Unchecked is what of a statement for another database nobody checked; Unread says
	// that this is all of it, but for the names of its tables.
	Unchecked []Unchecked
	Unread    bool
}

// Result is a column of a row.
type Result struct {
	Name string
	// Table and Column are the numbers of the table and its column where that is passed
	// through unchanged; -1 where it is computed.
	Table, Column int
	// Start and Length are where it stands in the statement; Length is 0 where that is
	// not known: behind a star.
	Start, Length int
	// Missing says that it may be NULL whatever the table says: the row of an outer
	// join, an aggregate of no rows.
	Missing bool
	// Null is why one that is worked out may be NULL for a row that there is, "" for
	// another reason: an optional column, "ELSE", "lag" or "lead".
	Null string
}

// Problem is what SQLite does not take.
type Problem struct {
	// Message is SQLite's.
	Message string
	// Offset is where in the statement, -1 where that is not known.
	Offset int
	// Sort says what there is none of: "column", "table", "function", the "value" of a
	// column, or "".
	Sort string
	// Name is what there is none of, without a table before it.
	Name string
}

// Prepare holds a statement against tables.
func Prepare(tables []Table, sql string) (*Statement, *Problem) {
	c, err := lite.Open(lite.Memory)
	if err != nil {
		return nil, problem(err)
	}
	defer c.Close()
	for n, t := range tables {
		if err := c.Exec(declaration(n, t)); err != nil {
			return nil, problem(err)
		}
	}
	s, err := c.Prepare(sql)
	if err != nil {
		p := problem(err)
		switch {
		case p.Sort == "":
		case p.Offset < 0:
			p.Offset = find(sql, p.Name)
		default:
			p.Offset = behindDots(sql, p.Offset)
		}
		return nil, p
	}
	defer s.Close()
	if rest := tokens(s.Tail); len(rest) > 0 {
		return nil, &Problem{Message: "only one statement can stand here", Offset: len(sql) - len(s.Tail) + rest[0].start}
	}
	if p := leftOut(tables, sql); p != nil {
		return nil, p
	}
	d := describe(s, tables, tokens(sql))
	d.unions(c, tables, sql)
	d.copies(c, tables, sql)
	return d, nil
}

// declaration is CREATE TABLE "weather" ("at" flowc_0_0, …): SQLite gives such a type
// back for a column that is passed through.
func declaration(n int, t Table) string {
	var columns []string
	for m, c := range t.Columns {
		columns = append(columns, quote(c.Name)+" "+declared(n, m))
	}
	return "CREATE TABLE " + quote(t.Name) + " (" + strings.Join(columns, ", ") + ")"
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func declared(table, column int) string {
	return "flowc_" + strconv.Itoa(table) + "_" + strconv.Itoa(column)
}

func describe(s *lite.Stmt, tables []Table, words []token) *Statement {
	d := &Statement{ReadOnly: s.ReadOnly(), Params: s.Params()}
	missing, all := outer(words, tables)
	none, bare := nothing(words, s.Columns())
	items, _ := selected(words)
	for n := range s.Columns() {
		var item []token
		r := Result{Name: s.Name(n), Table: -1, Column: -1, Missing: none[n]}
		if len(items) == s.Columns() {
			r.Start, r.Length = extent(items[n])
			item = items[n]
		}
		for i, t := range tables {
			for j := range t.Columns {
				if s.Declared(n) == declared(i, j) {
					r.Table, r.Column = i, j
				}
			}
		}
		if r.Table >= 0 {
			r.Missing = none[n] || bare || all || missing[strings.ToLower(s.Table(n))] || len(missing) > 0 && s.Table(n) == ""
		}
		if r.Table < 0 && !r.Missing && len(item) > 0 {
			r.Null = null(item, words, tables)
			r.Missing = r.Null != ""
		}
		d.Columns = append(d.Columns, r)
	}
	return d
}

func problem(err error) *Problem {
	p := &Problem{Message: err.Error(), Offset: -1}
	var e *lite.Error
	if errors.As(err, &e) {
		p.Offset = e.Offset
	}
	for _, sort := range []string{"column", "table", "function"} {
		if name, ok := strings.CutPrefix(p.Message, "no such "+sort+": "); ok {
			name, _, _ = strings.Cut(name, " - ")
			p.Sort, p.Name = sort, strings.Trim(name[strings.LastIndexByte(name, '.')+1:], `"`)
		}
	}
	return p
}
