package fn

import "flowc/rt/flow"

// Sun is what a test says of the sun, in place of the sky; what it leaves out is as the
// sky has it.
type Sun struct {
	Up flow.Opt[bool]
	// Elevation and Azimuth are in degrees. The elevation also says whether it is up.
	Elevation, Azimuth flow.Opt[float64]
}

// held is what a test says; only a simulation looks at it.
var held Sun

// HoldSun holds the sun until it is told something else; the zero Sun lets it go.
func HoldSun(s Sun) { held = s }
