//go:build !linux && !sim

package gpio

func systemLines() Lines { return noLines{} }

// noLines stands for the pins of a system that has none.
type noLines struct{}

func (noLines) Input(r InputRequest) (InputLine, error) { return nil, noGPIO(r.Pin) }

func (noLines) Output(r OutputRequest) (OutputLine, error) { return nil, noGPIO(r.Pin) }

func (noLines) Check(p Pin) error { return noGPIO(p) }

func noGPIO(p Pin) error {
	return &LineError{
		Pin:     p,
		Problem: "no GPIO on this system, and this program wants " + p.String(),
		Advice:  "build it for a Raspberry Pi (`flowc build`), or try it with simulated pins: `flowc run`",
	}
}
