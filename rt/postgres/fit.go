package postgres

import (
	"errors"

	"flowc/rt/flow"
	"flowc/rt/rows"
	"flowc/rt/wiresql"
)

// notes is the table in which the types of the flow are noted: PostgreSQL knows a
// number, but not its unit.
const notes = `CREATE TABLE "flowc_columns" ("table_name" text, "column_name" text, "type" text, PRIMARY KEY ("table_name", "column_name"))`

// lock lets programs that start together make tables one after the other; its number is
// arbitrary.
const lock = `SELECT pg_advisory_xact_lock(7304115)`

// fit makes the tables that the flow declares and extends those that are there, all or
// nothing. What would lose or misread data is an error. A trial leaves nothing behind.
func (s *store) fit(trial bool) error {
	f := &fitting{l: s.link, trial: trial}
	f.exec("BEGIN", lock)
	f.make("flowc_columns", notes)
	for _, t := range s.tables {
		f.t = t
		f.fit()
	}
	return f.end()
}

// fitting is the work on the tables; after the first error it does nothing more.
type fitting struct {
	l     *link
	trial bool
	t     flow.Table
	err   error
}

// end commits what was done, or takes it back.
func (f *fitting) end() error {
	if f.err == nil && !f.trial {
		f.exec("COMMIT")
		return f.err
	}
	var r *refusal
	var told *refit
	if f.err == nil || errors.As(f.err, &r) || errors.As(f.err, &told) {
		f.l.do("ROLLBACK") // an error here shows at the next attempt
	}
	return f.err
}

// make makes a table if there is none: whoever may not make tables may use one that is
// there.
func (f *fitting) make(name, sql string) {
	if f.count("SELECT count(*) WHERE to_regclass(?1) IS NOT NULL", name) == 0 {
		f.exec(sql)
	}
}

func (f *fitting) fit() {
	var there rows.Existing
	args := wiresql.AppendText(nil, f.t.Name)
	f.query(`SELECT a.attname, coalesce(n."type", '') FROM pg_attribute a LEFT JOIN "flowc_columns" n ON n."table_name" = ?1 AND n."column_name" = a.attname
WHERE a.attrelid = to_regclass(quote_ident(?1)) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`, args, func(cells [][]byte) {
		there.Add(string(cells[0]), string(cells[1]))
	})
	if f.err == nil {
		rows.Fit(f, f.t, there, "the database", "")
	}
	if index := f.t.Name + "_" + f.t.Age; f.t.Keep > 0 {
		f.make(rows.Quoted(index[:min(len(index), nameMost)]), "CREATE INDEX "+rows.Quoted(index)+" ON "+rows.Quoted(f.t.Name)+" ("+rows.Quoted(f.t.Age)+")")
	}
}

// nameMost is how many bytes of a name PostgreSQL keeps.
const nameMost = 63

// Stored is the type of a column in the database.
func (f *fitting) Stored(c flow.Column) string {
	switch c.Type {
	case "time":
		return "timestamptz"
	case "bool":
		return "boolean"
	case "date":
		return "date"
	case "time_of_day":
		return "time"
	case "json":
		return "jsonb"
	}
	switch c.Stored {
	case "INTEGER":
		return "bigint"
	case "REAL":
		return "double precision"
	case "BLOB":
		return "bytea"
	}
	return "text"
}

// Note writes down what type a column has in the flow.
func (f *fitting) Note(c flow.Column) {
	args := wiresql.AppendText(wiresql.AppendText(wiresql.AppendText(nil, f.t.Name), c.Name), c.Type)
	f.query(`INSERT INTO "flowc_columns" VALUES (?1, ?2, ?3) ON CONFLICT ("table_name", "column_name") DO UPDATE SET "type" = excluded."type"`, args, func([][]byte) {})
}

// refit is the error that the tables are not what the flow declares.
type refit struct{ why string }

func (e *refit) Error() string { return e.why }

// Refuse ends the work.
func (f *fitting) Refuse(why string) {
	if f.err == nil {
		f.err = &refit{"the table `" + f.t.Name + "` " + why}
	}
}

// Exec carries out a statement.
func (f *fitting) Exec(sql string) { f.exec(sql) }

func (f *fitting) exec(list ...string) {
	if f.err == nil {
		f.err = f.l.do(list...)
	}
}

func (f *fitting) query(sql string, args wiresql.Row, row func(cells [][]byte)) {
	if f.err == nil {
		f.err = f.l.ask(sql, args, row)
	}
}

// Count is the number that a statement gives.
func (f *fitting) Count(sql string) int64 { return f.count(sql) }

// count is Count with parameters.
func (f *fitting) count(sql string, texts ...string) (n int64) {
	var args wiresql.Row
	for _, s := range texts {
		args = wiresql.AppendText(args, s)
	}
	f.query(sql, args, func(cells [][]byte) { n = count(string(cells[0])) })
	return n
}
