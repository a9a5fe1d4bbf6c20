package sqlcheck

import "flowc/rt/sqlite/lite"

// Mixed are columns of two parts of a UNION that come as one, of which SQLite tells of the
// first alone what it is, or one that is put into another.
type Mixed struct {
	// Table and Column are those of the first part, Other and OtherColumn of another.
	Table, Column, Other, OtherColumn int
	// Start and Length are where the other stands in the statement; Length is 0 where that
	// is not known.
	Start, Length int
	// Insert says that the other is put into the first by an INSERT.
	Insert bool
}

// part is one SELECT of several that are put together: its first word, and the one behind it.
type part struct{ from, to int }

// unions looks at each UNION of a statement, in sub-queries too: which columns come
// together, and which are missing in one part of it.
func (d *Statement) unions(c *lite.Conn, tables []Table, sql string) {
	list := tokens(sql)
	for _, parts := range united(list) {
		var answers []*Statement
		for _, p := range parts {
			if a := prepared(c, tables, sql, list, p); a != nil {
				answers = append(answers, a)
			}
		}
		if len(answers) == len(parts) {
			d.mix(tables, answers)
		}
	}
}

// united are the parts of each UNION.
func united(list []token) (found [][]part) {
	type level struct {
		from  int
		parts []part
		other bool
	}
	stack := []level{{from: -1}}
	end := func(i int) {
		l := &stack[len(stack)-1]
		if l.from >= 0 && len(l.parts) > 0 {
			l.parts = append(l.parts, part{l.from, i})
		}
		if !l.other && len(l.parts) > 1 {
			found = append(found, l.parts)
		}
	}
	for i, t := range list {
		l := &stack[len(stack)-1]
		switch {
		case t.sort == sign && t.text == "(":
			stack = append(stack, level{from: -1})
		case t.sort == sign && t.text == ")" && len(stack) > 1:
			end(i)
			stack = stack[:len(stack)-1]
		case t.is("SELECT") && l.from < 0:
			l.from = i
		case t.is("UNION") && l.from >= 0:
			l.parts, l.from = append(l.parts, part{l.from, i}), -1
		case len(l.parts) > 0 && l.from >= 0 && (t.is("ORDER") || t.is("LIMIT")):
			l.parts, l.from = append(l.parts, part{l.from, i}), -1 // what follows is about all of them
		case t.is("EXCEPT"), t.is("INTERSECT"), t.is("VALUES"):
			l.other = true // what comes is not that of all parts, or nobody can say
		}
	}
	end(len(list))
	return found
}

// prepared holds one part against the tables, with what WITH names before the statement.
func prepared(c *lite.Conn, tables []Table, sql string, list []token, p part) *Statement {
	with, depth := 0, 0
	for _, t := range list {
		switch {
		case t.text == "(" && t.sort == sign:
			depth++
		case t.text == ")" && t.sort == sign:
			depth--
		}
		if depth == 0 && !list[0].is("WITH") || depth == 0 && (t.is("SELECT") || t.is("INSERT") || t.is("UPDATE") || t.is("DELETE")) {
			with = t.start
			break
		}
	}
	to := len(sql)
	if p.to < len(list) {
		to = list[p.to].start
	}
	from := list[p.from].start
	text := sql[:with] + sql[from:to]
	s, err := c.Prepare(text)
	if err != nil {
		return nil
	}
	defer s.Close()
	a := describe(s, tables, tokens(text))
	items, _ := selected(tokens(sql[from:to]))
	for n := range a.Columns {
		col := &a.Columns[n]
		col.Start, col.Length = 0, 0
		if len(items) == len(a.Columns) {
			if col.Start, col.Length = extent(items[n]); col.Length > 0 {
				col.Start += from
			}
			col.Missing = col.Missing || len(items[n]) > 0 && items[n][0].is("NULL")
		}
		col.Missing = col.Missing || col.Table >= 0 && tables[col.Table].Columns[col.Column].Optional
	}
	return a
}

// mix takes from the parts of a UNION what the statement as a whole does not tell.
func (d *Statement) mix(tables []Table, parts []*Statement) {
	first := parts[0]
	for n, col := range first.Columns {
		missing := col.Missing
		for _, p := range parts[1:] {
			if n >= len(p.Columns) {
				return
			}
			other := p.Columns[n]
			missing = missing || other.Missing
			if col.Table >= 0 && other.Table >= 0 && (col.Table != other.Table || col.Column != other.Column) {
				d.Mixed = append(d.Mixed, Mixed{Table: col.Table, Column: col.Column, Other: other.Table, OtherColumn: other.Column, Start: other.Start, Length: other.Length})
			}
		}
		for m := range d.Columns {
			result := &d.Columns[m]
			for _, p := range parts {
				if from := p.Columns[n]; missing && result.Table >= 0 && result.Table == from.Table && result.Column == from.Column {
					result.Missing = true
				}
			}
		}
	}
}
