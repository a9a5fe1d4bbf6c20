package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"

	"flowc/compiler"
	"flowc/compiler/gobuild"
	"flowc/lang/typed"
)

func runCommand() command {
	return command{
		name: "run", args: "[-record FILE] [-real-broker] [-real-http] [-watch] [-settings FILE] [-state DIR] [PATH]", summary: "bring a flow to life on this machine, with simulated pins and broker",
		details: `
  -record FILE    write what comes in to a file, a line of JSON each; a test with replay = "FILE" plays it
  -real-broker    talk to the brokers that the flow names, not to one of flowc's own
  -real-http      ask the web servers that the flow names, and let its routes answer, on this machine's loopback only
  -watch          build and start anew whenever a file changes; a flow with errors changes nothing
  -settings FILE  the settings of the flow, as for the finished program
  -state DIR      keep in this folder what outlives the program on the Pi: its memory, buffers and databases; without it
                  they end with the run

Commands, on a terminal or one per line from standard input:
` + brokerCommands + simCommands + `
`,
		run: runRun,
	}
}

// brokerCommands are those of flowc's broker.
const brokerCommands = `  pub TOPIC PAYLOAD    publish a message on flowc's broker
  disconnect           let the broker go away, until connect brings it back
`

// simCommands are those of the simulated program's own console (rt/sim).
const simCommands = `  set NAME.pin 0|1     put a voltage on the pin of an input: 0 is low, 1 is high
  set NAME ANSWER      say what the server answers that NAME asks: set outside {"temperature": 4}
  fail NAME [STATUS]   let it refuse, or without a status not be there
  ask METHOD PATH ...  ask the program as a client does: ask post /api/target {"target": 21}
  press NAME [TIME]    make an input active for a moment (100 ms), then let go
  release NAME         make an input inactive
  show [NAME]          print all wires, or those of one thing
  advance TIME         put the clock forward: advance 10min
  wait TIME            do nothing for a while: wait 2s
  wait WIRE [TEXT]     wait until a wire shows a text, or changes: wait pump.on on
  quit                 stop the program`

func runRun(c *console, args []string) int {
	o := newOptions("run")
	real := o.Bool("real-broker", false, "")
	realHTTP := o.Bool("real-http", false, "")
	watch := o.Bool("watch", false, "")
	settings := o.String("settings", "", "")
	record := o.String("record", "", "")
	state := o.String("state", "", "")
	if code, done := o.parse(c, args, 1); done {
		return code
	}
	known := fingerprint(o.path())
	f := checkedProgram(c, o.path())
	if f == nil {
		return exitFindings
	}
	dir, err := os.MkdirTemp("", "flowc-run-")
	if err != nil {
		return c.fail(err)
	}
	defer os.RemoveAll(dir)
	s := &simulation{c: c, flow: f, known: known, dir: dir, realHTTP: *realHTTP, realBroker: *real, shown: o.path(), heard: make(chan string, 64)}
	if *record != "" {
		if s.record, err = filepath.Abs(*record); err != nil {
			return c.fail(err)
		}
	}
	if *state != "" {
		if s.stateDir, err = stateFolder(*state); err != nil {
			return c.fail(err)
		}
	}
	if *settings != "" {
		s.args = []string{"--settings", *settings}
	}
	if _, _, missing := s.standIns(); len(missing) > 0 { // told before it is built, which takes a while
		return c.fail(notGiven{missing, s.shown})
	}
	if err := s.prepare(*real); err != nil {
		return c.fail(err)
	}
	defer s.close()
	return s.run(*watch)
}

// prepare builds the program and starts the broker.
func (s *simulation) prepare(real bool) error {
	program, err := s.build(s.flow)
	if err != nil {
		return err
	}
	s.program = program
	if real || !hasKind(s.flow, "mqtt") {
		s.noBroker = "this flow has no mqtt thing: nobody would hear it"
		if real {
			s.noBroker = "with -real-broker, use a client of the real broker"
		}
		return nil
	}
	s.broker, err = startBroker(s.hear)
	if err != nil {
		return fmt.Errorf("the simulated broker cannot listen: %w", err)
	}
	return nil
}

// stateFolder is a folder for what outlives the program; it is made where there is none.
func stateFolder(name string) (string, error) {
	dir, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	return dir, os.MkdirAll(dir, 0o700)
}

func hasKind(f *compiler.Flow, kind string) bool {
	return hasThing(f, func(t *typed.Thing) bool { return t.Kind.Name == kind })
}

func hasThing(f *compiler.Flow, of func(*typed.Thing) bool) bool {
	return slices.ContainsFunc(f.Typed.Things, of)
}

// build makes the program for this machine with simulated buses. Each build has its own file: the one before may
// still be running.
func (s *simulation) build(f *compiler.Flow) (string, error) {
	s.builds++
	out := filepath.Join(s.dir, fmt.Sprintf("%s-%d", f.Name, s.builds))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	_, err := f.Build(ctx, gobuild.Options{Target: gobuild.Host(), Tags: []string{"sim"}, Out: out, Tell: s.c.tell})
	if tellOwn(s.c, f, err) {
		err = errors.New("the flow's own Go does not compile")
	}
	if errors.Is(err, context.Canceled) {
		err = errors.New("stopped")
	}
	return out, err
}

// readLines sends the lines of in; the channel is closed at the end.
func readLines(in io.Reader) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		scan := bufio.NewScanner(in)
		scan.Buffer(nil, 1<<20)
		for scan.Scan() {
			lines <- scan.Text()
		}
	}()
	return lines
}

func stopSignals() (<-chan os.Signal, func()) {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	return signals, func() { signal.Stop(signals) }
}
