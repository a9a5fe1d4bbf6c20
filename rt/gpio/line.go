package gpio

import (
	"sync"
	"time"

	"flowc/rt/flow"
)

// Lines opens pins. Levels are logical on both sides of it: with ActiveLow, on
// is a low voltage.
type Lines interface {
	// Input claims a pin as an input; its edges are told from then on.
	Input(r InputRequest) (InputLine, error)
	// Output claims a pin as an output that is at r.On from the first moment.
	Output(r OutputRequest) (OutputLine, error)
	// Check reports what would keep a request for the pin from succeeding. It
	// touches nothing.
	Check(p Pin) error
}

// InputRequest says how an input is wired and who hears of its edges.
type InputRequest struct {
	Pin       Pin
	Pull      Pull
	ActiveLow bool
	// Owner is what other programs see as the user of the pin.
	Owner string
	// Edges is called for each edge, in order, from a goroutine of the line's
	// own. It must not block.
	Edges func(Edge)
	// Clock stamps the edges of a line that has no clock of its own.
	Clock flow.Clock
}

// OutputRequest says how an output is wired and which level it starts with.
type OutputRequest struct {
	Pin       Pin
	ActiveLow bool
	On        bool
	Owner     string
}

// InputLine is a claimed input.
type InputLine interface {
	// Read is the level now.
	Read() (on bool, err error)
	// Close lets the pin go and ends its edges.
	Close() error
}

// OutputLine is a claimed output.
type OutputLine interface {
	// Set drives the pin.
	Set(on bool) error
	// Close lets the pin go. Kernels for the Raspberry Pi keep its level.
	Close() error
}

// Edge is a change of an input.
type Edge struct {
	// On is the level after the edge.
	On bool
	// At is when it happened, on a monotonic clock of the line's own.
	At time.Duration
	// Seq counts the edges of the line from 1. A gap means that edges were lost.
	Seq uint32
	// Err, in place of an edge, says that the line broke and will tell no more.
	Err error
}

// EdgeQueue is how many edges of a line wait for their reader; the oldest is
// lost to one more.
const EdgeQueue = 256

var inUse = struct {
	sync.Mutex
	lines Lines
}{lines: systemLines()}

// Use replaces the machine's pins for things started from now on and returns
// what puts the former back. Tests give it a Fake.
func Use(l Lines) (restore func()) {
	inUse.Lock()
	defer inUse.Unlock()
	former := inUse.lines
	inUse.lines = l
	return func() {
		inUse.Lock()
		defer inUse.Unlock()
		inUse.lines = former
	}
}

func lines() Lines {
	inUse.Lock()
	l := inUse.lines
	inUse.Unlock()
	return l
}

func owner(h *flow.Host) string { return h.Program() + " " + h.Name() }
