//go:build sim

package postgres

import (
	"flowc/rt/flow"
	"flowc/rt/rows"
	"flowc/rt/sqlite"
)

// newLine lets SQLite take the server's place: a simulation reaches nobody.
func newLine(h *flow.Host, t *Database) (*rows.Line, error) {
	if _, err := newStore(h, t); err != nil {
		return nil, err
	}
	return sqlite.Stand(h, t.Table, func(up bool) { t.changes.Put(up, 1) })
}
