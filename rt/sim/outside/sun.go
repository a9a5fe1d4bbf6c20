package outside

import "flowc/rt/flow"

// Sun is what a test says of the sun, in place of the sky; what it leaves out is as the
// sky has it.
type Sun struct {
	Up flow.Opt[bool]
	// Elevation and Azimuth are in degrees. The elevation also says whether it is up.
	Elevation, Azimuth flow.Opt[float64]
}

// HoldSun holds the sun until it is told something else; the zero Sun lets it go.
func HoldSun(s Sun) {
	world.mu.Lock()
	defer world.mu.Unlock()
	world.sun = s
}

// HeldSun is what HoldSun was told.
func HeldSun() Sun {
	world.mu.Lock()
	defer world.mu.Unlock()
	return world.sun
}
