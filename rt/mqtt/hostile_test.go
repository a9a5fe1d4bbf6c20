package mqtt_test

import (
	"bytes"
	"slices"
	"testing"

	"flowc/rt/flow"
	"flowc/rt/mqtt/witness"
)

// hostile are bytes that no broker should send after CONNACK. The program drops
// the connection, says so, and works again on the next.
var hostile = map[string][]byte{
	"length of five bytes":           {0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F},
	"five bytes for the length 0":    {0xD0, 0x80, 0x80, 0x80, 0x80, 0x00},
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
}

func TestHostileBytes(t *testing.T) {
	t.Parallel()
	for name, raw := range hostile {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newWitness(t)
			p := newPipe(t, b.URL(), 1, 1)
			p.start(flow.SystemClock())
			await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 })
			b.Inject(raw)
			await(t, b, "another connection", func() bool { return len(b.Connects()) >= 2 && b.Connected() == 1 })
			b.Publish("in/bed", "fine", 1, false)
			await(t, b, "work as before", func() bool { return slices.Contains(payloads(b.Messages(), "out/"), "fine") })
		})
	}
}

// A broker that sends without end fills no memory: the connection is made anew
// once what came before is acknowledged, and the rest comes again.
func TestMoreMessagesThanAllowed(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 0)
	hold := make(chan struct{})
	step := p.step
	p.step = func(r *rig) {
		if p.in.Self.Happened(r.engine.Pass) {
			<-hold
		}
		step(r)
	}
	p.start(flow.SystemClock())
	await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 })
	for _, n := range numbers(100) {
		b.Publish("in/bed", n, 1, false)
	}
	large := append([]byte{0x32, 0x80, 0x80, 0x08, 0, 1, 'x', 0xFF, 0xFF, 0}, make([]byte, 128<<10-6)...)
	b.Inject(bytes.Repeat(large, 140)) // 17 MB for nobody, behind what is held
	p.until("the bound", func() bool { return p.logged("sends more than it may; the rest is refused for now") })
	close(hold)
	await(t, b, "a second connection", func() bool { return len(b.Connects()) == 2 })
	await(t, b, "the rest", func() bool {
		return len(payloads(b.Messages(), "out/")) == 100 && b.Unconfirmed("garden") == 0
	})
	if got := payloads(b.Messages(), "out/"); !slices.Equal(got, numbers(100)) {
		t.Errorf("sent %q", got)
	}
	p.until("the reason", func() bool { return p.logged("sent more than it may without an acknowledgement") })
}

func TestHostileAnswerToLogin(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		raw  []byte
		want string // "" where the connection is accepted
	}{
		{"PUBLISH first", []byte{0x30, 4, 0, 1, 'a', 0}, "sent a malformed packet (a packet before the connection was accepted)"},
		{"PINGRESP first", []byte{0xD0, 0}, "sent a malformed packet (a packet before the connection was accepted)"},
		{"authentication method", []byte{0x20, 8, 0, 0, 5, 0x15, 0, 2, 'x', 'y'}, ""},
		{"large properties", []byte{0x20, 8, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0}, "sent a malformed packet (wrong properties)"},
		{"empty", []byte{0x20, 0}, "sent a malformed packet (too short)"},
		{"one byte", []byte{0x20, 1, 0}, "sent a malformed packet (too short)"},
		{"DISCONNECT", []byte{0xE0, 1, 0x8B}, "refuses the connection: the broker is shutting down (0x8b)"},
		{"receive maximum 0", []byte{0x20, 6, 0, 0, 3, 33, 0, 0}, "sent a malformed packet (receive maximum 0)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := newWitness(t)
			b.Set(witness.Faults{First: test.raw})
			p := newPipe(t, b.URL(), 1, 1)
			p.start(flow.SystemClock())
			await(t, b, "the login", func() bool { return len(b.Connects()) >= 1 })
			if test.want != "" {
				p.until("a complaint", func() bool { return p.logged(test.want) })
			}
			b.Set(witness.Faults{})
			b.Cut()
			await(t, b, "a connection", connected(b))
		})
	}
}
