//go:build sim

package mqtt

import "os"

// located gives the address that is dialled: in a simulation, the broker of the
// simulation takes the place of every other, over plain TCP.
func located(a address) address {
	if to := os.Getenv("FLOWC_SIM_BROKER"); to != "" {
		return address{hostPort: to}
	}
	return a
}
