package flow_test

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
)

// busMessage is a message as a bus sends it, with fields that nobody here reads.
func busMessage(kind byte, body string) string {
	fields := "\x05\x01u\x00\x02\x00\x00\x00" + "\x06\x01s\x00\x05\x00\x00\x00:1.42\x00"
	head := []byte{'l', kind, 1, 1}
	for _, n := range []int{len(body), 7, len(fields)} {
		head = binary.LittleEndian.AppendUint32(head, uint32(n))
	}
	text := string(head) + fields
	return text + strings.Repeat("\x00", -len(text)&7) + body
}

const (
	busHello  = "\x05\x00\x00\x00:1.42\x00"
	busTrue   = "\x01b\x00\x00\x01\x00\x00\x00"
	busFalse  = "\x01b\x00\x00\x00\x00\x00\x00"
	busGone   = "\x0e\x00\x00\x00no such service\x00"
	busReturn = 2
	busError  = 3
	busSignal = 4
)

// fakeBus is a message bus that gives one answer for each time somebody comes, the last one for all others. It writes a
// byte at a time, which is as good as any other way.
type fakeBus struct {
	t       *testing.T
	socket  string
	answers []string
	came    chan string
}

func newBus(t *testing.T, answers ...string) *fakeBus {
	t.Helper()
	b := &fakeBus{t: t, socket: filepath.Join(t.TempDir(), "bus"), answers: answers, came: make(chan string, 10)}
	l, err := net.Listen("unix", b.socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for n := 0; ; n++ {
			c, err := l.Accept()
			if err != nil {
				return
			}
			b.attend(c, b.answers[min(n, len(b.answers)-1)])
		}
	}()
	return b
}

func (b *fakeBus) attend(c net.Conn, answer string) {
	defer c.Close()
	c.SetDeadline(time.Now().Add(20 * time.Second))
	r := bufio.NewReader(c)
	who, _ := r.ReadString('\n')
	slowly(c, "OK 0123456789abcdef0123456789abcdef\r\n")
	began, _ := r.ReadString('\n')
	calls := b.call(r) + b.call(r)
	b.came <- who + began + calls
	slowly(c, busMessage(busReturn, busHello)+busMessage(busSignal, busHello)+answer)
}

func slowly(c io.Writer, text string) {
	for i := range text {
		if _, err := c.Write([]byte{text[i]}); err != nil {
			return // who has heard enough goes
		}
	}
}

// call reads a call and tells the texts in it.
func (b *fakeBus) call(r io.Reader) string {
	head := make([]byte, 16)
	if _, err := io.ReadFull(r, head); err != nil || string(head[:4]) != "l\x01\x00\x01" {
		b.t.Errorf("a message begins with %q: %v", head, err)
		return ""
	}
	body, fields := int(binary.LittleEndian.Uint32(head[4:])), int(binary.LittleEndian.Uint32(head[12:]))
	all := make([]byte, (fields+7)&^7+body)
	if _, err := io.ReadFull(r, all); err != nil {
		b.t.Errorf("a message ends early: %v", err)
		return ""
	}
	return strconv.Itoa(int(head[8])) + " " + printable(all) + "\n"
}

// printable is what of a message can be read.
func printable(b []byte) string {
	return strings.Join(strings.FieldsFunc(string(b), func(r rune) bool { return r < ' ' }), " ")
}

func TestTimedatedIsAskedAsTheBusWants(t *testing.T) {
	b := newBus(t, busMessage(busReturn, busTrue))
	if !flow.AskTimedated(b.socket) {
		t.Error("the clock counts as not set")
	}
	var who strings.Builder
	for _, digit := range strconv.Itoa(os.Getuid()) {
		fmt.Fprintf(&who, "%02x", digit)
	}
	got := <-b.came
	if want := "\x00AUTH EXTERNAL " + who.String() + "\r\nBEGIN\r\n1 "; !strings.HasPrefix(got, want) {
		t.Errorf("it says %q, and not %q first", got, want)
	}
	for _, text := range []string{"/org/freedesktop/DBus", "Hello", "\n2 ", "/org/freedesktop/timedate1", "org.freedesktop.DBus.Properties", "Get", "org.freedesktop.timedate1", "ss", "NTPSynchronized"} {
		if !strings.Contains(got, text) {
			t.Errorf("it does not say %q:\n%q", text, got)
		}
	}
}

// Whatever does not say that the clock is set leaves it as one that is not.
func TestTimedatedThatDoesNotSaySo(t *testing.T) {
	for name, answer := range map[string]string{
		"no":         busMessage(busReturn, busFalse),
		"no service": busMessage(busError, busGone),
		"a text":     busMessage(busReturn, busHello),
		"nothing":    "",
		"half":       busMessage(busReturn, busTrue)[:40],
		"endless":    "l\x02\x01\x01\xff\xff\xff\xff\x01\x00\x00\x00\xff\xff\xff\xff" + strings.Repeat("x", 100),
		"big endian": "B\x02\x01\x01" + busMessage(busReturn, busTrue)[4:],
	} {
		if flow.AskTimedated(newBus(t, answer).socket) {
			t.Errorf("%s: the clock counts as set", name)
		}
	}
	if flow.AskTimedated(filepath.Join(t.TempDir(), "nobody")) {
		t.Error("no bus: the clock counts as set")
	}
}

// It is asked beside the instants, again every five seconds until the clock is set, and then never again.
func TestTimedatedIsAskedUntilItSaysSo(t *testing.T) {
	b := newBus(t, busMessage(busReturn, busFalse), busMessage(busError, busGone), busMessage(busReturn, busTrue))
	clock := flow.NewFakeClock(time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC))
	says := flow.NewTimedated(clock, b.socket)
	for n := range 3 {
		if says() {
			t.Fatalf("the clock counts as set before it is, after %d answers", n)
		}
		<-b.came
		waitFor(t, "a pause, or the end", func() bool { return clock.Alarms() > 0 || n == 2 })
		clock.Advance(5 * time.Second)
	}
	waitFor(t, "the clock to be set", says)
	clock.Advance(time.Hour)
	if len(b.came) > 0 {
		t.Error("it is asked although the clock is set")
	}
}

func waitFor(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !holds(); runtime.Gosched() {
		if time.Now().After(end) {
			t.Fatalf("no end to the wait for %s", what)
		}
	}
}
