//go:build sim

package rows

import (
	"sync"

	"flowc/rt/sim/outside"
	"flowc/rt/wiresql"
)

// playedDesk lets a script make the jobs of a thing fail.
func playedDesk(d *desk) desktop {
	f := &failing{name: d.h.Name()}
	outside.Register(f.name, f)
	return f
}

type failing struct {
	name string

	mu    sync.Mutex
	why   string
	times int
	// told says that the script has said what comes of the statement.
	told  bool
	count int64
	cells []byte
}

// SetRows gives what comes of the statement from now on, whatever the database holds.
func (f *failing) SetRows(count int64, cells []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.told, f.count, f.cells = true, count, cells
}

// answers carries a job out as the script says, if it does.
func (f *failing) answers(j *Job) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.told {
		j.Begin()
		j.Rows, j.Count, j.Changed = f.cells, int(f.count), f.count
	}
	return f.told
}

func (f *failing) Set(string) {}

func (f *failing) Fail(int) { f.FailTimes("failed by the script", 1) }

// FailTimes lets the next jobs fail.
func (f *failing) FailTimes(message string, times int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.why, f.times = message, max(times, 1)
}

func (f *failing) fails(j *Job) string {
	outside.Tell(f.name, j.What, wiresql.ValuesText(j.Args))
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.times == 0 {
		return ""
	}
	f.times--
	return f.why
}

func (f *failing) close() { outside.Forget(f.name) }
