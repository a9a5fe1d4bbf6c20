package main

import (
	"fmt"
	"net"
	"os"
	"regexp"
	"strings"
	"time"

	"flowc/compiler"
	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/typed"
)

// simulation is a running `flowc run`. Everything meets in its one loop.
type simulation struct {
	c    *console
	flow *compiler.Flow
	// shown is the flow as the user named it.
	shown string
	// known is the fingerprint of the files before they were read: a change while they are built counts.
	known string
	dir   string
	args  []string
	// realHTTP says that what the flow asks and answers over the web is not simulated.
	realHTTP bool
	// realBroker says the same of its brokers.
	realBroker bool
	// record is the file that what comes in is written to, "" for none.
	record string
	// stateDir is the folder in which it keeps what outlives it, "" for none.
	stateDir string
	// program is the executable that runs, builds how many there were.
	program string
	builds  int

	broker *broker
	// noBroker says why there is none.
	noBroker string
	heard    chan string

	child *child
	view  view
	// busy commands are not finished: the next one waits, so that a script sees what came of the one before.
	busy bool
	// published tells the end of a pub.
	published chan error
	stopping  bool
}

// view is how the simulation looks: lines, or a table that is drawn anew.
type view interface {
	// start is called whenever a program has started.
	start(intro []string)
	// line takes what the program's console prints, note what its log and flowc print.
	line(text string)
	note(text string)
	// wantsAll asks for the state of all wires at the start.
	wantsAll() bool
	// ready says that the next command may be typed; tick comes ten times a second.
	ready()
	tick()
	// close ends the view; code is the exit code.
	close(code int)
}

// hear is called for each message that the flow publishes.
func (s *simulation) hear(topic string, payload []byte) {
	s.heard <- "mqtt " + printable(topic) + "  " + printable(string(payload))
}

// printable keeps what came from outside from moving the cursor.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}

func (s *simulation) close() {
	if s.broker != nil {
		go func() { // its last messages must not block its end
			for range s.heard {
			}
		}()
		s.broker.close()
	}
}

func (s *simulation) run(watch bool) (code int) {
	s.published = make(chan error, 1)
	s.view = newView(s.c)
	defer func() { s.view.close(code) }()
	if err := s.start(); err != nil {
		return s.c.fail(err)
	}
	signals, forget := stopSignals()
	defer forget()
	over := make(chan struct{})
	defer close(over)
	var changed <-chan struct{}
	if watch {
		changed = watchFiles(s.flow.Path, s.known, over)
	}
	return s.loop(readLines(s.c.in), signals, changed)
}

func (s *simulation) start() (err error) {
	address := ""
	if s.broker != nil {
		address = s.broker.address
	}
	env, said, missing := s.standIns()
	if len(missing) > 0 {
		return notGiven{missing, s.shown}
	}
	env = append(env, "FLOWC_SIM_BROKER="+address, "FLOWC_SIM_RECORD="+s.record, "FLOWC_SIM_HTTP="+s.http(), "FLOWC_SIM_STATE="+s.stateDir)
	if s.child, err = startChild(s.program, s.args, env...); err != nil {
		return err
	}
	s.busy = false
	s.view.start(append(s.intro(), said...))
	if s.view.wantsAll() {
		s.child.say("show")
		s.busy = true
	}
	return nil
}

// remembers tells what becomes of what outlives the program on the Pi, "" where there is nothing.
func (s *simulation) remembers() string {
	switch p := s.flow.Typed; {
	case p.Persist == nil && !hasThing(s.flow, func(t *typed.Thing) bool { return t.Buffer != nil }) && !hasKind(s.flow, "sqlite"):
		return ""
	case s.stateDir != "":
		return "memory: kept in " + s.stateDir
	}
	return "memory: ends with this run; -state DIR keeps it"
}

// intro tells what runs and how to join in.
func (s *simulation) intro() []string {
	lines := []string{fmt.Sprintf("%s runs with simulated pins; type help for the commands", s.flow.Name)}
	if s.broker != nil {
		lines = append(lines, "broker: mqtt://"+s.broker.address)
	}
	if h := s.flow.Typed.Health; h != nil {
		if _, port, err := net.SplitHostPort(h.Listen); err == nil {
			lines = append(lines, "health: http://"+net.JoinHostPort("127.0.0.1", port)+"/healthz")
		}
	}
	if m := s.remembers(); m != "" {
		lines = append(lines, m)
	}
	if s.realHTTP {
		lines = append(lines, "http: the servers that the flow names are asked")
		for _, address := range s.listening() {
			lines = append(lines, "http: routes answer at http://"+address)
		}
	}
	return lines
}

// http says how the program is to take the web.
func (s *simulation) http() string {
	if s.realHTTP {
		return "real"
	}
	return ""
}

// listening are the addresses at which the routes of the flow answer, as far as they are known: on the loopback, whatever
// the flow says, since what is tried out is not for others.
func (s *simulation) listening() (list []string) {
	for _, t := range s.flow.Typed.Things {
		for _, set := range t.Settings {
			k, ok := set.X.(*typed.Const)
			if !ok || set.Field.Tags["listen"] == "" {
				continue
			}
			text, _ := k.V.(string)
			if _, port, err := net.SplitHostPort(text); err == nil {
				list = append(list, net.JoinHostPort("127.0.0.1", port))
			}
		}
	}
	return list
}

func (s *simulation) loop(typedLines <-chan string, signals <-chan os.Signal, changed <-chan struct{}) int {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		input := typedLines
		if s.busy || s.stopping {
			input = nil
		}
		select {
		case line, more := <-input:
			if !more {
				s.stop()
				break
			}
			s.command(line)
		case line := <-s.child.lines:
			s.printed(line)
		case line := <-s.child.notes:
			s.view.note(line)
		case line := <-s.heard:
			s.view.line(line)
		case err := <-s.published:
			s.finished(err)
		case err := <-s.child.over:
			if code, over := s.ended(err); over {
				return code
			}
		case <-changed:
			s.renew()
		case <-signals:
			s.stop()
		case <-tick.C:
			s.view.tick()
		}
	}
}

func (s *simulation) stop() {
	s.stopping = true
	s.child.quit()
}

func (s *simulation) printed(line string) {
	if line == simAck {
		s.finished(nil)
		return
	}
	if note, isLog := strings.CutPrefix(line, simLogMark); isLog {
		s.view.note(note)
		return
	}
	s.view.line(line)
}

func (s *simulation) finished(err error) {
	if err != nil {
		s.view.line("? " + err.Error())
	}
	s.busy = false
	s.view.ready()
}

// command obeys a line that somebody typed.
func (s *simulation) command(line string) {
	word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	switch word {
	case "quit", "exit":
		s.stop()
	case "pub":
		s.publish(strings.TrimSpace(rest))
	case "disconnect":
		s.atBroker(rest, (*broker).disconnect)
	case "connect":
		s.atBroker(rest, (*broker).connect)
	case "help":
		for line := range strings.Lines(brokerCommands) {
			s.view.line(strings.TrimRight(line, "\n"))
		}
		fallthrough
	default:
		s.busy = true
		s.child.say(line)
	}
}

func (s *simulation) publish(rest string) {
	if s.broker == nil {
		s.view.line("? " + s.noBroker)
		s.view.ready()
		return
	}
	topic, payload, _ := strings.Cut(rest, " ")
	s.busy = true
	go func() {
		s.published <- s.broker.publish(topic, []byte(strings.TrimSpace(payload)), filtersOf(s.flow.Typed))
	}()
}

// atBroker lets the broker go away or come back.
func (s *simulation) atBroker(rest string, do func(*broker) error) {
	problem := s.noBroker
	if name := strings.TrimSpace(rest); s.broker != nil && name != "" && !hasThing(s.flow, func(t *typed.Thing) bool { return t.Name == name && t.Kind.Name == "mqtt" }) {
		problem = "there is no mqtt thing \"" + name + "\""
	}
	if problem != "" {
		s.view.line("? " + problem)
		s.view.ready()
		return
	}
	s.busy = true
	go func() { s.published <- do(s.broker) }()
}

var capture = regexp.MustCompile(`\{[^}]*\}`)

// filtersOf counts the topics that the flow subscribes to.
func filtersOf(p *typed.Program) int {
	filters := map[string]bool{}
	for _, t := range p.Things {
		via, pattern := "", ""
		for _, set := range t.Settings {
			switch x := set.X.(type) {
			case *typed.ThingRef:
				via = x.Thing.Name
			case *typed.Const:
				if text, ok := x.V.(string); ok && set.Field.Role == catalog.RolePattern {
					pattern = capture.ReplaceAllString(text, "+")
				}
			}
		}
		if pattern != "" {
			filters[via+" "+pattern] = true
		}
	}
	return len(filters)
}

// renew builds what was changed; a flow with errors leaves the program running that there is.
func (s *simulation) renew() {
	f := compiler.Check(s.flow.Path)
	if f.Typed == nil {
		s.tellFindings(f)
		return
	}
	program, err := s.build(f)
	if err != nil {
		s.view.note(err.Error())
		return
	}
	s.flow, s.program = f, program
	s.view.note("the flow was changed; starting anew")
	s.child.quit()
}

func (s *simulation) tellFindings(f *compiler.Flow) {
	var b strings.Builder
	f.Found.Text(&b, f.Sources, diag.Options{})
	for line := range strings.Lines(b.String()) {
		s.view.note(strings.TrimRight(line, "\n"))
	}
	s.view.note("the flow has errors; the program before keeps running")
}

// ended handles the end of the program: over with the simulation, or a newer program takes its place.
func (s *simulation) ended(err error) (code int, over bool) {
	if s.program != s.child.cmd.Path && !s.stopping {
		if err := s.start(); err != nil {
			return s.c.fail(err), true
		}
		return 0, false
	}
	if err != nil {
		s.view.note("the program ended: " + err.Error())
		return exitFindings, true
	}
	return exitFine, true
}
