//go:build sim

package gpio

// sim begins with the program: no output was on before.
var sim = NewFake().Rest()

func systemLines() Lines { return sim }

// Sim is the simulated pins of this program.
func Sim() *Fake { return sim }
