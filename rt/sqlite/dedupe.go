package sqlite

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

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

// longestKey is how much of a key is kept as it is.
const longestKey = 64

// deduped is what makes a row one of its kind: the thing that adds it, its key, and how
// many of the last keys of the thing are remembered.
type deduped struct {
	thing, key string
	last       int64
}

// stored is the key as the table has it: a long one by its sum, so that a peer cannot
// fill the disk with keys.
func (d *deduped) stored() string {
	if len(d.key) <= longestKey {
		return d.key
	}
	sum := sha256.Sum256([]byte(d.key))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// makeKeys makes the table of keys, once for a connection.
func (l *line) makeKeys(batch []*job) error {
	for _, j := range batch {
		if j.once == nil || l.keys {
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
func (l *line) added(j *job) error {
	name := wiresql.AppendText(nil, j.once.thing)
	named := wiresql.AppendText(slices.Clip(name), j.once.stored())
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
	_, err = l.first(forgetKeys, wiresql.AppendInt(name, j.once.last))
	return err
}
