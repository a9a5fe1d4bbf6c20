package rows

import (
	"strings"

	"flowc/rt/flow"
)

// Schema are the tables of a database while one of them is fitted to what the flow
// declares. After the first error it does nothing more.
type Schema interface {
	Exec(sql string)
	// Count is the number that a statement gives.
	Count(sql string) int64
	// Stored is the type that a column has in the database.
	Stored(c flow.Column) string
	// Note writes down what type a column has in the flow.
	Note(c flow.Column)
	// Refuse ends it all: `the table …` and why.
	Refuse(why string)
}

// Existing are the columns of a table that is there, in their order, and the types that
// were noted for them.
type Existing struct {
	Names []string
	Noted map[string]string
}

// Add adds a column.
func (e *Existing) Add(name, noted string) {
	if e.Noted == nil {
		e.Noted = map[string]string{}
	}
	e.Names = append(e.Names, name)
	e.Noted[name] = noted
}

// Fit makes a table, or extends the one that is there; where is what it is taken out of.
// What would lose or misread data is refused. options stand behind the columns of a new one.
func Fit(s Schema, t flow.Table, e Existing, where, options string) {
	if len(e.Names) == 0 {
		create(s, t, options)
		return
	}
	extend(s, t, e)
	forgotten(s, t, e, where)
}

// create makes a table. That nothing is missing in a row is held by the compiler: a column
// may become optional later, which neither database allows without a copy of the table.
func create(s Schema, t flow.Table, options string) {
	var columns []string
	for _, c := range t.Columns {
		columns = append(columns, Quoted(c.Name)+" "+s.Stored(c))
		s.Note(c)
	}
	s.Exec("CREATE TABLE " + Quoted(t.Name) + " (" + strings.Join(columns, ", ") + ")" + options)
}

func extend(s Schema, t flow.Table, e Existing) {
	table := Quoted(t.Name)
	some := func(condition string) bool {
		return s.Count("SELECT count(*) FROM (SELECT 1 FROM "+table+condition+" LIMIT 1) x") > 0
	}
	for _, c := range t.Columns {
		noted, is := e.Noted[c.Name]
		switch {
		case !is && !c.Optional && some(""):
			s.Refuse("has no column `" + c.Name + "`, and the rows there have nothing for it; declare it as optional(" + c.Type + ")")
		case !is:
			s.Exec("ALTER TABLE " + table + " ADD COLUMN " + Quoted(c.Name) + " " + s.Stored(c))
			s.Note(c)
		case noted == "":
			s.Refuse("was not made by a flow: nobody knows what `" + c.Name + "` is measured in; give the table another name")
		case noted != c.Type:
			s.Refuse("holds `" + c.Name + "` as " + noted + ", and the flow declares " + c.Type + ": what is there would be misread; give the new column another name")
		case !c.Optional && some(" WHERE "+Quoted(c.Name)+" IS NULL"):
			s.Refuse("has rows without `" + c.Name + "`; declare it as optional(" + c.Type + ")")
		}
	}
}

// forgotten refuses to go on without a column that is there: its data would not be
// written any more, and nobody would notice.
func forgotten(s Schema, t flow.Table, e Existing, where string) {
	declared := map[string]bool{}
	for _, c := range t.Columns {
		declared[c.Name] = true
	}
	for _, name := range e.Names {
		if declared[name] {
			continue
		}
		typ := e.Noted[name]
		if typ == "" {
			typ = "…"
		}
		s.Refuse("has a column `" + name + "` that the flow does not declare any more; keep it as optional(" + typ + "), or take it out of " + where + ": ALTER TABLE " + Quoted(t.Name) + " DROP COLUMN " + Quoted(name))
	}
}
