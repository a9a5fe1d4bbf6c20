package check

import (
	"flowc/lang/catalog"
	"flowc/lang/sqlcheck"
	"flowc/lang/types"
)

// dialectOf is whose SQL the statements to a database are, "" for SQLite's.
func dialectOf(k *catalog.Kind) string {
	if f := fieldOfRole(k, catalog.RoleTables); f != nil {
		return f.Tags["dialect"]
	}
	return ""
}

// isBound reports whether a parameter at a place is one.
func (s *statement) isBound(offset int) bool {
	if s.dialect == "" {
		return sqlcheck.Bound(s.text, offset)
	}
	return sqlcheck.BoundPostgres(s.text, offset)
}

// preparedPostgres checks of a statement for PostgreSQL what SQLite understands, and
// tells of the rest that nobody checked it.
func (c *checker) preparedPostgres(d *decl, s *statement, reads bool, tables []sqlcheck.Table) {
	if offset, _ := sqlcheck.OwnParam(s.text, s.isParam); offset >= 0 {
		c.report(c.errForeignParam(s))
		return
	}
	if o := sqlcheck.NotPostgres(s.text, s.sortOf); o != nil {
		c.report(c.errNotPostgres(s, o))
		return
	}
	found, problem := sqlcheck.PreparePostgres(tables, s.text)
	switch {
	case problem != nil:
		c.report(c.errStatement(s, problem))
		return
	case !found.Unread && wrongVerb(found, reads):
		c.report(c.errVerb(s, d, sqlcheck.Verb(s.text), reads))
		return
	}
	s.found = found
	if found.Unread || len(found.Unchecked) > 0 {
		c.report(c.warnUnchecked(s))
	}
}

// sortOf is "bool" or "time" where all columns of a name are switches or moments.
func (s *statement) sortOf(name string) string {
	sort := ""
	for _, t := range s.tables {
		f, ok := t.Row.Field(name)
		if !ok {
			continue
		}
		other := ""
		switch elemOrSelf(f.Type).Kind {
		case types.Bool:
			other = "bool"
		case types.Time:
			other = "time"
		}
		if other == "" || sort != "" && sort != other {
			return ""
		}
		sort = other
	}
	return sort
}

// takeAsSaid makes the columns of a statement that nobody reads those that the flow
// asks for.
func (s *statement) takeAsSaid(row *types.Type) {
	s.found.Columns = nil
	for _, f := range row.Fields {
		s.found.Columns = append(s.found.Columns, sqlcheck.Result{Name: f.Name, Table: -1, Column: -1})
	}
}
