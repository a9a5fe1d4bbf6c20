//go:build !sim

package mqtt

import "flowc/rt/flow"

// tapMessage and tapConnected tell a simulation that records of what comes in; there
// is none.
func tapMessage(*flow.Host, message) {}

func tapConnected(*flow.Host, bool) {}
