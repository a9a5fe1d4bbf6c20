//go:build !sim

package outbox

// simulated is the store of a simulated program; there is none.
func simulated(string) disk { return nil }
