package postgres

import (
	"strings"

	"flowc/rt/flow"
	"flowc/rt/rows"
	"flowc/rt/wiresql"
)

// keyTable holds the keys of the rows that things have added, numbered by their order: a
// clock that was stepped forgets none of them too early.
const keyTable = `CREATE TABLE "flowc_keys" ("thing" text, "key" text, "n" bigint GENERATED ALWAYS AS IDENTITY, PRIMARY KEY ("thing", "key"));
CREATE UNIQUE INDEX "flowc_keys_n" ON "flowc_keys" ("thing", "n")`

// forgetKeys takes out all keys of thing ?1 but the last ?2.
const forgetKeys = `DELETE FROM "flowc_keys" WHERE "thing" = ?1 AND "n" <= (SELECT "n" FROM "flowc_keys" WHERE "thing" = ?1 ORDER BY "n" DESC OFFSET ?2 LIMIT 1)`

// makeKeys makes the table of keys where the first row with a key comes.
func (s *store) makeKeys(batch []*rows.Job) error {
	for _, j := range batch {
		if j.Once == nil || s.keys {
			continue
		}
		f := &fitting{l: s.link}
		f.exec("BEGIN", lock)
		f.make("flowc_keys", keyTable)
		if err := f.end(); err != nil {
			return &unreached{err}
		}
		s.keys = true
	}
	return nil
}

// fresh is the statement that adds a row if its key is, and the key with it: both are in
// the transaction or neither is. The key counts for all programs of one name.
func (s *store) fresh(j *rows.Job) (string, wiresql.Row) {
	n := places(j.Args)
	head, values, _ := strings.Cut(j.SQL, " VALUES (")
	sql := `WITH fresh AS (INSERT INTO "flowc_keys" ("thing", "key") VALUES (?` + flow.FormatInt(n+1) + `, ?` + flow.FormatInt(n+2) + `) ON CONFLICT DO NOTHING RETURNING 1) ` +
		head + " SELECT " + strings.TrimSuffix(values, ")") + " FROM fresh"
	args := append(wiresql.Row{}, j.Args...)
	args = wiresql.AppendText(args, s.owner(j))
	return sql, wiresql.AppendText(args, j.Once.Stored())
}

// owner is whose the key of a job is.
func (s *store) owner(j *rows.Job) string { return s.program + "." + j.Once.Thing }

// places is how many parameters a row fills.
func places(args wiresql.Row) (n int64) {
	for {
		_, rest, ok := wiresql.Take(args)
		if !ok {
			return n
		}
		args = rest
		n++
	}
}

// forgetKeys forgets the oldest keys once in a while: so many are always known, and a
// tenth more now and then. What goes wrong here goes right the next time.
func (s *store) forgetKeys(batch []*rows.Job) {
	for _, j := range batch {
		if j.Once == nil || j.Changed == 0 {
			continue
		}
		of := s.owner(j)
		before, known := s.added[of]
		if s.added[of] = before + 1; known && s.added[of] <= j.Once.Last/10 {
			continue
		}
		s.added[of] = 0
		args := wiresql.AppendInt(wiresql.AppendText(nil, of), j.Once.Last)
		if err := s.link.ask(forgetKeys, args, func([][]byte) {}); err != nil {
			s.after(err)
			return
		}
	}
}
