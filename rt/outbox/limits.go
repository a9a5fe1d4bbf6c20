package outbox

import (
	"time"

	"flowc/rt/flow"
)

// Limits of what is in memory.
const (
	// spillAfter is how long a receiver may be away before what waits for it is written.
	spillAfter = 2 * time.Second
	// memoryRows and memoryBytes may wait in memory while the receiver is there.
	memoryRows  = 256
	memoryBytes = 1 << 20
	// heldBytes may wait where nothing can be written; beyond that a new row is dropped.
	// While they are written they are there twice.
	heldBytes = 3 << 20
	// carryBytes bounds what the sink has at once, though it always has one row.
	carryBytes = 4 << 20
	// readRows and readBytes are read from the disk at once.
	readRows  = 256
	readBytes = 1 << 20
	// readyBytes may wait in front of the tail for the sink to take them.
	readyBytes = 2 << 20
	// itemBytes is about what a row in memory takes beside its data.
	itemBytes = 256
)

// What all of it takes is what the compiler counts for a buffer.
const _ = uint(flow.BufferMemory - (2*heldBytes + carryBytes + readBytes + readyBytes))

// Defaults of the settings.
const (
	defaultSize = 256_000_000
	defaultRows = 1_000_000
)
