package flow

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// buffer is written by the engine's logger and read by the test.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// lamp is a thing that records what it is told.
type lamp struct {
	startErr, checkErr, safeErr error
	// busy things have effects under way for ever.
	busy bool

	mu  sync.Mutex
	did []string
	on  chan struct{}
}

func (l *lamp) note(s string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.did = append(l.did, s)
}

func (l *lamp) done() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.did, " ")
}

func (l *lamp) Start(*Host) error { l.note("start"); return l.startErr }
func (l *lamp) React(_ *Host, w Wake) {
	if w.Why == AtStart {
		l.note("react")
		close(l.on)
	}
}
func (l *lamp) Stop(*Host)            { l.note("stop") }
func (l *lamp) SafeState(*Host) error { l.note("safe"); return l.safeErr }
func (l *lamp) Check(*Host) error     { l.note("check"); return l.checkErr }
func (l *lamp) Drained(*Host) bool    { return !l.busy }

type lampProgram struct{ l *lamp }

func (p lampProgram) Things() []Thing       { return []Thing{p.l} }
func (p lampProgram) Order() []int32        { return []int32{0} }
func (p lampProgram) Begin()                {}
func (p lampProgram) React(n int32, w Wake) { p.l.React(nil, w) }
func (p lampProgram) Fire(node, part int32) {}
func (p lampProgram) Step()                 {}
func (p lampProgram) Apply()                {}
func (p lampProgram) Culprit() int32        { return 0 }
func (l *lamp) program(e *Engine) Program   { return lampProgram{l} }
func (s *someSettings) spec(l *lamp) Spec {
	return Spec{
		Info:     Info{Name: "hall", Hash: "abc123", Nodes: []Node{{Name: "lamp", Kind: "led", Pos: "hall.hcl:3"}}},
		Doc:      "The light of the hall.",
		Settings: s.list(),
		Build:    l.program,
	}
}

type trial struct {
	process
	out, err buffer
	exited   chan int
}

func newTrial(env map[string]string, args ...string) *trial {
	t := &trial{exited: make(chan int, 4)}
	t.process = process{
		args: args, stdout: &t.out, stderr: &t.err, plain: true,
		sources: world{env: env}.sources(""), clock: NewFakeClock(time.Unix(0, 0)),
		signals: make(chan os.Signal, 2), listen: func() {},
		exit: func(code int) { t.exited <- code },
	}
	return t
}

var enough = map[string]string{"FLOW_URL": "tcp://x", "FLOW_TOKEN": "swordfish"}

// patience bounds every wait; none lasts so long when all is well.
const patience = time.Minute

// heard is what comes next from c.
func heard[T any](t *testing.T, what string, c <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-time.After(patience):
		t.Fatal("waited in vain for " + what)
	}
	return v
}

func wait(t *testing.T, what string, c <-chan struct{}) {
	t.Helper()
	heard(t, what, c)
}

func TestVersion(t *testing.T) {
	p := newTrial(nil, "--version")
	if code := p.run((&someSettings{}).spec(&lamp{})); code != 0 || p.out.String() != "hall abc123\n" {
		t.Errorf("code %d, printed %q", code, p.out.String())
	}
}

func TestHelpShowsSettings(t *testing.T) {
	p := newTrial(nil, "-h")
	s := &someSettings{}
	spec := s.spec(&lamp{})
	spec.Settings[0].Doc = "How often.\nMore."
	if code := p.run(spec); code != 0 {
		t.Errorf("code %d", code)
	}
	for _, want := range []string{
		"The light of the hall.",
		"  poll    FLOW_POLL    duration          30.s                  How often.\n",
		"  limit   LIMIT        temperature (°C)  20.C\n",
		"  token   FLOW_TOKEN   text              (required; a secret)\n",
		"--settings FILE", "safe-state",
	} {
		if !strings.Contains(p.out.String(), want) {
			t.Errorf("--help lacks %q:\n%s", want, p.out.String())
		}
	}
}

// What a program says of itself, in all words; a program with dead letters adds a line.
func TestHelp(t *testing.T) {
	const want = `hall abc123

The light of the hall.

Usage:
  hall             run until SIGTERM or Ctrl-C, then put the outputs safe
  hall safe-state  put the outputs safe and exit, however the last run ended
  hall --check     try out settings, pins and connections; touches nothing
  hall --version   print the name and the hash of the flow
  hall help        print this, as --help does
  hall dead-letters list

Options:
  --settings FILE    read settings from lines ` + "`name = value`" + `
  --log-level LEVEL  info (default) or debug
`
	for _, word := range []string{"help", "--help", "-h"} {
		spec := (&someSettings{}).spec(&lamp{})
		spec.Settings, spec.Usage = nil, "dead-letters list"
		p := newTrial(nil, word)
		if code := p.run(spec); code != exitFine || p.out.String() != want {
			t.Errorf("%s: exit %d, printed\n%s", word, code, p.out.String())
		}
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{{"--frobnicate"}, {"start"}, {"--settings"}, {"--log-level=loud"}, {"--check=yes"}} {
		p := newTrial(enough, args...)
		l := &lamp{}
		if code := p.run((&someSettings{}).spec(l)); code != 2 || l.done() != "" {
			t.Errorf("%q: code %d, did %q", args, code, l.done())
		}
		if !strings.HasPrefix(p.err.String(), "hall: ") || strings.Count(p.err.String(), "\n") != 1 {
			t.Errorf("%q: printed %q", args, p.err.String())
		}
	}
}

// Settings are checked before any pin is touched.
func TestBadSettingsTouchNothing(t *testing.T) {
	p := newTrial(map[string]string{"FLOW_TOKEN": "swordfish", "FLOW_POLL": "never"})
	l := &lamp{}
	if code := p.run((&someSettings{}).spec(l)); code != 1 || l.done() != "" {
		t.Errorf("code %d, did %q", code, l.done())
	}
	if got := p.err.String(); strings.Count(got, "error setting ") != 2 || strings.Contains(got, "swordfish") {
		t.Errorf("printed %q", got)
	}
}

func TestCheckTouchesNothing(t *testing.T) {
	l := &lamp{}
	p := newTrial(enough, "--check")
	if code := p.run((&someSettings{}).spec(l)); code != 0 || l.done() != "check" {
		t.Errorf("code %d, did %q", code, l.done())
	}
	if want := "ok       settings (5)\nok       hall.hcl:3: led \"lamp\"\n"; p.out.String() != want {
		t.Errorf("printed %q, want %q", p.out.String(), want)
	}
	p = newTrial(enough, "--check")
	if code := p.run((&someSettings{}).spec(&lamp{checkErr: errors.New("no such pin")})); code != 1 {
		t.Errorf("code %d", code)
	}
	if want := "problem  hall.hcl:3: led \"lamp\": no such pin\n"; !strings.HasSuffix(p.out.String(), want) {
		t.Errorf("printed %q, want %q", p.out.String(), want)
	}
}

func TestCheckTriesThePageAboutTheProgram(t *testing.T) {
	for _, c := range []struct {
		err  error
		code int
		want string
	}{{nil, exitFine, "ok       health\n"}, {errors.New("somebody is there"), exitProblem, "problem  health: somebody is there\n"}} {
		spec := (&someSettings{}).spec(&lamp{})
		spec.Health = func(e *Engine, rests string) error {
			if e != nil || rests != "" {
				t.Errorf("asked for a program that runs, or rests: %q", rests)
			}
			return c.err
		}
		p := newTrial(enough, "--check")
		if code := p.run(spec); code != c.code || !strings.HasSuffix(p.out.String(), c.want) {
			t.Errorf("code %d, printed %q, want %q", code, p.out.String(), c.want)
		}
	}
}

func TestSafeStateNeedsNoSettings(t *testing.T) {
	l := &lamp{}
	if code := newTrial(nil, "safe-state").run((&someSettings{}).spec(l)); code != 0 || l.done() != "safe" {
		t.Errorf("code %d, did %q", code, l.done())
	}
	p := newTrial(nil, "safe-state")
	if code := p.run((&someSettings{}).spec(&lamp{safeErr: errors.New("gone")})); code != 1 || !strings.Contains(p.err.String(), "led \"lamp\": gone") {
		t.Errorf("code %d, printed %q", code, p.err.String())
	}
}

func TestStartError(t *testing.T) {
	p := newTrial(enough)
	code := p.run((&someSettings{}).spec(&lamp{startErr: errors.New("the pin is in use")}))
	if want := "error hall.hcl:3: led \"lamp\": the pin is in use\n"; code != 1 || p.err.String() != want {
		t.Errorf("code %d, printed %q, want %q", code, p.err.String(), want)
	}
}

func TestSignalStopsGracefully(t *testing.T) {
	l := &lamp{on: make(chan struct{})}
	p := newTrial(enough)
	var code int
	over := make(chan struct{})
	go func() { code = p.run((&someSettings{}).spec(l)); close(over) }()
	wait(t, "the start", l.on)
	p.signals <- syscall.SIGTERM
	wait(t, "the end", over)
	if code != 0 || l.done() != "start react stop" {
		t.Errorf("code %d, did %q", code, l.done())
	}
}

// Effects that do not end would hold the stop for ten seconds; a second signal
// puts the outputs safe without waiting for them.
func TestSecondSignalDoesNotWait(t *testing.T) {
	l := &lamp{on: make(chan struct{}), busy: true}
	p := newTrial(enough)
	over := make(chan struct{})
	go func() { p.run((&someSettings{}).spec(l)); close(over) }()
	wait(t, "the start", l.on)
	p.signals <- syscall.SIGTERM
	p.signals <- syscall.SIGTERM
	if code := heard(t, "the exit, which waits for no effects", p.exited); code != 1 || l.done() != "start react safe" {
		t.Errorf("code %d, did %q", code, l.done())
	}
	// The rest of the program goes on, since the test's exit is none.
	clock := p.clock.(*FakeClock)
	for end := time.Now().Add(patience); ; {
		select {
		case <-over:
			return
		case <-time.After(time.Millisecond):
			clock.Advance(drainLimit)
		}
		if time.Now().After(end) {
			t.Fatal("waited in vain for the end")
		}
	}
}
