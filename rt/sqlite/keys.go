package sqlite

import (
	"slices"

	"flowc/rt/rows"
	"flowc/rt/wiresql"
)

// keyTable holds the keys of the rows that things have added, numbered for each thing
// by their order: a clock that was stepped forgets none of them too early.
const keyTable = `CREATE TABLE IF NOT EXISTS "flowc_keys" ("thing" TEXT, "key" TEXT, "n" INTEGER, PRIMARY KEY ("thing", "key"), UNIQUE ("thing", "n")) STRICT, WITHOUT ROWID`

// The statements about it; ?1 is the thing, ?2 the key or how many stay.
const (
	findKey    = `SELECT 1 FROM "flowc_keys" WHERE "thing" = ?1 AND "key" = ?2`
	keepKey    = `INSERT INTO "flowc_keys" SELECT ?1, ?2, coalesce(max("n"), 0) + 1 FROM "flowc_keys" WHERE "thing" = ?1`
	forgetKeys = `DELETE FROM "flowc_keys" WHERE "thing" = ?1 AND "n" <= (SELECT max("n") FROM "flowc_keys" WHERE "thing" = ?1) - ?2`
)

// makeKeys makes the table of keys, once for a connection.
func (l *store) makeKeys(batch []*rows.Job) error {
	for _, j := range batch {
		if j.Once == nil || l.keys {
			continue
		}
		if err := l.conn.Exec(keyTable); err != nil {
			return err
		}
		l.keys = true
	}
	return nil
}

// added adds a row whose key is not there yet, and the key with it: both are in the
// transaction or neither is.
func (l *store) added(j *rows.Job) error {
	name := wiresql.AppendText(nil, j.Once.Thing)
	named := wiresql.AppendText(slices.Clip(name), j.Once.Stored())
	there, err := l.first(findKey, named)
	if err != nil || there {
		return err
	}
	if err := l.statement(j); err != nil {
		return err
	}
	if _, err := l.first(keepKey, named); err != nil {
		return err
	}
	_, err = l.first(forgetKeys, wiresql.AppendInt(name, j.Once.Last))
	return err
}
