package sqlite

import (
	"errors"
	"strings"

	"flowc/rt/flow"
	"flowc/rt/rows"
	"flowc/rt/sqlite/lite"
)

// notes is the table in which the types of the flow are noted: SQLite knows a number,
// but not its unit.
const notes = `CREATE TABLE IF NOT EXISTS "flowc_columns" ("table_name" TEXT, "column_name" TEXT, "type" TEXT, PRIMARY KEY ("table_name", "column_name")) STRICT, WITHOUT ROWID`

// fit makes the tables that the flow declares and extends those that are there, all or
// nothing. What would lose or misread data is an error.
func fit(c *lite.Conn, file string, tables flow.Tables) error {
	if err := c.Exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := fitAll(c, file, tables); err != nil {
		if c.InTransaction() {
			c.Exec("ROLLBACK")
		}
		return err
	}
	if err := c.Exec("COMMIT"); err != nil {
		return err
	}
	return nil
}

func fitAll(c *lite.Conn, file string, tables flow.Tables) error {
	if err := c.Exec(notes); err != nil {
		return err
	}
	for _, t := range tables {
		f := &fitting{c: c, file: file, t: t}
		if err := f.fit(); err != nil {
			return err
		}
	}
	return nil
}

// fitting is the work on one table.
type fitting struct {
	c    *lite.Conn
	file string
	t    flow.Table
	// there are the columns in the file with the types that were noted for them.
	there map[string]string
	order []string
	err   error
}

func (f *fitting) fit() error {
	f.there = map[string]string{}
	f.query("SELECT p.name, coalesce(n.type, '') FROM pragma_table_info("+text(f.t.Name)+") p LEFT JOIN flowc_columns n ON n.table_name = "+text(f.t.Name)+" AND n.column_name = p.name", func(s *lite.Stmt) {
		name := string(s.Bytes(0))
		f.there[name] = string(s.Bytes(1))
		f.order = append(f.order, name)
	})
	switch {
	case f.err != nil:
	case len(f.there) == 0:
		f.create()
	default:
		f.extend()
		f.forgotten()
	}
	if f.t.Keep > 0 {
		f.exec("CREATE INDEX IF NOT EXISTS " + rows.Quoted(f.t.Name+"_"+f.t.Age) + " ON " + rows.Quoted(f.t.Name) + " (" + rows.Quoted(f.t.Age) + ")")
	}
	return f.err
}

func (f *fitting) create() {
	var columns []string
	for _, c := range f.t.Columns {
		columns = append(columns, rows.Quoted(c.Name)+" "+c.Stored)
		f.note(c)
	}
	// A column may become optional later, which STRICT alone allows without a copy of
	// the table; that nothing is missing elsewhere is held by the compiler.
	f.exec("CREATE TABLE " + rows.Quoted(f.t.Name) + " (" + strings.Join(columns, ", ") + ") STRICT")
}

func (f *fitting) extend() {
	filled := f.count("SELECT count(*) FROM (SELECT 1 FROM " + rows.Quoted(f.t.Name) + " LIMIT 1)")
	for _, c := range f.t.Columns {
		noted, is := f.there[c.Name]
		switch {
		case !is && !c.Optional && filled > 0:
			f.refuse("has no column `" + c.Name + "`, and the rows there have nothing for it; declare it as optional(" + c.Type + ")")
		case !is:
			f.exec("ALTER TABLE " + rows.Quoted(f.t.Name) + " ADD COLUMN " + rows.Quoted(c.Name) + " " + c.Stored)
			f.note(c)
		case noted == "":
			f.refuse("was not made by a flow: nobody knows what `" + c.Name + "` is measured in; give the table another name")
		case noted != c.Type:
			f.refuse("holds `" + c.Name + "` as " + noted + ", and the flow declares " + c.Type + ": what is there would be misread; give the new column another name")
		case !c.Optional && f.count("SELECT count(*) FROM (SELECT 1 FROM "+rows.Quoted(f.t.Name)+" WHERE "+rows.Quoted(c.Name)+" IS NULL LIMIT 1)") > 0:
			f.refuse("has rows without `" + c.Name + "`; declare it as optional(" + c.Type + ")")
		}
	}
}

// forgotten refuses to go on without a column that is there: its data would not be
// written any more, and nobody would notice.
func (f *fitting) forgotten() {
	for _, name := range f.order {
		declared := false
		for _, c := range f.t.Columns {
			declared = declared || c.Name == name
		}
		if declared {
			continue
		}
		typ := f.there[name]
		if typ == "" {
			typ = "…"
		}
		f.refuse("has a column `" + name + "` that the flow does not declare any more; keep it as optional(" + typ + "), or take it out of the file: ALTER TABLE " + rows.Quoted(f.t.Name) + " DROP COLUMN " + rows.Quoted(name))
	}
}

func (f *fitting) note(c flow.Column) {
	f.exec("INSERT OR REPLACE INTO flowc_columns VALUES (" + text(f.t.Name) + ", " + text(c.Name) + ", " + text(c.Type) + ")")
}

func (f *fitting) refuse(why string) {
	if f.err == nil {
		f.err = errors.New("the table `" + f.t.Name + "` in " + f.file + " " + why)
	}
}

func (f *fitting) exec(sql string) {
	if f.err == nil {
		if err := f.c.Exec(sql); err != nil {
			f.err = err
		}
	}
}

func (f *fitting) query(sql string, row func(*lite.Stmt)) {
	if f.err != nil {
		return
	}
	s, err := f.c.Prepare(sql)
	if err != nil {
		f.err = err
		return
	}
	defer s.Close()
	for {
		more, err := s.Step()
		if err != nil {
			f.err = err
		}
		if err != nil || !more {
			return
		}
		row(s)
	}
}

func (f *fitting) count(sql string) (n int64) {
	f.query(sql, func(s *lite.Stmt) { n = s.Int(0) })
	return n
}

// text is a text as SQL has it.
func text(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
