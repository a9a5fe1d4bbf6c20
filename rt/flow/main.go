package flow

import (
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// Spec is what a generated program tells Main about itself.
type Spec struct {
	Info Info
	// Doc is the comment at the top of the flow.
	Doc string
	// Settings are read before Build is called.
	Settings []Setting
	// Usage is a line of --help about a command that the program has besides, "" without.
	Usage string
	// Memory is nil where nothing outlives the program.
	Memory Memory
	// Health is nil where nobody asks how the program does. It answers from the first call
	// on: for e, or, where that is nil, for a program that rests for a reason. With neither
	// it only looks whether it could; the program works without it, so only --check heeds
	// the error.
	Health func(e *Engine, rests string) error
	// Build makes the program from the settings that were read.
	Build func(e *Engine) Program
}

// Exit codes of every program.
const (
	exitFine    = 0
	exitProblem = 1
	exitUsage   = 2
)

// drainLimit is how long a stop waits for effects that are under way.
const drainLimit = 10 * time.Second

// hurryLimit is how long a second signal waits for the instant loop before it
// drives the outputs from outside.
const hurryLimit = 500 * time.Millisecond

// Main is the main function of every generated program. It does not return.
func Main(spec Spec) {
	signals := make(chan os.Signal, 2)
	p := process{
		args: os.Args[1:], stdout: os.Stdout, stderr: os.Stderr,
		plain: toJournal(), clock: SystemClock(), signals: signals, exit: os.Exit,
		listen: func() { signal.Notify(signals, syscall.SIGTERM, os.Interrupt) },
	}
	if p.plain {
		p.stderr = journal{p.stderr}
	}
	if ConsoleClock != nil {
		p.clock = ConsoleClock(p.clock)
	}
	if len(spec.Settings) > 0 {
		p.sources = system()
	}
	if name := mistaken(os.Getenv, Play != nil); name != "" {
		say(p.stderr, spec.Info.Name+": "+name+" is set, but this program has no simulated pins or network; nothing was started\n")
		os.Exit(exitUsage)
	}
	os.Exit(p.run(spec))
}

// mistaken is the variable by which somebody means to simulate a program that is
// the real one: it would drive real pins and reach the real broker.
func mistaken(environment func(string) string, simulated bool) string {
	for _, name := range []string{"FLOWC_SIM_PLAY", "FLOWC_SIM_BROKER"} {
		if !simulated && environment(name) != "" {
			return name
		}
	}
	return ""
}

// process is what Main needs of the operating system; tests have their own.
type process struct {
	args           []string
	stdout, stderr io.Writer
	sources        sources
	// plain leaves out the time of day in log lines.
	plain   bool
	clock   Clock
	signals chan os.Signal
	// listen asks for signals; until then they end the process.
	listen func()
	exit   func(code int)
	// watched is how the service manager hears of the program.
	watched supervision
}

func (p *process) run(spec Spec) int {
	c, problem := parseCommand(p.args)
	if problem != "" {
		say(p.stderr, spec.Info.Name+": "+problem+"; try --help\n")
		return exitUsage
	}
	p.sources.file = c.settings
	switch c.mode {
	case modeVersion:
		say(p.stdout, spec.Info.Name+" "+spec.Info.Hash+"\n")
		return exitFine
	case modeHelp:
		say(p.stdout, help(spec))
		return exitFine
	case modeSafeState:
		return p.safeState(spec)
	case modeCheck:
		return p.check(spec)
	}
	return p.flow(spec, c)
}

// flow runs the program until a signal ends it.
func (p *process) flow(spec Spec, c command) int {
	if Test != nil {
		if code, tested := Test(spec); tested {
			return code
		}
	}
	p.listen()
	p.watched = supervised()
	starts := openStarts()
	if Play == nil && p.begin(spec, &starts) { // a simulation leaves no files
		return exitFine
	}
	if problems := p.sources.settings(spec.Settings); len(problems) > 0 {
		p.tell("error ", problems)
		return exitProblem
	}
	if Play != nil {
		if code, played := Play(spec); played {
			return code
		}
	}
	out := Output{Log: p.stderr, Debug: c.debug, Plain: p.plain}
	if ConsoleLog != nil {
		out.Log, out.Direct = ConsoleLog, true
	}
	e := NewEngine(p.clock, spec.Info, out, spec.Build)
	e.watched = p.watched
	if spec.Health != nil {
		_ = spec.Health(e, "")
	}
	remembers := spec.Memory != nil && (Play == nil || Lasts)
	if remembers {
		if err := spec.Memory.Open(e); err != nil {
			e.log.put(string(LevelError) + " " + err.Error())
			e.log.close()
			return exitProblem
		}
	}
	life := newLifetime()
	go p.obey(e, life.end)
	if Console != nil {
		Console(e, e.program, life.end)
	}
	if err := e.Start(); err != nil {
		e.log.put(string(LevelError) + " " + err.Error())
		e.log.close()
		return exitProblem
	}
	// Nothing has been taken in yet: that begins with the first turn of the loop.
	e.watched.tell("READY=1\n"+e.status(), true)
	e.Run(life, drainLimit)
	starts.forget()
	if remembers {
		spec.Memory.Close()
	}
	return exitFine
}

// lifetime ends once, by whoever asks first.
type lifetime struct {
	once sync.Once
	done chan struct{}
}

func newLifetime() *lifetime { return &lifetime{done: make(chan struct{})} }

func (l *lifetime) Done() <-chan struct{} { return l.done }

func (l *lifetime) end() { l.once.Do(func() { close(l.done) }) }

// obey stops the program at the first signal; the second puts the outputs safe
// at once, whatever is under way.
func (p *process) obey(e *Engine, stop func()) {
	<-p.signals
	stop()
	<-p.signals
	once := make(chan struct{}, 1)
	once <- struct{}{}
	hurry := func() {
		select {
		case <-once:
			e.safeState(func(int32, error) {})
			p.exit(exitProblem)
		default:
		}
	}
	e.Call(hurry)
	alarm := p.clock.NewTimer(hurryLimit)
	<-alarm.C()
	hurry()
}

// safeState puts every output safe and reports those that could not be. The pins come
// first, as at the start: a broker that is away keeps those behind it waiting.
func (e *Engine) safeState(failed func(node int32, err error)) {
	for _, n := range e.program.Order() {
		if err := e.putSafe(n); err != nil {
			failed(n, err)
		}
	}
}

// safeState is `<program> safe-state`: it needs pins, which are constants, so a
// setting that is missing does not keep an output from being safe.
func (p *process) safeState(spec Spec) int {
	p.sources.settings(spec.Settings)
	e := p.still(spec)
	code := exitFine
	e.safeState(func(n int32, err error) {
		p.tell("problem  ", []string{e.place(n) + ": " + Redacted(err.Error())})
		code = exitProblem
	})
	e.log.close()
	return code
}

// check is `<program> --check`: a line for each thing that can be tried out.
func (p *process) check(spec Spec) int {
	if problems := p.sources.settings(spec.Settings); len(problems) > 0 {
		p.tell("problem  ", problems)
		return exitProblem
	}
	if n := len(spec.Settings); n > 0 {
		say(p.stdout, "ok       settings ("+FormatInt(int64(n))+")\n")
	}
	e := p.still(spec)
	code := exitFine
	for n, t := range e.things {
		c, ok := t.(Checker)
		if !ok {
			continue
		}
		line := "ok       " + e.place(int32(n)) + "\n"
		if err := c.Check(e.Hosts[n]); err != nil {
			line = "problem  " + e.place(int32(n)) + ": " + Redacted(err.Error()) + "\n"
			code = exitProblem
		}
		say(p.stdout, line)
	}
	if spec.Health != nil {
		line := "ok       health\n"
		if err := spec.Health(nil, ""); err != nil {
			line = "problem  health: " + err.Error() + "\n"
			code = exitProblem
		}
		say(p.stdout, line)
	}
	e.log.close()
	return code
}

// still is the program with nothing started.
func (p *process) still(spec Spec) *Engine {
	return NewEngine(p.clock, spec.Info, Output{Log: p.stderr, Plain: p.plain}, spec.Build)
}

// place is `garden.hcl:14: relay "pump"`.
//
//go:noinline
func (e *Engine) place(node int32) string {
	n := e.info.Nodes[node]
	return n.Pos + ": " + n.Kind + " \"" + n.Name + "\""
}

func (p *process) tell(before string, lines []string) {
	for _, l := range lines {
		say(p.stderr, before+l+"\n")
	}
}
