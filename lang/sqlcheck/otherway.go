package sqlcheck

import (
	"strings"

	"flowc/rt/postgres/dollar"
)

// Otherwise is a piece of a statement that SQLite takes and PostgreSQL does not.
type Otherwise struct {
	// Start and Length are bytes of the statement; Start counts from 0.
	Start, Length int
	// Name is the word, Instead how PostgreSQL says it.
	Name, Instead string
}

// elsewhere are SQLite's functions that PostgreSQL has not, with what says the same.
var elsewhere = map[string]string{
	"ifnull": "coalesce(a, b)", "iif": "CASE WHEN … THEN … ELSE … END", "strftime": "to_char(at, 'YYYY-MM')", "julianday": "extract(julian FROM at)",
	"unixepoch": "extract(epoch FROM at)", "datetime": "at", "printf": "format('%s', x)", "total": "coalesce(sum(x), 0)", "group_concat": "string_agg(text, ',')",
	"hex": "encode(x, 'hex')", "instr": "strpos(text, part)", "typeof": "pg_typeof(x)", "json_extract": "rest ->> 'name'", "char": "chr(n)", "unicode": "ascii(text)",
	"randomblob": "", "zeroblob": "", "changes": "", "total_changes": "", "last_insert_rowid": "", "sqlite_version": "version()", "likely": "", "unlikely": "",
	"glob": "text ~ 'pattern'", "json_group_array": "json_agg(x)", "json_group_object": "json_object_agg(name, x)",
}

// NotPostgres finds what SQLite takes and PostgreSQL does not. Column gives the sort of
// a column of the flow, "bool" or "time", by its name.
func NotPostgres(sql string, column func(name string) string) *Otherwise {
	c := &cover{list: dollar.Tokens(sql)}
	for i, t := range c.list {
		is := func(length int, instead string) *Otherwise {
			return &Otherwise{t.Start, length, sql[t.Start : t.Start+length], instead}
		}
		call := t.Sort == dollar.Word && c.at(i+1).Text == "("
		name := strings.ToLower(t.Text)
		instead, isElsewhere := elsewhere[name]
		switch {
		case call && isElsewhere:
			return is(len(t.Text), instead)
		case call && (name == "max" || name == "min") && c.args(i+1) > 1:
			return is(len(t.Text), map[string]string{"max": "greatest(a, b)", "min": "least(a, b)"}[name])
		case call && name == "round" && c.args(i+1) > 1:
			return is(len(t.Text), "round(x::numeric, n)")
		case t.Text == "=" && c.at(i+1).Text == "=" && c.at(i+1).Start == t.Start+1 && c.at(i-1).Text != "!":
			return is(2, "=")
		case t.Text == "`":
			return is(1, `"name"`)
		case t.Is("GLOB") && !call:
			return is(len(t.Text), "~")
		case t.Is("rowid"):
			return is(len(t.Text), "a column of the table's own")
		case i == 0 && t.Is("REPLACE"), t.Is("INSERT") && c.is(i+1, "OR"):
			return is(len(t.Text), "INSERT … ON CONFLICT …")
		case t.Sort == dollar.Word || t.Sort == dollar.Quoted:
			if o := c.compared(i, column(t.Name())); o != "" {
				return is(len(t.Text), o)
			}
		}
	}
	return nil
}

// compared looks whether a switch or a moment is treated as the number that it is in
// SQLite.
func (c *cover) compared(i int, sort string) string {
	number := func(t dollar.Token) bool { return t.Sort == dollar.Sign && t.Text[0] >= '0' && t.Text[0] <= '9' }
	next := i + 1
	for next < len(c.list) && c.list[next].Sort == dollar.Sign && strings.Contains("<>=!", c.list[next].Text) {
		next++
	}
	isCompared := next > i+1 && next < len(c.list) && number(c.list[next])
	if sort == "bool" && isCompared {
		return c.list[i].Text + " = true"
	}
	works := c.at(i + 1)
	if sort == "time" && (isCompared || works.Sort == dollar.Sign && works.Text != "" && strings.Contains("*/%", works.Text)) {
		return "extract(epoch FROM " + c.list[i].Text + ")"
	}
	return ""
}

// OwnParam is where a parameter stands that the flow does not fill in, and how long it
// is; -1 where there is none.
func OwnParam(sql string, ours func(offset int) bool) (offset, length int) {
	for _, t := range dollar.Tokens(sql) {
		if t.Sort == dollar.Dollar || t.Sort == dollar.Param && !ours(t.Start) {
			return t.Start, len(t.Text)
		}
	}
	return -1, 0
}

// BoundPostgres is Bound as PostgreSQL reads the statement.
func BoundPostgres(sql string, offset int) bool {
	for _, t := range dollar.Tokens(sql) {
		if t.Start == offset {
			return t.Sort == dollar.Param
		}
	}
	return false
}

// Enclosed is a query whose columns come in an order of the flow's choice.
func Enclosed(sql string, columns []string) string {
	for list := dollar.Tokens(sql); len(list) > 0 && list[len(list)-1].Text == ";"; list = list[:len(list)-1] {
		sql = sql[:list[len(list)-1].Start]
	}
	var names []string
	for _, c := range columns {
		names = append(names, quote(c))
	}
	return "SELECT " + strings.Join(names, ", ") + " FROM (\n" + sql + "\n) AS flowc_answer"
}
