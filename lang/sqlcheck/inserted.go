package sqlcheck

import (
	"strings"

	"flowc/rt/sqlite/lite"
)

// inserted is the column that the parameter at i of an INSERT becomes, `INSERT INTO rooms
// (name, cap) VALUES (?1, ?2)`; "" where it becomes none by itself.
func inserted(list []token, i int) string {
	if i == 0 || i+1 >= len(list) || list[i-1].text != "(" && list[i-1].text != "," || list[i+1].text != ")" && list[i+1].text != "," {
		return ""
	}
	open, n := tupleOf(list, i)
	if open < 0 || !isTuple(list, open) {
		return "" // an argument of a function, or of an expression
	}
	columns, _ := columnsOfInsert(list)
	if n < len(columns) {
		return columns[n].name()
	}
	return ""
}

// tupleOf is the parenthesis in which the word at i stands, -1 without one, and how many
// commas are between them.
func tupleOf(list []token, i int) (open, commas int) {
	depth := 0
	for open = i - 1; open >= 0; open-- {
		switch list[open].text {
		case ")":
			depth++
		case "(":
			if depth == 0 {
				return open, commas
			}
			depth--
		case ",":
			if depth == 0 {
				commas++
			}
		}
	}
	return -1, 0
}

// isTuple reports whether a row of VALUES begins at a parenthesis.
func isTuple(list []token, open int) bool {
	if open == 0 {
		return false
	}
	before := list[open-1]
	return before.is("VALUES") || before.text == "," && open >= 2 && list[open-2].text == ")"
}

// columnsOfInsert are the columns that an INSERT names, and the name of its table; none
// where it names none, or where the statement is no INSERT.
func columnsOfInsert(list []token) (columns []token, table token) {
	for i, t := range list {
		if !t.is("INTO") || i == 0 || i+2 >= len(list) {
			continue
		}
		at := i + 1
		for at+2 < len(list) && list[at+1].text == "." {
			at += 2
		}
		if at+1 >= len(list) || list[at+1].text != "(" {
			return nil, list[at]
		}
		table = list[at]
		for at += 2; at < len(list) && list[at].text != ")"; at++ {
			if isName(list[at]) {
				columns = append(columns, list[at])
			}
		}
		return columns, table
	}
	return nil, token{}
}

// leftOut finds a column that is not optional and that an INSERT does not name.
func leftOut(tables []Table, sql string) *Problem {
	named, into := columnsOfInsert(tokens(sql))
	if len(named) == 0 {
		return nil
	}
	given := map[string]bool{}
	for _, t := range named {
		given[strings.ToLower(t.name())] = true
	}
	for _, t := range tables {
		if strings.ToLower(t.Name) != strings.ToLower(into.name()) {
			continue
		}
		for _, c := range t.Columns {
			if !c.Optional && !given[strings.ToLower(c.Name)] {
				return &Problem{Message: "a column is left out", Offset: into.start, Sort: "value", Name: c.Name}
			}
		}
	}
	return nil
}

// copies looks at what an INSERT takes from other tables: INSERT INTO rooms (name, cap)
// SELECT place, temp FROM weather.
func (d *Statement) copies(c *lite.Conn, tables []Table, sql string) {
	list := tokens(sql)
	named, into := columnsOfInsert(list)
	p, depth := part{-1, len(list)}, 0
	for i, t := range list {
		switch {
		case t.text == "(" && t.sort == sign:
			depth++
		case t.text == ")" && t.sort == sign:
			depth--
		case depth > 0 || t.start < into.start:
		case t.is("SELECT") && p.from < 0 && len(named) > 0:
			p.from = i
		case p.from >= 0 && (t.is("UNION") || t.is("RETURNING") || t.is("ON") && i+1 < len(list) && list[i+1].is("CONFLICT")):
			p.to = min(p.to, i)
		}
	}
	if p.from < 0 {
		return
	}
	from := prepared(c, tables, sql, list, p)
	if from == nil {
		return
	}
	for n, col := range from.Columns {
		if n >= len(named) || col.Table < 0 {
			continue
		}
		for i, t := range tables {
			for j, target := range t.Columns {
				if strings.EqualFold(t.Name, into.name()) && strings.EqualFold(target.Name, named[n].name()) {
					d.Mixed = append(d.Mixed, Mixed{Table: i, Column: j, Other: col.Table, OtherColumn: col.Column, Start: col.Start, Length: col.Length, Insert: true})
				}
			}
		}
	}
}
