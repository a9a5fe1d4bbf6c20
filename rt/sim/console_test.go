package sim

import (
	"bytes"
	"context"
	"io"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/gpio"
)

// doorbell is `led lamp { on = door.down }` as the compiler would write it.
type doorbell struct {
	e    *flow.Engine
	door gpio.Button
	lamp gpio.Led
}

func (p *doorbell) Things() []flow.Thing { return []flow.Thing{&p.door, &p.lamp} }
func (p *doorbell) Order() []int32       { return []int32{1, 0} }
func (p *doorbell) Begin()               {}
func (p *doorbell) React(n int32, w flow.Wake) {
	p.Things()[n].React(p.e.Hosts[n], w)
}
func (p *doorbell) Fire(node, part int32) {}
func (p *doorbell) Step() {
	p.lamp.On.Want = p.door.Down.Val()
	p.lamp.Decide(p.e.Hosts[1])
}
func (p *doorbell) Apply()         { p.lamp.Apply(p.e.Hosts[1]) }
func (p *doorbell) Culprit() int32 { return 0 }

func (p *doorbell) Pins() map[string]int { return map[string]int{"door": 17, "lamp": 18} }
func (p *doorbell) Wires() []flow.Watch {
	onOff := func(v flow.Val[bool]) string {
		switch {
		case !v.OK:
			return "not ready"
		case v.V:
			return "on"
		}
		return "off"
	}
	return []flow.Watch{
		{Name: "door.down", Text: func() string { return onOff(p.door.Down.Val()) }},
		{Name: "door.pressed", Text: func() string {
			return flow.WatchEvent(p.door.Pressed.V, p.door.Pressed.At, p.e.Pass, func(flow.Unit) string { return "" })
		}},
		{Name: "lamp.on", Text: func() string { return onOff(p.lamp.On.Val()) }},
	}
}

// session is a running doorbell with a person at its console.
type session struct {
	t     *testing.T
	in    *io.PipeWriter
	ended chan struct{}

	mu    sync.Mutex
	lines []string
	more  chan struct{}
}

func (s *session) Write(p []byte) (int, error) {
	s.mu.Lock()
	for line := range strings.Lines(string(p)) {
		s.lines = append(s.lines, strings.TrimSuffix(line, "\n"))
	}
	s.mu.Unlock()
	select {
	case s.more <- struct{}{}:
	default:
	}
	return len(p), nil
}

func begin(t *testing.T) *session {
	t.Helper()
	pins := gpio.NewFake()
	t.Cleanup(gpio.Use(pins))
	p := &doorbell{
		door: gpio.Button{Pin: 17, Pull: gpio.PullUp, ActiveLow: true, Debounce: time.Millisecond},
		lamp: gpio.Led{Pin: 18, MaxOn: flow.Some(time.Hour)},
	}
	info := flow.Info{Name: "doorbell", Nodes: []flow.Node{{Name: "door", Kind: "button"}, {Name: "lamp", Kind: "led"}}}
	clock := &skipClock{machine: flow.SystemClock()}
	e := flow.NewEngine(clock, info, flow.Output{}, func(e *flow.Engine) flow.Program { p.e = e; return p })
	in, typed := io.Pipe()
	s := &session{t: t, in: typed, ended: make(chan struct{}), more: make(chan struct{}, 1)}
	ctx, stop := context.WithCancel(context.Background())
	c := &console{engine: e, program: p, pins: pins, clock: clock, out: s, ack: true, stop: stop}
	c.start(in)
	if err := e.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { e.Run(ctx, time.Second); close(s.ended) }()
	t.Cleanup(func() { typed.Close(); s.end() })
	return s
}

// patience bounds every wait; none lasts so long when all is well.
const patience = 20 * time.Second

// end waits for the end of the program.
func (s *session) end() {
	s.t.Helper()
	select {
	case <-s.ended:
	case <-time.After(patience):
		s.t.Fatal("still running")
	}
}

// say types a command and gives what was printed since the one before, until it is acknowledged.
func (s *session) say(command string) string {
	s.t.Helper()
	go io.WriteString(s.in, command+"\n") // until it is read
	deadline := time.After(waitLimit + patience)
	for {
		s.mu.Lock()
		for i, l := range s.lines {
			if l == Ack {
				text := strings.Join(s.lines[:i], "\n")
				s.lines = s.lines[i+1:]
				s.mu.Unlock()
				return text
			}
		}
		s.mu.Unlock()
		select {
		case <-s.more:
		case <-deadline:
			s.t.Fatalf("no answer to %q", command)
		}
	}
}

var clockTime = regexp.MustCompile(`(?m)^\d\d:\d\d:\d\d\.\d\d\d `)

func (s *session) expect(command, want string) {
	s.t.Helper()
	if got := clockTime.ReplaceAllString(s.say(command), "TIME "); got != want {
		s.t.Errorf("%s:\n%s\nwant:\n%s", command, got, want)
	}
}

func TestShow(t *testing.T) {
	s := begin(t)
	s.expect("show", "door.down     off\ndoor.pressed  –\nlamp.on       off")
	s.expect("show lamp", "lamp.on  off")
	s.expect("show lam", `? there is no wire "lam"`)
}

// A button pulls its pin to ground: 0 is down.
func TestSetTellsWhatChanges(t *testing.T) {
	s := begin(t)
	got := s.say("set door.pin 0") + s.say("wait lamp.on on")
	if want := "TIME door.down  off → on\nTIME door.pressed  happens\nTIME lamp.on  off → on"; clockTime.ReplaceAllString(got, "TIME ") != want {
		t.Errorf("printed:\n%s\nwant:\n%s", got, want)
	}
	s.expect("show door.down", "door.down  on")
	if got := s.say("show door.pressed"); !regexp.MustCompile(`^door.pressed  at \d\d:\d\d:\d\d\.\d\d\d$`).MatchString(got) {
		t.Errorf("show door.pressed: %q", got)
	}
}

func TestPressHoldsAndLetsGo(t *testing.T) {
	s := begin(t)
	got := s.say("press door 2s") + "\n" + s.say("wait lamp.on off")
	for _, want := range []string{"lamp.on  off → on", "lamp.on  on → off"} {
		if !strings.Contains(got, want) {
			t.Errorf("printed:\n%s\nwithout %q", got, want)
		}
	}
}

func TestProblems(t *testing.T) {
	s := begin(t)
	s.expect("jump", `? there is no command "jump"; help lists them`)
	s.expect("set dor.pin 1", `? there is no pin of "dor"; there are door, lamp`)
	s.expect("set door.pin 2", "? use: set NAME.pin 0 or set NAME.pin 1")
	s.expect("press lamp", `? the program drives the pin of "lamp" itself`)
	s.expect("press door long", "? use: press NAME, or press NAME 2s")
	s.expect("wait lamp.off on", `? there is no wire "lamp.off"`)
	s.expect("wait 5x", "? expected a duration, such as 30s, 5min or 1h30m")
	s.expect("advance soon", "? use: advance 10min")
	s.expect("", "")
}

// The lamp's longest time is an hour; nobody waits for it.
func TestAdvanceRingsTimers(t *testing.T) {
	s := begin(t)
	s.say("set door.pin 0")
	s.say("wait lamp.on on")
	s.expect("advance 59min", "")
	got := s.say("advance 2h") + s.say("wait lamp.on off")
	if !strings.Contains(got, "lamp.on  on → off") {
		t.Errorf("printed:\n%s", got)
	}
}

// The program must not outlive whoever reads it: the end of the input is a quit.
func TestEndOfInputStops(t *testing.T) {
	for _, end := range []func(s *session){
		func(s *session) { s.in.Close() },
		func(s *session) { go io.WriteString(s.in, "quit\n") },
	} {
		s := begin(t)
		end(s)
		s.end()
	}
}

func TestTextStaysOnItsLine(t *testing.T) {
	if got := oneLine("a\nb\x1b[2Jc\u0085d°"); got != "a b [2Jc d°" {
		t.Errorf("got %q", got)
	}
	var b bytes.Buffer
	c := console{out: &b}
	c.print("x")
	if b.String() != "x\n" {
		t.Errorf("printed %q", b.String())
	}
}
