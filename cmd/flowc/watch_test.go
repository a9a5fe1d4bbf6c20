package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// screen is what a test sees of a running command.
type screen struct {
	mu   sync.Mutex
	text strings.Builder
	more chan struct{}
}

func newScreen() *screen { return &screen{more: make(chan struct{}, 1)} }

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text.Write(p)
	select {
	case s.more <- struct{}{}:
	default:
	}
	return len(p), nil
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// waitFor waits until text was printed count times.
func (s *screen) waitFor(t *testing.T, text string, count int) {
	t.Helper()
	deadline := time.After(5 * time.Minute)
	for strings.Count(s.String(), text) < count {
		select {
		case <-s.more:
		case <-deadline:
			t.Fatalf("%q was not printed %d times:\n%s", text, count, s)
		}
	}
}

// running is a `flowc run` inside the test.
type running struct {
	in       *io.PipeWriter
	out, err *screen
	code     chan int
}

func runInside(t *testing.T, live bool, args ...string) *running {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	in, typed := io.Pipe()
	r := &running{in: typed, out: newScreen(), err: newScreen(), code: make(chan int, 1)}
	c := &console{in: in, out: r.out, err: r.err, live: live}
	go func() { r.code <- run(c, append([]string{"run"}, args...)) }()
	return r
}

// types gives the command a line, which it has to read.
func (r *running) types(t *testing.T, text string) {
	t.Helper()
	read := make(chan struct{})
	go func() {
		defer close(read)
		io.WriteString(r.in, text)
	}()
	select {
	case <-read:
	case <-time.After(2 * time.Minute):
		t.Fatalf("%q is not read:\n%s\n%s", text, r.out, r.err)
	}
}

func (r *running) end(t *testing.T) int {
	t.Helper()
	r.in.Close()
	select {
	case code := <-r.code:
		return code
	case <-time.After(2 * time.Minute):
		t.Fatalf("still running:\n%s\n%s", r.out, r.err)
		return 0
	}
}

const lampFlow = `button door {
  pin = 17
}

led lamp {
  pin = 18
  on  = door.down
}
`

func writeFlow(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A change starts the new flow; one with errors is told and leaves the old one running.
func TestWatchStartsAnew(t *testing.T) {
	file := filepath.Join(t.TempDir(), "lamp.hcl")
	writeFlow(t, file, lampFlow)
	r := runInside(t, false, "-watch", file)
	r.out.waitFor(t, "runs with simulated pins", 1)
	writeFlow(t, file, strings.Replace(lampFlow, "door.down", "door.dwn", 1))
	r.err.waitFor(t, "the program before keeps running", 1)
	r.types(t, "show\n")
	r.out.waitFor(t, "lamp.on", 1)
	writeFlow(t, file, strings.Replace(lampFlow, "led lamp", "led light2", 1))
	r.out.waitFor(t, "runs with simulated pins", 2)
	r.types(t, "show\n")
	r.out.waitFor(t, "light2.on", 1)
	if code := r.end(t); code != exitFine {
		t.Errorf("exit code %d:\n%s", code, r.err)
	}
}

// On a terminal the wires are a table that is drawn again and again, above a prompt.
func TestLiveRun(t *testing.T) {
	file := filepath.Join(t.TempDir(), "lamp.hcl")
	writeFlow(t, file, lampFlow)
	r := runInside(t, true, file)
	r.out.waitFor(t, "lamp.on", 1)
	r.types(t, "set door.pin 0\n")
	r.out.waitFor(t, "lamp.on    "+ansiBold+"on"+ansiPlain, 1)
	r.types(t, "quit\n")
	if code := r.end(t); code != exitFine {
		t.Errorf("exit code %d:\n%s", code, r.err)
	}
	if text := r.out.String(); !strings.HasPrefix(text, ansiOpen) || !strings.HasSuffix(text, ansiClose) {
		t.Errorf("the screen was not given back: %q … %q", text[:20], text[len(text)-20:])
	}
}
