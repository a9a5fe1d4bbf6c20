package mqtt_test

import (
	"slices"
	"testing"

	"flowc/rt/flow"
	"flowc/rt/mqtt/witness"
)

// hostile are bytes that no broker should send after CONNACK. The program drops
// the connection, says so, and works again on the next.
var hostile = map[string][]byte{
	"length of five bytes":           {0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F},
	"length of 256 MB":               {0x30, 0xFF, 0xFF, 0xFF, 0x7F},
	"just above the maximum":         {0x90, 0x81, 0x80, 0x10, 0},
	"QoS 3":                          {0x36, 4, 0, 1, 'a', 0},
	"type 0":                         {0x00, 0},
	"CONNECT":                        {0x10, 0},
	"SUBSCRIBE":                      {0x82, 0},
	"AUTH":                           {0xF0, 0},
	"PUBACK with flags":              {0x41, 2, 0, 1},
	"PUBREL without flags":           {0x60, 2, 0, 1},
	"topic longer than the packet":   {0x30, 3, 0xFF, 0xFF, 'a'},
	"no topic":                       {0x30, 3, 0, 0, 0},
	"packet identifier 0":            {0x32, 6, 0, 1, 'a', 0, 0, 0},
	"properties of 2 GB":             {0x30, 8, 0, 1, 'a', 0xFF, 0xFF, 0xFF, 0xFF, 0x7F},
	"properties longer than packet":  {0x30, 5, 0, 1, 'a', 0x7F, 0},
	"unknown property":               {0x30, 5, 0, 1, 'a', 1, 0x7E},
	"half a property":                {0x30, 6, 0, 1, 'a', 2, 2, 0},
	"endless subscription id":        {0x30, 9, 0, 1, 'a', 5, 11, 0xFF, 0xFF, 0xFF, 0xFF},
	"PUBACK with large properties":   {0x40, 8, 0, 1, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F},
	"SUBACK too short":               {0x90, 1, 0},
	"DISCONNECT with bad properties": {0xE0, 3, 0, 9, 1},
	"second CONNACK":                 {0x20, 3, 0, 0, 0},
	"answer to nothing":              {0x40, 1, 0},
	"too many messages at once":      flood(65),
}

func flood(n int) (b []byte) {
	for i := range n {
		b = append(b, 0x32, 7, 0, 2, 'i', 'x', 0, byte(i+1), 0)
	}
	return b
}

func TestHostileBytes(t *testing.T) {
	t.Parallel()
	for name, raw := range hostile {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newWitness(t)
			p := newPipe(t, b.URL(), 1, 1)
			hold := make(chan struct{})
			step := p.step
			p.step = func(r *rig) { <-hold; step(r) } // so that a flood stays unacknowledged
			p.start(flow.SystemClock())
			await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 })
			b.Inject(raw)
			await(t, b, "another connection", func() bool { return len(b.Connects()) >= 2 && b.Connected() == 1 })
			close(hold)
			b.Publish("in/bed", "fine", 1, false)
			await(t, b, "work as before", func() bool { return slices.Contains(payloads(b.Messages(), "out/"), "fine") })
		})
	}
}

func TestHostileAnswerToLogin(t *testing.T) {
	t.Parallel()
	for name, raw := range map[string][]byte{
		"PUBLISH first":         {0x30, 4, 0, 1, 'a', 0},
		"PINGRESP first":        {0xD0, 0},
		"authentication method": {0x20, 8, 0, 0, 5, 0x15, 0, 2, 'x', 'y'},
		"large properties":      {0x20, 8, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0},
		"empty":                 {0x20, 0},
		"one byte":              {0x20, 1, 0},
		"DISCONNECT":            {0xE0, 1, 0x8B},
		"receive maximum 0":     {0x20, 6, 0, 0, 3, 33, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newWitness(t)
			b.Set(witness.Faults{First: raw})
			p := newPipe(t, b.URL(), 1, 1)
			p.start(flow.SystemClock())
			await(t, b, "the login", func() bool { return len(b.Connects()) >= 1 })
			if name != "authentication method" {
				p.until("a complaint", func() bool { return p.complaints() > 0 })
			}
			b.Set(witness.Faults{})
			b.Cut()
			await(t, b, "a connection", connected(b))
		})
	}
}
