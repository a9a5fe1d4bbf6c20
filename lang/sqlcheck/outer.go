package sqlcheck

import "strings"

// outer are the declared tables of which a join may give no row: their columns may be
// missing. all says that any may be: SQLite tells of a column the table that it comes
// from, and not the name by which a join calls it.
func outer(list []token, tables []Table) (names map[string]bool, all bool) {
	names = map[string]bool{}
	for i, t := range list {
		switch {
		case t.is("RIGHT"), t.is("FULL"):
			if i+1 < len(list) && (list[i+1].is("JOIN") || list[i+1].is("OUTER")) {
				return names, true
			}
		case t.is("LEFT"):
			i++
			for i < len(list) && (list[i].is("OUTER") || list[i].is("JOIN")) {
				i++
			}
			if i >= len(list) || !isTable(list[i], tables) || i+1 < len(list) && list[i+1].text == "." {
				return names, true // a sub-query, a WITH, another schema
			}
			names[strings.ToLower(list[i].name())] = true
		}
	}
	return names, false
}

func isTable(t token, tables []Table) bool {
	if t.sort != word && t.sort != quoted {
		return false
	}
	for _, table := range tables {
		if strings.EqualFold(table.Name, t.name()) {
			return true
		}
	}
	return false
}
