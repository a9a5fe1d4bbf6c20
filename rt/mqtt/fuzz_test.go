package mqtt_test

import (
	"bufio"
	"net"
	"runtime"
	"testing"
	"time"

	"flowc/rt/flow"

	"github.com/eclipse/paho.golang/packets"
)

// FuzzBroker is a program whose broker says anything after CONNACK. It lives, what it
// accepted is accounted for, and a few bytes do not make it take much memory: what it
// may hold is bounded by what came and by the largest packet.
func FuzzBroker(f *testing.F) {
	f.Add([]byte{})
	for _, raw := range hostile {
		f.Add(raw)
	}
	f.Add([]byte{0x90, 4, 0, 1, 0, 1, 0x32, 12, 0, 4, 'i', 'n', '/', 'x', 0, 1, 2, 11, 1, 'v'}) // SUBACK, PUBLISH
	f.Add([]byte{0x34, 10, 0, 4, 'i', 'n', '/', 'x', 0, 1, 0, 'v', 0x62, 2, 0, 1})              // QoS 2 and its end
	f.Add([]byte{0x40, 2, 0, 1, 0x50, 2, 0, 1, 0x70, 2, 0, 1, 0xD0, 0, 0xE0, 0})                // answers to nothing
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > 64<<10 {
			t.Skip("a long text finds nothing that a short one does not")
		}
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer listener.Close()
		over := make(chan error, 1)
		go func() { over <- say(listener, raw) }()
		p := newPipe(t, "tcp://"+listener.Addr().String(), 1, 1)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		p.start(flow.SystemClock())
		if err := heard(t, "the end of the talk", over); err != nil {
			t.Fatal(err)
		}
		p.until("the end of the connection", func() bool { return p.logged("; trying again in ") })
		c := p.counters(nodeIn)
		p.stop()
		runtime.ReadMemStats(&after)
		if !c.Holds() {
			t.Errorf("counters: %+v", c)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > 4<<20+64*uint64(len(raw)) {
			t.Errorf("%d bytes made it allocate %d", len(raw), took)
		}
	})
}

// say answers one login, says what it is told to say, and waits until the client has
// heard it.
func say(listener net.Listener, raw []byte) error {
	c, err := listener.Accept()
	if err != nil {
		return err
	}
	defer c.Close()
	listener.Close() // there is no second connection
	c.SetDeadline(time.Now().Add(patience))
	in := bufio.NewReader(c)
	if _, err := packets.ReadPacket(in); err != nil {
		return err
	}
	if _, err := c.Write(append([]byte{0x20, 3, 0, 0, 0}, raw...)); err != nil {
		return nil // it has heard enough
	}
	c.(*net.TCPConn).CloseWrite()
	for {
		if _, err := in.ReadByte(); err != nil {
			return nil
		}
	}
}
