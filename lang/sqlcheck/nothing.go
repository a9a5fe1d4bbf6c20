package sqlcheck

import "slices"

// nothing are the columns, by their number among so many, that are NULL where no row is
// found: aggregates of the outermost SELECT, if it does not group, and what a sub-query
// in the place of a value gives. bare says that a column of a table is NULL then too, as
// it is beside an aggregate.
func nothing(list []token, columns int) (found map[int]bool, bare bool) {
	items, grouped := selected(list)
	found = map[int]bool{}
	for _, item := range items {
		bare = bare || !grouped && counts(item)
	}
	star := -1
	for n, item := range items {
		if isStar(item) {
			if star >= 0 {
				return found, bare // which column is which nobody can count
			}
			star = n
		}
	}
	for n, item := range items {
		at := n
		if star >= 0 && n > star {
			at = columns - len(items) + n
		}
		if at != star && (subquery(item) || !grouped && aggregates(item)) {
			found[at] = true
		}
	}
	return found, bare
}

// counts reports whether a column makes one row of all.
func counts(item []token) bool {
	if slices.ContainsFunc(item, func(t token) bool { return t.is("OVER") }) {
		return false // a window gives a row for each
	}
	for i, t := range item {
		call := i+1 < len(item) && item[i+1].text == "("
		if call && (t.is("count") || t.is("total") || aggregate(t)) && !several(t, item[i+1:]) {
			return !subquery(item)
		}
	}
	return false
}

// selected are the columns of the outermost SELECT, as they are written; nil for several
// (UNION). grouped says that there is a row for each group alone.
func selected(list []token) (items [][]token, grouped bool) {
	depth, begun, seen := 0, false, false
	for i, t := range list {
		switch {
		case t.text == "(" && t.sort == sign:
			depth++
		case t.text == ")" && t.sort == sign:
			depth--
		case depth > 0:
		case t.is("SELECT"):
			if seen {
				return nil, false
			}
			seen, begun = true, true
			items = append(items, nil)
			continue
		case t.is("DISTINCT"), t.is("ALL"):
			if begun && list[i-1].is("SELECT") {
				continue
			}
		case t.is("FROM"), t.is("WHERE"), t.is("ORDER"), t.is("LIMIT"), t.is("HAVING"), t.is("WINDOW"):
			begun = false
		case t.is("GROUP"):
			begun, grouped = false, true
		case begun && t.text == "," && t.sort == sign:
			items = append(items, nil)
			continue
		}
		if begun {
			items[len(items)-1] = append(items[len(items)-1], t)
		}
	}
	return items, grouped
}

// extent is where a column stands, and how long it is.
func extent(item []token) (start, length int) {
	if len(item) == 0 || isStar(item) {
		return 0, 0
	}
	last := item[len(item)-1]
	return item[0].start, last.start + len(last.text) - item[0].start
}

// isStar reports whether a column stands for several: * or weather.*.
func isStar(item []token) bool {
	return len(item) > 0 && item[len(item)-1].text == "*" && (len(item) == 1 || item[len(item)-2].text == ".")
}

// aggregates reports whether a column is worked out over rows, and NULL without any.
// What fills in for NULL, and what counts, never is.
func aggregates(item []token) bool {
	found := false
	for i, t := range item {
		call := i+1 < len(item) && item[i+1].text == "("
		switch {
		case call && (t.is("coalesce") || t.is("ifnull") || t.is("iif")), t.is("CASE"), t.is("OVER"), t.is("IS"):
			return false
		case call && aggregate(t) && !several(t, item[i+1:]):
			found = true
		}
	}
	return found
}

func aggregate(t token) bool {
	for _, name := range []string{"min", "max", "avg", "sum", "group_concat", "string_agg"} {
		if t.is(name) {
			return true
		}
	}
	return false
}

// several reports whether min or max is given more than one argument, and so compares
// those of one row.
func several(t token, list []token) bool {
	if !t.is("min") && !t.is("max") {
		return false
	}
	depth := 0
	for _, t := range list {
		switch t.text {
		case "(":
			depth++
		case ")":
			if depth--; depth == 0 {
				return false
			}
		case ",":
			if depth == 1 {
				return true
			}
		}
	}
	return false
}

// subquery reports whether a column is what a SELECT in parentheses gives; counting one
// always gives something.
func subquery(item []token) bool {
	if len(item) < 3 || item[0].text != "(" || !item[1].is("SELECT") {
		return false
	}
	return !item[2].is("count") && !item[2].is("total") && !item[2].is("EXISTS")
}
