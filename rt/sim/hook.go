//go:build sim

package sim

import (
	"io"
	"os"

	"flowc/rt/flow"
	"flowc/rt/gpio"
	"flowc/rt/mqtt"
	"flowc/rt/sim/outside"
)

func init() {
	clock := &skipClock{}
	flow.ConsoleClock = func(machine flow.Clock) flow.Clock {
		clock.machine = machine
		return clock
	}
	out := io.Writer(os.Stdout)
	ack := os.Getenv("FLOWC_SIM_ACK") != ""
	if ack {
		out = &oneOut{out: os.Stdout}
		flow.ConsoleLog = logOut{out}
	}
	flow.Lasts = outside.StateFolder() != ""
	flow.Console = func(e *flow.Engine, p flow.Program, stop func()) {
		w, ok := p.(flow.Watched)
		if !ok {
			return
		}
		if file := os.Getenv("FLOWC_SIM_RECORD"); file != "" {
			if err := record(file, e.Info().Name, clock); err != nil {
				os.Stderr.WriteString("error nothing is recorded: " + err.Error() + "\n")
			}
		}
		c := &console{
			engine: e, program: w, pins: gpio.Sim(), clock: clock,
			out: out, ack: ack, stop: stop,
		}
		c.start(os.Stdin)
	}
	flow.Play = func(spec flow.Spec) (code int, played bool) {
		if os.Getenv("FLOWC_SIM_PLAY") == "" {
			return 0, false
		}
		return play(spec, gpio.Sim(), simulatedNetwork, os.Stdin, os.Stdout), true
	}
	flow.Test = func(spec flow.Spec) (code int, tested bool) {
		if os.Getenv("FLOWC_SIM_TESTS") == "" {
			return 0, false
		}
		return runTests(spec, simulatedNetwork, os.Stdin, os.Stdout, flow.SystemClock().Mono), true
	}
}

func simulatedNetwork(sent func(publication)) bus {
	return mqtt.UseBus(func(p mqtt.Publication) { sent(publication{p.Thing, p.Topic, p.Payload}) })
}
