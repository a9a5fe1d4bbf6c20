package sqlcheck

import (
	"strings"

	"flowc/rt/postgres/dollar"
)

// Unchecked is a piece of a statement that SQLite does not know and PostgreSQL may.
type Unchecked struct {
	// What is the word, and Start where it stands.
	What  string
	Start int
}

// PreparePostgres holds a statement for PostgreSQL against tables: what of it is SQL
// that SQLite reads too is checked, and the rest is covered over, so that the names
// around it are still looked up. What was covered is in Unchecked; a statement of which
// SQLite makes nothing even so is Unread.
func PreparePostgres(tables []Table, sql string) (*Statement, *Problem) {
	if i := strings.IndexByte(sql, 0); i >= 0 { // it would end the statement on its way to the server
		return nil, &Problem{Message: "a statement has no character NUL", Offset: i}
	}
	c := &cover{text: []byte(sql), list: dollar.Tokens(sql)}
	c.all()
	for range maxForeign {
		s, p := Prepare(tables, string(c.text))
		switch {
		case p == nil:
			s.Unchecked = c.found
			s.recast(c.list)
			return s, nil
		case p.Sort == "function" && c.call(p):
			continue
		case p.Sort == "column", p.Sort == "table" && !c.catalog(p), p.Message == "incomplete input":
			return nil, p
		case p.Message == "only one statement can stand here":
			return nil, p
		}
		return c.unread(tables, sql, p)
	}
	return c.unread(tables, sql, &Problem{Offset: -1})
}

// maxForeign is how many functions of PostgreSQL's are looked at.
const maxForeign = 64

// unread is a statement of which only the names of tables are looked at.
func (c *cover) unread(tables []Table, sql string, p *Problem) (*Statement, *Problem) {
	if p := unknownTable(tables, c.list); p != nil {
		return nil, p
	}
	for i, t := range c.list {
		if t.Text == ";" && i+1 < len(c.list) {
			return nil, &Problem{Message: "only one statement can stand here", Offset: c.list[i+1].Start}
		}
	}
	s := &Statement{Unread: true}
	if p.Offset >= 0 && p.Offset < len(sql) {
		s.Unchecked = []Unchecked{{sql[p.Offset : p.Offset+Length(sql, p.Offset)], p.Offset}}
	} else {
		s.Unchecked = c.found
	}
	return s, nil
}

// cover hides what only PostgreSQL knows, so that every other word stays in its place.
type cover struct {
	text  []byte
	list  []dollar.Token
	found []Unchecked
}

func (c *cover) note(t dollar.Token) { c.found = append(c.found, Unchecked{t.Text, t.Start}) }

// blank writes spaces over tokens, from the first to before the last.
func (c *cover) blank(from, to int) {
	for i := from; i < to && i < len(c.list); i++ {
		c.put(c.list[i], "")
	}
}

// put writes something else over a token.
func (c *cover) put(t dollar.Token, text string) {
	copy(c.text[t.Start:], text+strings.Repeat(" ", len(t.Text)-len(text)))
}

// is reports whether words stand from the i-th token on.
func (c *cover) is(i int, words ...string) bool {
	for n, w := range words {
		if i+n >= len(c.list) || !strings.EqualFold(c.list[i+n].Text, w) || c.list[i+n].Sort == dollar.Quoted {
			return false
		}
	}
	return true
}

func (c *cover) at(i int) dollar.Token {
	if i < 0 || i >= len(c.list) {
		return dollar.Token{Sort: dollar.Sign}
	}
	return c.list[i]
}

// close is the token behind the parenthesis that ends what begins at the i-th.
func (c *cover) close(i int) int {
	for depth := 0; i < len(c.list); i++ {
		switch c.list[i].Text {
		case "(", "[":
			depth++
		case ")", "]":
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(c.list)
}

func (c *cover) all() {
	for i := 0; i < len(c.list); i++ {
		t := c.list[i]
		switch {
		case t.Sort == dollar.Text && t.Text[0] != '\'':
			c.put(t, "'"+strings.Repeat("x", len(t.Text)-2)+"'")
		case t.Text == ":" && c.at(i+1).Text == ":" && c.at(i+1).Start == t.Start+1:
			c.note(dollar.Token{Start: t.Start, Text: "::" + c.at(i+2).Text})
			c.blank(i, c.typeName(i+2))
		case c.is(i, "DISTINCT", "ON", "("):
			c.note(dollar.Token{Start: t.Start, Text: "DISTINCT ON"})
			c.blank(i+1, c.close(i+2))
		case t.Sort == dollar.Word && literal[strings.ToLower(t.Text)] && c.at(i+1).Sort == dollar.Text:
			c.note(t)
			c.put(t, "")
		case t.Is("ILIKE"):
			c.note(t)
			c.put(t, "LIKE")
		case c.is(i, "AT", "TIME", "ZONE"):
			c.note(dollar.Token{Start: t.Start, Text: "AT TIME ZONE"})
			c.blank(i, i+4)
		case t.Is("FOR") && (c.is(i+1, "UPDATE") || c.is(i+1, "SHARE") || c.is(i+1, "NO") || c.is(i+1, "KEY")):
			c.note(dollar.Token{Start: t.Start, Text: "FOR " + c.at(i+1).Text})
			c.blank(i, len(c.list))
		case c.is(i, "EXTRACT", "(") && c.is(i+3, "FROM"):
			c.note(t)
			c.blank(i+2, i+4)
		case t.Text == "~", t.Text == "!" && c.at(i+1).Text == "~":
			i = c.matches(i)
		case t.Is("public") && c.at(i+1).Text == ".":
			c.blank(i, i+2)
		case t.Sort == dollar.Word && constant[strings.ToLower(t.Text)] && c.at(i+1).Text != "(" && c.at(i+1).Text != "." && c.at(i-1).Text != "." && !c.at(i-1).Is("AS"):
			c.note(t)
			c.put(t, "NULL")
		}
	}
}

// matches turns `a ~* 'x'` into `a = 'x'`.
func (c *cover) matches(i int) int {
	c.note(c.at(i))
	if c.at(i).Text == "!" {
		i++
		c.put(c.at(i), "=")
	} else {
		c.put(c.at(i), "=")
	}
	if c.at(i+1).Text == "*" {
		i++
		c.put(c.at(i), "")
	}
	return i
}

// literal are the words before a text that make it a value of a type.
var literal = map[string]bool{"interval": true, "date": true, "time": true, "timestamp": true, "timestamptz": true}

// constant are words that PostgreSQL takes for a value, whatever columns there are.
var constant = map[string]bool{
	"user": true, "current_user": true, "session_user": true, "current_role": true, "current_catalog": true, "current_schema": true,
	"localtime": true, "localtimestamp": true,
}

// typeName is the token behind the name of a type that begins at the i-th: double
// precision, timestamp(3) with time zone, numeric(10, 2), text[].
func (c *cover) typeName(i int) int {
	first := c.at(i)
	for i++; c.at(i-1).Text != "" && c.at(i).Text == "."; i += 2 {
	}
	switch {
	case first.Is("double") && c.is(i, "precision"), first.Is("character") && c.is(i, "varying"):
		i++
	}
	if c.at(i).Text == "(" {
		i = c.close(i)
	}
	if (first.Is("timestamp") || first.Is("time")) && (c.is(i, "with", "time", "zone") || c.is(i, "without", "time", "zone")) {
		i += 3
	}
	for c.at(i).Text == "[" {
		i = c.close(i)
	}
	return i
}

// call writes a function that SQLite has over one that it has not.
func (c *cover) call(p *Problem) bool {
	for i, t := range c.list {
		if t.Start != p.Offset || c.at(i+1).Text != "(" {
			continue
		}
		name := c.list[i]
		c.note(name)
		args := c.args(i + 1)
		switch {
		case args == 0 && len(name.Text) >= 2:
			c.blank(i, c.close(i+1))
			copy(c.text[t.Start:], "NULL")
		case len(name.Text) >= 4:
			c.put(name, "char")
		case args == 1 && len(name.Text) == 3:
			c.put(name, "abs")
		case (args == 2 || args == 3) && len(name.Text) == 3:
			c.put(name, "iif")
		default:
			return false
		}
		return true
	}
	return false
}

// args counts what stands between a parenthesis and its end.
func (c *cover) args(i int) int {
	end := c.close(i) - 1
	if end <= i+1 { // also where nothing ends it, as PostgreSQL reads the comments behind it
		return 0
	}
	n, depth := 1, 0
	for _, t := range c.list[i+1 : end] {
		switch t.Text {
		case "(", "[":
			depth++
		case ")", "]":
			depth--
		case ",":
			if depth == 0 {
				n++
			}
		}
	}
	return n
}

// catalog reports whether a table that is not declared is none of the flow's: a function
// that gives rows, or one of PostgreSQL's own tables.
func (c *cover) catalog(p *Problem) bool {
	for i, t := range c.list {
		if t.Start == p.Offset {
			name := strings.ToLower(t.Name())
			return c.at(i+1).Text == "(" || strings.HasPrefix(name, "pg_") || c.at(i-1).Text == "." && (c.at(i-2).Is("information_schema") || c.at(i-2).Is("pg_catalog"))
		}
	}
	return false
}

// unknownTable finds a name behind FROM, JOIN, INTO or UPDATE that is no table, in a
// statement of which nothing else is understood.
func unknownTable(tables []Table, list []dollar.Token) *Problem {
	c := &cover{list: list}
	known := map[string]bool{}
	for _, t := range tables {
		known[strings.ToLower(t.Name)] = true
	}
	for i := range list { // WITH name AS (
		if list[i].Is("AS") && i > 0 && (c.at(i+1).Text == "(" || c.at(i+1).Is("MATERIALIZED") || c.at(i+1).Is("NOT")) {
			name := i - 1
			for name > 0 && list[name].Text != "," && !list[name].Is("WITH") && !list[name].Is("RECURSIVE") {
				name--
			}
			known[strings.ToLower(c.at(name+1).Name())] = true
		}
	}
	for i, t := range list {
		behind := t.Is("FROM") && !c.at(i-1).Is("DISTINCT") && !c.inCall(i) || t.Is("JOIN") || t.Is("INTO") || t.Is("UPDATE") && i == 0
		name := c.at(i + 1)
		if !behind || name.Sort != dollar.Word && name.Sort != dollar.Quoted || name.Is("LATERAL") || name.Is("ONLY") || name.Is("SELECT") ||
			c.at(i+2).Text == "." || c.at(i+2).Text == "(" && !t.Is("INTO") {
			continue
		}
		if lower := strings.ToLower(name.Name()); !known[lower] && !strings.HasPrefix(lower, "pg_") {
			return &Problem{Message: "no such table: " + name.Name(), Offset: name.Start, Sort: "table", Name: name.Name()}
		}
	}
	return nil
}

// inCall reports whether the FROM at the i-th token is part of a call: extract(year FROM
// at), trim(x FROM y), substring(x FROM 2).
func (c *cover) inCall(i int) bool {
	for depth := 0; i > 0; i-- {
		switch c.list[i-1].Text {
		case ")":
			depth++
		case "(":
			if depth--; depth < 0 {
				before := c.at(i - 2)
				return before.Is("extract") || before.Is("trim") || before.Is("substring") || before.Is("overlay") || before.Is("position")
			}
		}
		if depth == 0 && c.list[i-1].Is("SELECT") {
			return false
		}
	}
	return false
}

// recast takes the type of its table from each column that may have got another one: what
// was covered may be a cast.
func (s *Statement) recast(list []dollar.Token) {
	selects := 0
	for _, t := range list {
		if t.Is("SELECT") {
			selects++
		}
	}
	for n := range s.Columns {
		col := &s.Columns[n]
		for _, u := range s.Unchecked {
			inside := u.Start >= col.Start && u.Start < col.Start+col.Length
			if inside || selects > 1 && (strings.HasPrefix(u.What, "::") || u.What == "AT TIME ZONE") || col.Length == 0 && u.Start < fromAt(list) {
				col.Table, col.Column = -1, -1
			}
		}
	}
}

// fromAt is where the first FROM stands.
func fromAt(list []dollar.Token) int {
	for _, t := range list {
		if t.Is("FROM") {
			return t.Start
		}
	}
	return 0
}
