//go:build sim

package sim

import (
	"os"

	"flowc/rt/flow"
	"flowc/rt/gpio"
)

func init() {
	flow.Console = func(e *flow.Engine, p flow.Program, stop func()) {
		w, ok := p.(flow.Watched)
		if !ok {
			return
		}
		c := &console{
			engine: e, program: w, pins: gpio.Sim(), clock: flow.SystemClock(),
			out: os.Stdout, ack: os.Getenv("FLOWC_SIM_ACK") != "", stop: stop,
		}
		c.start(os.Stdin)
	}
}
