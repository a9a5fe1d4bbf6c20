package outbox

import (
	"time"

	"flowc/rt/flow"
)

// item is one row.
type item struct {
	seq   uint64
	token flow.Token
	// data is let go while it is on the disk and with the sink.
	data  []byte
	size  int64
	born  time.Duration
	state state
	// over says that it ended while it was being written, as outcome, for a reason.
	over    bool
	outcome flow.Outcome
	why     string
	// exhumed says that it was a dead letter, and still is until it is written.
	exhumed bool
}

// weight is what a row takes in memory.
func (i *item) weight() int { return int(i.size) - rowOverhead + itemBytes }

type state uint8

const (
	inMemory state = iota
	beingWritten
	onDisk
)
