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
)

// Commands is what the console understands, for its help.
const Commands = `  set NAME.pin 0|1     put a voltage on the pin of an input: 0 is low, 1 is high
  press NAME [TIME]    make an input active for a moment (100 ms), then let go
  release NAME         make an input inactive
  show [NAME]          print all wires, or those of one thing
  wait TIME            do nothing for a while: wait 2s
  wait WIRE TEXT       wait until a wire shows a text: wait pump.on on
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
	clock   flow.Clock
	out     io.Writer
	// ack is set where commands are acknowledged.
	ack  bool
	stop func()

	// What follows belongs to the instant loop.
	texts   map[string]string
	begun   bool
	waiting *awaited
}

// awaited is what a `wait` waits for.
type awaited struct {
	name, text string
	found      chan struct{}
}

// start watches the program and reads commands from in until its end, which ends the program.
func (c *console) start(in io.Reader) {
	c.texts = map[string]string{}
	c.engine.AfterInstant(c.report)
	go c.read(in)
}

// report prints what the last instant changed. What is new later on, a key of a keyed wire, is told too.
func (c *console) report() {
	for _, w := range c.program.Wires() {
		text := oneLine(w.Text())
		old, known := c.texts[w.Name]
		c.texts[w.Name] = text
		switch {
		case known && old != text:
			c.print(flow.ClockTime(c.engine.Time) + " " + w.Name + "  " + old + " → " + text)
		case !known && c.begun:
			c.print(flow.ClockTime(c.engine.Time) + " " + w.Name + "  " + text)
		}
	}
	c.begun = true
	c.checkWait()
}

func (c *console) checkWait() {
	if w := c.waiting; w != nil && c.texts[w.name] == w.text {
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
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		if len(words) > 0 && words[0] == "quit" {
			break
		}
		if problem := c.command(words); problem != "" {
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
