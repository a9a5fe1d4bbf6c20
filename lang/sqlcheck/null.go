package sqlcheck

import (
	"slices"
	"strings"
)

// null is why a column that is worked out may be NULL for a row that there is, "" where
// nothing says so: the name of an optional column in it, "ELSE" for a CASE without one,
// "lag" and "lead" for a row that is not there.
func null(item, statement []token, tables []Table) string {
	if as := slices.IndexFunc(item, func(t token) bool { return t.is("AS") }); as >= 0 && as == len(item)-2 {
		item = item[:as]
	}
	cases, elses := 0, 0
	for i, t := range item {
		call := i+1 < len(item) && item[i+1].text == "("
		switch {
		case t.is("CASE"):
			cases++
		case t.is("ELSE"):
			elses++
		case t.is("SELECT"), t.is("IS"), t.is("ISNULL"), t.is("NOTNULL"), t.is("EXISTS"), t.is("FILTER"):
			return ""
		case call && slices.ContainsFunc([]string{"coalesce", "ifnull", "iif", "if", "count", "total", "typeof", "concat", "concat_ws", "group_concat", "string_agg"}, t.is):
			return "" // gives something, or may
		}
	}
	switch {
	case elses < cases:
		return "ELSE"
	case cases > 0:
		return ""
	}
	for i, t := range item {
		call := i+1 < len(item) && item[i+1].text == "("
		switch {
		case call && (t.is("lag") || t.is("lead")) && commas(item[i+1:]) < 2:
			return strings.ToLower(t.text)
		case call, !isName(t), i+1 < len(item) && item[i+1].text == ".":
		case optionalEverywhere(t.name(), tables) && !settled(t.name(), statement):
			return t.name()
		}
	}
	return ""
}

// commas counts those between the parentheses at the beginning of a list.
func commas(list []token) (n int) {
	depth := 0
	for _, t := range list {
		switch t.text {
		case "(":
			depth++
		case ")":
			if depth--; depth == 0 {
				return n
			}
		case ",":
			if depth == 1 {
				n++
			}
		}
	}
	return n
}

// optionalEverywhere reports whether a column is optional in each table that has one of
// its name.
func optionalEverywhere(name string, tables []Table) (is bool) {
	for _, t := range tables {
		for _, c := range t.Columns {
			if strings.EqualFold(c.Name, name) {
				if !c.Optional {
					return false
				}
				is = true
			}
		}
	}
	return is
}

// settled reports whether a statement may leave out rows without a column, or means
// something else by its name.
func settled(name string, statement []token) bool {
	selects := 0
	for i, t := range statement {
		if t.is("SELECT") {
			selects++
		}
		if i+2 >= len(statement) || !isName(t) || !strings.EqualFold(t.name(), name) {
			continue
		}
		if statement[i+1].is("NOTNULL") || statement[i+1].is("IS") && statement[i+2].is("NOT") {
			return true
		}
	}
	return selects > 1
}
