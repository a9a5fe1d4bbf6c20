// Package sim is the console of a simulated program: it tells what changes, and takes commands that move pins.
// Only programs built with the tag sim link it; what it moves are the fake pins of rt/gpio.
package sim

import (
	"bufio"
	"io"
	"strings"
	"time"

	"flowc/rt/flow"
	"flowc/rt/gpio"
	"flowc/rt/sim/outside"
)

// Commands is what the console understands, for its help.
const Commands = `  set NAME.pin 0|1     put a voltage on the pin of an input: 0 is low, 1 is high
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

// Ack is the line that follows everything a command prints, when the program was started by flowc.
const Ack = "\x06"

// pressTime is how long a finger stays on a button.
const pressTime = 100 * time.Millisecond

// waitLimit ends a wait for something that does not come.
const waitLimit = 30 * time.Second

type console struct {
	engine  *flow.Engine
	program flow.Watched
	pins    *gpio.Fake
	clock   *skipClock
	out     io.Writer
	// ack is set where commands are acknowledged.
	ack  bool
	stop func()

	// What follows belongs to the instant loop.
	wires   map[string]shown
	begun   bool
	waiting *awaited
}

// shown is a wire as it was last seen. An event's raw text ends with a number that tells one occurrence from the
// next; at is the time of the last one.
type shown struct {
	raw, text string
	event     bool
	at        string
}

// now is what show prints: "on", or "12.3 %, at 12:00:03.120" for an event.
func (s shown) now() string {
	switch {
	case s.event && s.text == "":
		return "at " + s.at
	case s.event:
		return s.text + ", at " + s.at
	}
	return s.text
}

// awaited is what a `wait` waits for: a text, or any change.
type awaited struct {
	name, text string
	any        bool
	found      chan struct{}
}

// start watches the program and reads commands from in until its end, which ends the program.
func (c *console) start(in io.Reader) {
	c.wires = map[string]shown{}
	outside.OnTell(func(thing, what, with string) {
		c.print(strings.TrimSpace(flow.ClockTime(c.engine.Time) + " " + askedFor(thing, what) + "  " + with))
	})
	c.engine.AfterInstant(c.report)
	go c.read(in)
}

// report prints what the last instant changed. What is new later on, a key of a keyed wire, is told too.
func (c *console) report() {
	stamp := flow.ClockTime(c.engine.Time)
	wires := c.program.Wires()
	c.forget(wires)
	for _, w := range wires {
		raw := w.Text()
		old, known := c.wires[w.Name]
		if known && old.raw == raw {
			continue
		}
		text, _, event := strings.Cut(raw, "\x00")
		next := shown{raw: raw, text: oneLine(text), event: event, at: stamp}
		c.wires[w.Name] = next
		if c.begun {
			c.print(stamp + " " + w.Name + "  " + change(old, next, known))
			c.found(w.Name, next)
		}
	}
	c.begun = true
}

// forget leaves out keys that the program has forgotten: when they come back they
// are new.
func (c *console) forget(wires []flow.Watch) {
	if len(c.wires) <= len(wires) {
		return
	}
	left := make(map[string]shown, len(wires))
	for _, w := range wires {
		if s, ok := c.wires[w.Name]; ok {
			left[w.Name] = s
		}
	}
	c.wires = left
}

// change is "off → on", or "happens", or what is new.
func change(old, next shown, known bool) string {
	switch {
	case next.event && next.text == "":
		return "happens"
	case next.event || !known:
		return next.text
	}
	return old.text + " → " + next.text
}

// found ends the wait for a wire.
func (c *console) found(name string, now shown) {
	if w := c.waiting; w != nil && w.name == name && (w.any || w.text == now.text) {
		c.waiting = nil
		close(w.found)
	}
}

func (c *console) print(line string) { io.WriteString(c.out, line+"\n") }

// onLoop runs f between instants and waits for it.
func (c *console) onLoop(f func()) {
	done := make(chan struct{})
	c.engine.Call(func() {
		f()
		close(done)
	})
	<-done
}

func (c *console) read(in io.Reader) {
	c.onLoop(func() {}) // until then nothing is there that could be asked or moved
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		if len(words) > 0 && words[0] == "quit" {
			break
		}
		if problem := c.command(lines.Text()); problem != "" {
			c.onLoop(func() { c.print("? " + problem) })
		}
		if c.ack {
			c.onLoop(func() { c.print(Ack) })
		}
	}
	c.stop()
}

// oneLine keeps a text from looking like two lines.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}
