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
	err  error
}

func (f *fitting) fit() error {
	var there rows.Existing
	f.query("SELECT p.name, coalesce(n.type, '') FROM pragma_table_info("+text(f.t.Name)+") p LEFT JOIN flowc_columns n ON n.table_name = "+text(f.t.Name)+" AND n.column_name = p.name", func(s *lite.Stmt) {
		there.Add(string(s.Bytes(0)), string(s.Bytes(1)))
	})
	if f.err == nil {
		rows.Fit(f, f.t, there, "the file", " STRICT")
	}
	if f.t.Keep > 0 {
		f.Exec("CREATE INDEX IF NOT EXISTS " + rows.Quoted(f.t.Name+"_"+f.t.Age) + " ON " + rows.Quoted(f.t.Name) + " (" + rows.Quoted(f.t.Age) + ")")
	}
	return f.err
}

// Stored is the type of a column in the file.
func (f *fitting) Stored(c flow.Column) string { return c.Stored }

// Note writes down what type a column has in the flow.
func (f *fitting) Note(c flow.Column) {
	f.Exec("INSERT OR REPLACE INTO flowc_columns VALUES (" + text(f.t.Name) + ", " + text(c.Name) + ", " + text(c.Type) + ")")
}

// Refuse ends the work.
func (f *fitting) Refuse(why string) {
	if f.err == nil {
		f.err = errors.New("the table `" + f.t.Name + "` in " + f.file + " " + why)
	}
}

// Exec carries out a statement.
func (f *fitting) Exec(sql string) {
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

// Count is the number that a statement gives.
func (f *fitting) Count(sql string) (n int64) {
	f.query(sql, func(s *lite.Stmt) { n = s.Int(0) })
	return n
}

// text is a text as SQL has it.
func text(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
