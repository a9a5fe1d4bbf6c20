package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestWireLine(t *testing.T) {
	for _, c := range []struct{ line, name, value string }{
		{"12:00:03.120 pump.on  off → on", "pump.on", "on"},
		{"pump.on     off", "pump.on", "off"},
		{`12:00:03.120 dry["my bed"]  not ready → on`, `dry["my bed"]`, "on"},
		{`12:00:03.120 dry["tomatoes"]  on`, `dry["tomatoes"]`, "on"},
		{"mqtt house/a  {}", "", ""},
		{"? there is no wire \"x\"", "", ""},
		{"  show [NAME]          print", "", ""},
		{"fault greenhouse.hcl:5: mqtt_in \"soil\": x", "", ""},
	} {
		name, value, ok := wireLine(c.line)
		if name != c.name || value != c.value || ok != (c.name != "") {
			t.Errorf("%q gives %q, %q, %v", c.line, name, value, ok)
		}
	}
}

// The prompt and what was typed so far must stay where they are while the table above changes.
func TestLiveViewDraws(t *testing.T) {
	var out bytes.Buffer
	v := newLiveView(&out)
	v.start([]string{"greenhouse runs"})
	v.line("pump.on  off")
	v.tick()
	out.Reset()
	v.line("12:00:03.120 pump.on  off → on")
	v.tick()
	drawn := out.String()
	if !strings.HasPrefix(drawn, ansiSave+ansiHome) || !strings.HasSuffix(drawn, ansiRestore) {
		t.Errorf("drawing does not give the cursor back: %q", drawn)
	}
	if !strings.Contains(drawn, "pump.on  "+ansiBold+"on"+ansiPlain) {
		t.Errorf("the change is not shown: %q", drawn)
	}
	for range 25 {
		v.tick()
	}
	out.Reset()
	v.tick()
	if out.Len() > 0 {
		t.Errorf("drew without a change: %q", out.String())
	}
	v.line(`12:00:04.000 dry["tomatoes"]  on`)
	v.tick()
	if !strings.HasSuffix(out.String(), "> ") {
		t.Errorf("the prompt is not drawn below a table that has grown: %q", out.String())
	}
}

func TestLiveViewFitsTheTerminal(t *testing.T) {
	v := newLiveView(&bytes.Buffer{})
	v.rows = func() int { return 20 }
	v.start([]string{"greenhouse runs"})
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"} {
		v.line(name + "  off")
	}
	lines := v.lines()
	if len(lines) > 19 {
		t.Errorf("%d lines on a terminal of 20", len(lines))
	}
	if !strings.Contains(strings.Join(lines, "\n"), "more; show prints them all") {
		t.Errorf("nothing tells that there is more: %q", lines)
	}
}

func TestPrintable(t *testing.T) {
	if got := printable("a\x1b[2Jb\nc"); got != "a [2Jb c" {
		t.Errorf("got %q", got)
	}
}

func TestBrokerTellsMessages(t *testing.T) {
	heard := make(chan string, 1)
	b, err := startBroker(func(topic string, payload []byte) { heard <- topic + " " + string(payload) })
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	for _, bad := range []string{"", "a/#", "+/b"} {
		if b.publish(bad, nil, 0) == nil {
			t.Errorf("published to %q", bad)
		}
	}
	if err := b.publish("a/b", []byte("x"), 0); err != nil {
		t.Error(err)
	}
	select {
	case m := <-heard:
		t.Errorf("its own message came back: %s", m)
	default:
	}
}

func TestWatchFilesTellsChanges(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.hcl")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("x = 1\n")
	stop := make(chan struct{})
	defer close(stop)
	changed := watchFiles(filepath.Dir(file), fingerprint(filepath.Dir(file)), stop)
	write("x = 12\n")
	select {
	case <-changed:
	case <-time.After(patience):
		t.Fatal("the change was not seen")
	}
}

// What the log says and what the wires do comes in one order, that of the instants: a reader of both otherwise sees the
// fault of an hour before the change that led to it.
func TestRunPrintsInOrder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pump.hcl")
	flow := "button start {\n  pin = 17\n}\n\npump main {\n  pin    = 22\n  on     = toggle(start.pressed)\n  max_on = 1.min\n  rest   = 1.min\n  safe   = off\n}\n"
	if err := os.WriteFile(file, []byte(flow), 0o644); err != nil {
		t.Fatal(err)
	}
	var both bytes.Buffer
	c := &console{in: strings.NewReader("press start\nadvance 12h\nquit\n"), out: &both, err: &both}
	if code := runRun(c, []string{file}); code != exitFine {
		t.Fatalf("exit code %d:\n%s", code, both.String())
	}
	lines := strings.Split(both.String(), "\n")
	faults := 0
	for i, line := range lines {
		stamp, rest, _ := strings.Cut(line, " ")
		if !strings.HasPrefix(rest, "fault ") {
			continue
		}
		faults++
		after, change, _ := strings.Cut(lines[i+1], " ")
		if change != "main.on  on → off" || apart(t, stamp, after) > 30*time.Second {
			t.Fatalf("after %q comes %q, want main.on  on → off of the same instant", line, lines[i+1])
		}
	}
	if faults < 300 {
		t.Errorf("%d faults:\n%s", faults, both.String())
	}
}

// apart is how long it is from one stamp to another. What the log says has the time of its writing, which may be a moment
// after the instant's.
func apart(t *testing.T, a, b string) time.Duration {
	t.Helper()
	var at [2]time.Time
	for i, stamp := range []string{a, b} {
		var err error
		if at[i], err = time.Parse("15:04:05.000", stamp); err != nil {
			t.Fatal(err)
		}
	}
	d := at[1].Sub(at[0]).Abs()
	return min(d, 24*time.Hour-d)
}
