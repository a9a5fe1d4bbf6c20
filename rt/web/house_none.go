//go:build !sim

package web

// simulatedHouse takes a server out of the network; in a real program it stays.
func simulatedHouse(string, *house) bool { return false }

// whereListens is where a server listens: where the flow says.
func whereListens(address string) string { return address }
