package flow_test

import (
	"encoding/hex"
	"net"
	"testing"
	"time"

	"flowc/rt/flow"
)

// What a chronyd 4.3 answered that had heard no server, and one to which this machine's clock is right.
const (
	chronyUnset = "0602000000210005000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000003000000000000000000000000000000000000000000000000000000000000000000000000048000000480000000000000"
	chronySet   = "060200000021000500000000000000000000000000000000000000007f7f0101000000000000000000000000000000000000000000010000000000006b0345c83a0d37a5000000000000000000000000000000000000000000000000000000000000000000000000"
)

// newChrony gives one answer to each question, the last one to all others; an empty one is none.
func newChrony(t *testing.T, answers ...[]byte) (port int, asked chan []byte) {
	t.Helper()
	c, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	asked = make(chan []byte, 10)
	go func() {
		for n := 0; ; n++ {
			b := make([]byte, 1000)
			size, from, err := c.ReadFromUDP(b)
			if err != nil {
				return
			}
			c.WriteToUDP(answers[min(n, len(answers)-1)], from)
			asked <- b[:size]
		}
	}()
	return c.LocalAddr().(*net.UDPAddr).Port, asked
}

// said is an answer with a byte changed.
func said(t *testing.T, answer string, at int, to byte) []byte {
	t.Helper()
	b, err := hex.DecodeString(answer)
	if err != nil {
		t.Fatal(err)
	}
	b[at] = to
	return b
}

func TestChronySaysWhetherTheClockIsSet(t *testing.T) {
	for name, c := range map[string]struct {
		answer []byte
		set    bool
	}{
		"not yet":            {said(t, chronyUnset, 0, 6), false},
		"set":                {said(t, chronySet, 0, 6), true},
		"a leap second":      {said(t, chronySet, 55, 1), true},
		"of another version": {said(t, chronySet, 0, 5), false},
		"of another sort":    {said(t, chronySet, 7, 6), false},
		"of another command": {said(t, chronySet, 5, 32), false},
		"with an error":      {said(t, chronySet, 9, 2), false},
		"an echo":            {said(t, chronySet, 1, 1), false},
		"cut off":            {said(t, chronySet, 0, 6)[:55], false},
	} {
		port, asked := newChrony(t, c.answer)
		got := flow.AskChrony(port)
		for tries := 1; c.set && !got && tries < 5; tries++ { // it waits a second, which a busy machine may take
			got = flow.AskChrony(port)
		}
		if got != c.set {
			t.Errorf("%s: %t", name, got)
		}
		if question := heard(t, "a question", asked); len(question) != 104 || hex.EncodeToString(question[:20]) != "0601000000210000000000000000000000000000" {
			t.Errorf("it asks %x", question)
		}
	}
}

func TestNoChronyIsNoClock(t *testing.T) {
	c, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	port := c.LocalAddr().(*net.UDPAddr).Port
	c.Close()
	if flow.AskChrony(port) {
		t.Error("the clock counts as set")
	}
}

// It is asked beside the instants, again every five seconds until the clock is set, and then never again.
func TestChronyIsAskedUntilItSaysSo(t *testing.T) {
	port, asked := newChrony(t, said(t, chronyUnset, 0, 6), said(t, chronySet, 9, 2), said(t, chronySet, 0, 6))
	clock := flow.NewFakeClock(time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC))
	says := flow.NewChrony(clock, port)
	says() // begins to ask
	for n := range 2 {
		heard(t, "a question", asked)
		await(t, "a pause", func() bool { return clock.Alarms() > 0 })
		if says() {
			t.Fatalf("the clock counts as set before it is, after %d answers", n+1)
		}
		clock.Advance(5 * time.Second)
	}
	heard(t, "the last question", asked)
	await(t, "the clock to be set", func() bool {
		if clock.Alarms() > 0 { // an answer that took longer than a second is none: it asks again
			clock.Advance(5 * time.Second)
		}
		return says()
	})
	if n := clock.Alarms(); n > 0 {
		t.Error("it goes on asking although the clock is set")
	}
}
