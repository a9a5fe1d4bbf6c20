package postgres

import (
	"flowc/rt/flow"
	"flowc/rt/rows"
)

// Oldest is the statement that takes out at most so many of a table's rows that are older
// than ?1, the oldest first, so that they are found by their index and what went before is
// not read again. They are told by where they lie, in an array, since not every server
// would join by that; in a table with partitions others may lie there, so the age is looked
// at again.
func (s *store) Oldest(t flow.Table, most int64) string {
	table, at := rows.Quoted(t.Name), rows.Quoted(t.Age)
	return "DELETE FROM " + table + " WHERE ctid = ANY (ARRAY(SELECT ctid FROM " + table + " WHERE " + at + " < ?1 ORDER BY " + at + " LIMIT " + flow.FormatInt(most) + ")) AND " + at + " < ?1"
}
