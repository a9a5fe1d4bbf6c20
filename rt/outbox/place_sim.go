//go:build sim

package outbox

import "flowc/rt/sim/outside"

// place is where a file is: in the folder of the simulation.
func place(name string) string { return outside.InState(name) }
