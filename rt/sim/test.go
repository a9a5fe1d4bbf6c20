package sim

import (
	"strings"
	"time"

	"flowc/rt/flow"
	"flowc/rt/fn"
	"flowc/rt/gpio"
	"flowc/rt/sim/outside"
	"flowc/rt/sim/report"
)

// Test is a test of the flow, as generated code tells of it.
type Test struct {
	Name, Pos string
	// At is when it begins.
	At time.Time
	// Settings are those that it gives, as texts.
	Settings map[string]string
	// Replay is a recording that is played before its steps; it begins when that did.
	Replay string
	// Sinks are the things of which it asks what they sent.
	Sinks []string
	// Stands are the nodes of the things that the test speaks for.
	Stands []int32
	Play   func(t *T)
}

var tests []Test

// Tests adds tests of the flow.
func Tests(list ...Test) { tests = append(tests, list...) }

// Play makes the steps of a test from a function over the program.
func Play[P flow.Program](steps func(t *T, p P)) func(*T) {
	return func(t *T) { steps(t, t.program.(P)) }
}

// network makes a simulated network that tells of what the program sends.
type network func(sent func(publication)) bus

// T is a test that is being played: a program of its own on a clock that only the
// steps move.
type T struct {
	test    *Test
	spec    flow.Spec
	network network

	clock   *flow.FakeClock
	engine  *flow.Engine
	program flow.Program
	pins    *gpio.Fake
	restore func()
	bus     bus

	// began is when it began; away says that a recording tells when connections are made.
	began time.Time
	away  bool
	// at is the place of the step that is being played.
	at    string
	sinks map[string]*sinkLog
	// faults are those that no step has looked at yet.
	faults []flow.Fault
	// recorder keeps what the wires of a failure did; nil in the first run, which
	// is as fast as it can be.
	recorder *recorder
	// stored is what the program remembered before a restart.
	stored map[string][]byte
	// standing is the program with things that the test speaks for, nil without any.
	standing *standing
	// broken is the first rule that must never be broken and was.
	broken *report.Failure
}

// Rule is an invariant of the flow, with the wires that it follows.
type Rule struct {
	Text, Pos string
	Wires     []string
}

var rules []Rule

// Rules tells what every test watches.
func Rules(list ...Rule) { rules = append(rules, list...) }

// sinkLog is what a sink has sent and no step has looked at yet.
type sinkLog struct{ sent []publication }

// maxKept bounds what is kept for a step that may look at it: a year has many
// messages.
const maxKept = 100_000

// stopped ends a test's steps.
type stopped struct{ failure *report.Failure }

// play runs the test; nil means that it passed.
func (t *T) play() (failure *report.Failure) {
	defer outside.End()
	defer fn.HoldSun(fn.Sun{})
	defer t.end()
	defer func() {
		switch v := recover().(type) {
		case nil:
		case stopped:
			failure = v.failure
		default:
			panic(v)
		}
	}()
	t.at, t.began = t.test.Pos, t.test.At
	t.sinks = map[string]*sinkLog{}
	for _, s := range t.test.Sinks {
		t.sinks[s] = &sinkLog{}
	}
	t.readSettings()
	var r *recording
	if t.test.Replay != "" {
		var err error
		if r, err = openRecording(t.test.Replay); err != nil {
			t.fail(&report.Failure{Summary: err.Error()})
		}
		t.began, t.away = r.begin, true
	}
	t.start(t.began, gpio.NewFake().Rest())
	if r != nil {
		t.replay(r)
	}
	t.test.Play(t)
	t.unbroken()
	return nil
}

// readSettings gives the program its settings: what the test says, or the default.
func (t *T) readSettings() {
	for _, s := range t.spec.Settings {
		text, given := t.test.Settings[s.Name]
		switch {
		case given:
		case s.Secret:
			text = "secret of a test"
		case s.Required:
			t.fail(&report.Failure{Summary: "the setting \"" + s.Name + "\" has no default", Notes: []string{
				"say what it is in this test, before the first other step: set " + s.Name + " { value = … }"}})
		default:
			text = s.Default
		}
		if err := s.Parse(text); err != nil {
			t.fail(&report.Failure{Summary: "the setting \"" + s.Name + "\": expected " + err.Error()})
		}
	}
}

// start begins the program at a moment, with these pins.
func (t *T) start(at time.Time, pins *gpio.Fake) {
	t.clock = flow.NewFakeClock(at)
	t.pins = pins
	t.restore = gpio.Use(pins)
	if t.bus == nil { // a program that starts again finds the world as it was
		t.bus = t.network(t.sent)
	}
	if t.away {
		t.bus.BeginAway()
		t.away = false
	}
	outside.OnTell(func(thing, what, with string) { t.sent(publication{thing, what, with}) })
	out := flow.Output{Log: logTap{t}, Direct: true, Plain: true}
	t.engine = flow.NewEngine(t.clock, t.spec.Info, out, func(e *flow.Engine) flow.Program {
		t.program = t.spec.Build(e)
		if len(t.test.Stands) == 0 {
			return t.program
		}
		t.standing = &standing{Program: t.program, nodes: t.test.Stands}
		return t.standing
	})
	t.engine.OnFault(t.fault)
	if t.stored != nil {
		t.spec.Memory.Put(t.engine, t.stored)
	}
	if t.recorder != nil {
		t.recorder.watch(t.engine, t.program, t.began)
	} else if cover.on {
		moving(t.engine, t.program)
	}
	if err := t.engine.Start(); err != nil {
		t.fail(&report.Failure{Summary: "the program does not start: " + err.Error()})
	}
	t.engine.Settle()
}

// end stops the program; what it still does is nobody's business.
func (t *T) end() {
	if t.engine != nil {
		t.engine.AfterInstant(nil)
		t.engine.OnFault(nil)
		t.engine.Stop()
		t.engine = nil
	}
	if t.restore != nil {
		t.restore()
		t.restore = nil
	}
}

// Program is the running program: another one after a restart.
func (t *T) Program() flow.Program { return t.program }

// sent keeps what a sink sends, if a step may ask.
func (t *T) sent(p publication) {
	if l := t.sinks[p.thing]; l != nil && len(l.sent) < maxKept {
		l.sent = append(l.sent, p)
	}
}

// fault keeps a fault for a step that expects one. A rule that must never be broken,
// and a defect of flowc, fail the test whatever it expects.
func (t *T) fault(f flow.Fault) {
	if len(t.faults) < maxKept {
		t.faults = append(t.faults, f)
	}
	if cover.on {
		cover.faults[f.Node] = true
	}
	if t.broken != nil {
		return
	}
	for _, r := range rules {
		if r.Text == f.Node && r.Pos == f.Position {
			t.broken = &report.Failure{Summary: "here an invariant is broken", Wires: r.Wires}
		}
	}
	if strings.HasPrefix(f.Message, "stopped by ") {
		t.broken = &report.Failure{Summary: "here the program failed: a defect of flowc"}
	}
	if t.broken != nil {
		t.broken.Notes = []string{f.Position + " " + f.Node + ": " + f.Message}
	}
}

// unbroken ends the test if a rule was broken.
func (t *T) unbroken() {
	if f := t.broken; f != nil {
		t.fail(f)
	}
}

// logTap hears the lines of `log` things: what they show is what they send.
type logTap struct{ t *T }

func (l logTap) Write(line []byte) (int, error) {
	_, rest, _ := strings.Cut(strings.TrimSuffix(string(line), "\n"), " ")
	if name, text, ok := strings.Cut(rest, ": "); ok {
		l.t.sent(publication{thing: name, payload: text})
	}
	return len(line), nil
}
