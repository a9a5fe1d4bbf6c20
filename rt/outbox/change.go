package outbox

import "time"

// change is something that the writer is to do for a shelf, and what came of it.
type change struct {
	op    op
	shelf *Shelf
	item  *item
	// seq is the row it is about; for a read or a trim, the row behind which it begins.
	seq uint64
	// value is the row of a put; data is that of a dead letter that never lay on the
	// disk, why tells what it died of.
	value []byte
	why   string
	// stored says that the row lies on the disk, again that the change was tried before
	// and may have been made.
	stored, again bool
	// floor is the oldest row that may be waiting when this is done.
	floor uint64
	// most bounds a read or a trim; a trim with older takes only what was born before.
	most  int
	older time.Duration

	// rows are what was read; gone, and their bytes, those that were trimmed or are
	// damaged.
	rows  []row
	gone  int
	bytes int64
	// last is the last row that a read has seen, be it damaged, or that a trim removed; err
	// says why nothing could be read.
	last uint64
	err  error
	// numbers are dead letters, or rows that are damaged; letters is what was listed;
	// ended is closed when a change of nobody's is made.
	numbers []uint64
	letters []Letter
	ended   chan struct{}
	// answer hears whether a dead letter is a row again.
	answer chan<- bool
	// full says that there was no room.
	full bool
}

type op uint8

const (
	opPut op = iota
	opRemove
	opBury
	opTrim
	opRead
	// opExhume lets a dead letter be a row again, opLetters lists them, and opForget
	// drops some.
	opExhume
	opLetters
	opForget
	// opDiscard removes rows that are damaged.
	opDiscard
)

// size is what a change adds to the disk at most.
func (c *change) size() int64 {
	switch c.op {
	case opPut, opExhume:
		return int64(len(c.value) + rowOverhead)
	case opBury:
		return int64(len(c.why)) + c.item.size + letterOverhead
	}
	return 0
}

// disk is where rows lie. The writer alone calls it.
type disk interface {
	// begin gives what waits for a sink, under its name or the one that it had.
	begin(name, was string) (found, error)
	// apply makes changes, all or none; they have reached the disk when it returns.
	apply(changes []*change, age time.Duration) error
	// read fills in the rows of a read.
	read(c *change) error
	// room is how many bytes can be written without taking more of the disk.
	room() int64
	// letters is how many dead letters there are of a sink; list gives all, with the
	// beginning of what they say, or those of these numbers as they are.
	letters(name string) uint64
	list(numbers []uint64) ([]Letter, error)
	// names are the sinks for which something waits.
	names() (map[string]int, error)
	// age is how long the program has run with this store.
	age() time.Duration
	close()
}

// found is what waits for a sink.
type found struct {
	rows  int
	bytes int64
	// last is the highest number that a row had.
	last uint64
}

// adds reports whether it makes a row, for which there has to be room.
func (c *change) adds() bool { return c.op == opPut || c.op == opExhume }
