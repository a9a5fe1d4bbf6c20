//go:build sim

package gpio

var sim = NewFake()

func systemLines() Lines { return sim }

// Sim is the simulated pins of this program.
func Sim() *Fake { return sim }
