package check

import (
	"fmt"
	"strings"

	"flowc/lang/diag"
	"flowc/lang/sqlcheck"
)

// warnUnchecked is a statement of which nobody knows whether PostgreSQL takes it.
func (c *checker) warnUnchecked(s *statement) *diag.Diagnostic {
	at, label := s.attr.Expr.Range(), "SQLite, which reads it here, makes nothing of it"
	if list := s.found.Unchecked; len(list) > 0 {
		at, _ = c.spot(s, list[0].Start, len(list[0].What))
		label = "SQLite, which reads it here, does not know this"
	}
	f := warning("W1012", "Nobody checks this before it runs", at, label)
	if s.found.Unread {
		f.Why = "It is PostgreSQL's own way to say it: the names of columns, and whether it is SQL at all, only the server can tell. A simulation cannot run it; a test says what comes of it (`set`)."
	} else {
		f.Why = "It is PostgreSQL's own way to say it: the names around it were looked up, but whether it is right only the server can tell. A simulation cannot run it; a test says what comes of it (`set`)."
	}
	f.Hint = "try the statement with psql; the program tells at its start what the server says to it."
	return f
}

// errNotPostgres is what SQLite takes and PostgreSQL does not.
func (c *checker) errNotPostgres(s *statement, o *sqlcheck.Otherwise) *diag.Diagnostic {
	at, _ := c.spot(s, o.Start, o.Length)
	f := finding("E1003", "PostgreSQL says this differently", at, fmt.Sprintf("`%s` is SQLite's", o.Name))
	sort := s.sortOf(strings.Trim(o.Name, `"`))
	switch sort {
	case "bool":
		f.Subject.Label = fmt.Sprintf("`%s` is a switch (boolean), and no number", o.Name)
	case "time":
		f.Subject.Label = fmt.Sprintf("`%s` is a moment (timestamptz), and no number", o.Name)
	}
	switch {
	case o.Instead == "":
		f.Hint = "work it out in the flow instead, before or behind the statement."
	default:
		f.Hint = fmt.Sprintf("write `%s`.", o.Instead)
	}
	return f
}

// errUnreadRow is a query that nobody reads, and so nobody knows what it gives.
func (c *checker) errUnreadRow(d *decl, s *statement) *diag.Diagnostic {
	f := finding("E1005", "What does this give?", s.attr.NameRange, "nobody reads this statement before it runs")
	also(f, d.at, "whose row nobody declares")
	f.Hint = "name what it gives (`AS n`), and say what a row is:"
	f.Example = "row = { n = int, mean = optional(C) }"
	return f
}
