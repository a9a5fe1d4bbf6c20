package mqtt

import (
	"bufio"
	"bytes"
	"slices"
	"testing"

	"github.com/eclipse/paho.golang/packets"
)

func TestPatternMatch(t *testing.T) {
	tests := []struct {
		pattern, topic string
		want           bool
		captured       []string
	}{
		{"a/b", "a/b", true, nil},
		{"a/b", "a/c", false, nil},
		{"a/b", "a", false, nil},
		{"a/b", "a/b/c", false, nil},
		{"a/+", "a/b", true, nil},
		{"a/+", "a/", true, nil},
		{"a/+", "a", false, nil},
		{"a/#", "a", true, nil},
		{"a/#", "a/b/c", true, nil},
		{"#", "a/b", true, nil},
		{"#", "$SYS/x", false, nil},
		{"+/x", "$SYS/x", false, nil},
		{"$SYS/#", "$SYS/x", true, nil},
		{"{x}/y", "$SYS/y", false, nil},
		{"garden/{bed}/soil", "garden/tomatoes/soil", true, []string{"tomatoes"}},
		{"{house}/+/{room}/#", "h/1/kitchen/lamp/on", true, []string{"h", "kitchen"}},
		{"{house}/+/{room}/#", "h/1/kitchen", true, []string{"h", "kitchen"}},
		{"/{x}", "/y", true, []string{"y"}},
	}
	for _, test := range tests {
		p, err := parsePattern(test.pattern)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.match(test.topic); got != test.want {
			t.Errorf("%s, %s: %v", test.pattern, test.topic, got)
		} else if got {
			if c := p.captures(test.topic, nil); !slices.Equal(c, test.captured) {
				t.Errorf("%s, %s: %q", test.pattern, test.topic, c)
			}
		}
	}
}

func TestAddress(t *testing.T) {
	for url, want := range map[string]address{
		"tcp://192.168.1.10:1883": {hostPort: "192.168.1.10:1883"},
		"mqtt://broker.local":     {hostPort: "broker.local:1883"},
		"mqtts://broker.local/":   {hostPort: "broker.local:8883", tls: true},
		"tcp://[::1]":             {hostPort: "[::1]:1883"},
		"tcp://[::1]:99":          {hostPort: "[::1]:99"},
	} {
		if got, err := parseAddress(url); err != nil || got != want {
			t.Errorf("%s: %+v, %v", url, got, err)
		}
	}
}

// What is written here is read by the library as it was meant.
func TestEncoding(t *testing.T) {
	topic, payload := "garden/bed", bytes.Repeat([]byte("x"), 300)
	raw := appendPublish(nil, topic, payload, 7, 1, true, true, 1500e6)
	if len(raw) > publishSize(topic, payload) {
		t.Errorf("%d bytes, at most %d expected", len(raw), publishSize(topic, payload))
	}
	p := read(t, raw).Content.(*packets.Publish)
	if p.Topic != topic || !bytes.Equal(p.Payload, payload) || p.PacketID != 7 || p.QoS != 1 || !p.Retain || !p.Duplicate || *p.Properties.MessageExpiry != 2 {
		t.Errorf("%+v", p)
	}
	if a := read(t, appendAck(nil, packets.PUBREL, 300, 0x92)).Content.(*packets.Pubrel); a.PacketID != 300 || a.ReasonCode != 0x92 {
		t.Errorf("%+v", a)
	}
	s := read(t, appendSubscribe(nil, 9, "a/#", 2, 1, 1<<20)).Content.(*packets.Subscribe)
	if o := s.Subscriptions[0]; s.PacketID != 9 || *s.Properties.SubscriptionIdentifier != 1<<20 || o.Topic != "a/#" || o.QoS != 2 || o.RetainHandling != 1 {
		t.Errorf("%+v", s)
	}
}

func read(t *testing.T, raw []byte) *packets.ControlPacket {
	t.Helper()
	p, err := packets.ReadPacket(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAllSubscriptionIdentifiersAreRead(t *testing.T) {
	body := []byte{0, 1, 'a', 0, 9, 7, 11, 1, 11, 0x80, 1, 11, 3, 'p'}
	p, err := parsePublish(2, body, nil)
	if err != nil || !slices.Equal(p.ids, []uint32{1, 128, 3}) || string(p.payload) != "p" || p.packetID != 9 {
		t.Errorf("%+v, %v", p, err)
	}
}

// One message for several subscriptions goes to each thing once.
func TestRouteByAllIdentifiers(t *testing.T) {
	s := &session{}
	l := &link{s: s, subIDs: true}
	for i, text := range []string{"a/+", "a/#", "b"} {
		p, _ := parsePattern(text)
		s.subs = append(s.subs, &subscription{filter: p.filter, id: uint32(i + 1), feeds: []*feed{{pattern: p}}})
	}
	for _, test := range []struct {
		ids  []uint32
		want int
	}{{[]uint32{1}, 1}, {[]uint32{1, 2}, 2}, {[]uint32{2, 2}, 1}, {[]uint32{3}, 0}, {nil, 0}, {[]uint32{9}, 0}} {
		if got := l.route(publication{ids: test.ids}, "a/x"); len(got) != test.want {
			t.Errorf("%v: %d feeds, want %d", test.ids, len(got), test.want)
		}
	}
}

func TestBackoff(t *testing.T) {
	least, most := newBackoff(), newBackoff()
	least.random = func(int64) int64 { return 0 }
	most.random = func(n int64) int64 { return n - 1 }
	for i, want := range []string{"1 s", "2 s", "4 s", "8 s", "16 s", "32 s", "60 s", "60 s"} {
		if got := seconds(least.next(0)); got != "0.5 s" {
			t.Errorf("attempt %d: least %s", i, got)
		}
		if got := seconds(most.next(0)); got != want {
			t.Errorf("attempt %d: most %s, want %s", i, got, want)
		}
	}
	if got := seconds(least.next(backoffFloor)); got != "30 s" {
		t.Errorf("floor: %s", got)
	}
	most.reset()
	if got := seconds(most.next(backoffFloor)); got != "60 s" {
		t.Errorf("most above the floor: %s", got)
	}
	for n := 1; n < 20; n++ {
		if d := retryAfter(n, most.random); d > retryMost+1e6 || d < retryLeast {
			t.Errorf("retry %d: %s", n, d)
		}
	}
}

// nowhere takes whatever passes the checks.
type nowhere struct{}

func (nowhere) receive(publication) error { return nil }
func (nowhere) answer(byte, uint16, byte) {}
func (nowhere) room()                     {}

func FuzzPacketsFromABroker(f *testing.F) {
	f.Add([]byte{0x30, 4, 0, 1, 'a', 0})
	f.Add([]byte{0x32, 9, 0, 1, 'a', 0, 1, 2, 11, 5, 'x'})
	f.Add([]byte{0x20, 3, 0, 0, 0, 0x40, 2, 0, 1, 0xE0, 0})
	f.Fuzz(func(t *testing.T, raw []byte) {
		w := &wire{in: newReader(raw), open: len(raw) == 0 || raw[0] != 0x20, to: nowhere{}}
		for {
			if err := w.next(); err != nil {
				return
			}
			// What passes the check must not hurt the library.
			packets.ReadPacket(bytes.NewReader(w.rest))
			w.rest = nil
		}
	})
}

func newReader(raw []byte) *bufio.Reader { return bufio.NewReader(bytes.NewReader(raw)) }
