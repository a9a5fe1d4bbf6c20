package web_test

import (
	"bufio"
	"net"
	"net/http"
	"testing"
	"time"

	"flowc/rt/web"
)

// A server has 256 clients at a time; one more waits for a seat and is served then.
func TestServerHas256Seats(t *testing.T) {
	defer web.Hurry(time.Minute)() // none of them is let go because the test is slow
	a := newAnswering(t)
	a.run()
	dial := func() net.Conn {
		c, err := net.Dial("tcp", a.server.Address())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		return c
	}
	var idle []net.Conn
	for range 256 {
		idle = append(idle, dial())
	}
	last := dial()
	if _, err := last.Write([]byte("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	last.SetReadDeadline(time.Now().Add(100 * time.Millisecond))
	if n, err := last.Read(make([]byte, 1)); n > 0 || err == nil {
		t.Fatal("the 257th client was served beside the others")
	}
	idle[0].Close()
	last.SetReadDeadline(time.Now().Add(patience))
	if s, err := http.ReadResponse(bufio.NewReader(last), nil); err != nil || s.StatusCode != http.StatusNotFound {
		t.Fatalf("with a free seat: %v, %v", s, err)
	}
}
