//go:build sim

package gpio

import (
	"flowc/rt/flow"
	"flowc/rt/sim/outside"
)

// tapEdge tells who records of an edge.
func tapEdge(h *flow.Host, e Edge) {
	if e.Err == nil {
		outside.Took(outside.Input{Time: h.Time(), Thing: h.Name(), On: &e.On})
	}
}
