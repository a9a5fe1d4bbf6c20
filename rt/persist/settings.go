package persist

import (
	"sync"
	"time"

	"flowc/rt/flow"
)

// Memory stores the memory of a program in a file.
type Memory struct {
	// File is where; a name without a folder goes to the service's own state folder
	// ($STATE_DIRECTORY) where there is one.
	File string
	// Period is how often it is written, if anything happened: what happened since is
	// lost with the power.
	Period time.Duration

	saver *saver

	mu sync.Mutex
	// moved says that a file was moved aside, failed that it cannot be written now.
	moved, failed string
}

// Ails says, for the health page, what is wrong with the store: until the next start that a
// file was moved aside, and that it cannot be written for as long as that is so.
func (m *Memory) Ails() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.failed != "" {
		return m.failed
	}
	return m.moved
}

// Every is how often the memory is taken.
func (m *Memory) Every() time.Duration { return m.Period }

// Open puts back what the file holds and stores the memory from then on. A file that
// cannot be read is moved aside: what is whole in it is put back, the rest begins anew, and
// both is told. The outputs are safe before that: a card can take its time.
func (m *Memory) Open(e *flow.Engine) error {
	e.SafeOutputs()
	e.Heed(m)
	f, stored, left, err := openFile(m.File, func(text string) {
		m.mu.Lock()
		m.moved = text
		m.mu.Unlock()
		e.Note(flow.LevelError, text)
	})
	if err != nil {
		return err
	}
	if len(stored) > 0 {
		m.put(e, stored, left)
	}
	m.saver = startSaver(m, e, f)
	return nil
}

// Close stores what the program remembers at its end.
func (m *Memory) Close() {
	if m.saver != nil {
		m.saver.close()
	}
}
