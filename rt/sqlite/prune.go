package sqlite

import (
	"slices"
	"strings"

	"flowc/rt/flow"
	"flowc/rt/rows"
)

// Oldest is the statement that takes out at most so many of a table's rows that are older
// than ?1, the oldest first.
func (l *store) Oldest(t flow.Table, most int64) string {
	table, at, id := rows.Quoted(t.Name), rows.Quoted(t.Age), rows.Quoted(rowID(t))
	return "DELETE FROM " + table + " WHERE " + id + " IN (SELECT " + id + " FROM " + table + " WHERE " + at + " < ?1 ORDER BY " + at + " LIMIT " + flow.FormatInt(most) + ")"
}

// rowID is one of the names that SQLite has for the number of a row, which a column may
// have taken. Where all of them are taken it is the age: rows of one moment go together.
func rowID(t flow.Table) string {
	for _, name := range []string{"rowid", "_rowid_", "oid"} {
		if !slices.ContainsFunc(t.Columns, func(c flow.Column) bool { return strings.EqualFold(c.Name, name) }) {
			return name
		}
	}
	return t.Age
}
