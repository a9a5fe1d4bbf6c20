package main

import (
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/gpio"
)

// BenchmarkPayloadToPin is the greenhouse from the bytes of a message to the driven pin: an instant for each message,
// with its timers and its receipt, on the machine's clock. Every message switches the pump.
func BenchmarkPayloadToPin(b *testing.B) {
	pins := gpio.NewFake()
	b.Cleanup(gpio.Use(pins))
	driven := 0
	pins.OnChange(func(gpio.Pin, bool) { driven++ })
	g := &fed{}
	e := flow.NewEngine(flow.SystemClock(), info, flow.Output{}, func(e *flow.Engine) flow.Program {
		g.Program = newProgram(e)
		g.pump.MaxOn, g.pump.Rest = flow.Opt[time.Duration]{}, 0
		return g
	})
	g.node = nodeNamed("soil")
	if err := e.Start(); err != nil {
		b.Fatal(err)
	}
	payloads := [][]byte{
		[]byte(`{"moisture": 21.53, "battery": 3.012, "rssi": -61, "seq": 104711}`),
		[]byte(`{"moisture": 52.17, "battery": 3.012, "rssi": -61, "seq": 104712}`),
	}
	driven = 0
	b.SetBytes(int64(len(payloads[0])))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		g.payload = payloads[n&1]
		n++
		e.Hosts[g.node].Wake()
		e.Settle()
	}
	if driven != n {
		b.Fatalf("%d messages, but the pin was driven %d times", n, driven)
	}
}

// fed is the greenhouse with a source that needs no broker: its messages are put into the hand of the generated code
// that mqtt_in calls.
type fed struct {
	*Program
	node    int32
	payload []byte
	next    soilMsg
}

// Order leaves out what needs a broker.
func (f *fed) Order() []int32 { return []int32{nodeNamed("pump")} }

func (f *fed) React(node int32, w flow.Wake) {
	if node != f.node {
		f.Program.React(node, w)
		return
	}
	if err := f.soil.Decode(f.payload, &f.next); err != nil {
		panic(err)
	}
	f.soil.Captured = append(f.soil.Captured[:0], "tomatoes")
	f.soil.Self.Happen(f.Pass, f.Time, f.next)
	f.soilOutputs()
}

// nodeNamed is the number of a thing.
func nodeNamed(name string) int32 {
	for n, node := range info.Nodes {
		if node.Name == name && node.Kind != "" {
			return int32(n)
		}
	}
	panic(name)
}
