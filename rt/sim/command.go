package sim

import (
	"slices"
	"strings"
	"time"

	"flowc/rt/flow"
	"flowc/rt/gpio"
	"flowc/rt/sim/outside"
)

// command obeys one line; a problem is told to the person who typed it.
func (c *console) command(text string) (problem string) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return ""
	}
	args := words[1:]
	switch words[0] {
	case "set":
		if len(args) > 1 {
			if s, ok := outside.Lookup(args[0]); ok {
				s.Set(after(text, 2))
				return ""
			}
		}
		return c.set(args)
	case "fail":
		return fail(args)
	case "ask":
		return c.ask(text, args)
	case "press":
		return c.press(args)
	case "release":
		return c.release(args)
	case "show":
		return c.show(args)
	case "wait":
		return c.wait(args)
	case "advance":
		return c.advance(args)
	case "help":
		c.onLoop(func() { c.print(Commands) })
		return ""
	}
	return "there is no command \"" + words[0] + "\"; help lists them"
}

// input finds the pin of a thing that listens to it.
func (c *console) input(name string) (pin gpio.Pin, problem string) {
	thing := strings.TrimSuffix(name, ".pin")
	pins := c.program.Pins()
	number, ok := pins[thing]
	if !ok {
		return 0, "there is no pin of \"" + thing + "\"; there are " + listed(pins)
	}
	for _, l := range c.pins.Lines() {
		if l.Pin == gpio.Pin(number) && l.Output {
			return 0, "the program drives the pin of \"" + thing + "\" itself"
		}
	}
	return gpio.Pin(number), ""
}

func listed(pins map[string]int) string {
	if len(pins) == 0 {
		return "none in this flow"
	}
	var names []string
	for n := range pins {
		names = append(names, n)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

func (c *console) set(args []string) (problem string) {
	if len(args) != 2 || args[1] != "0" && args[1] != "1" {
		return "use: set NAME.pin 0 or set NAME.pin 1"
	}
	pin, problem := c.input(args[0])
	if problem == "" {
		c.pins.Set(pin, args[1] == "1")
	}
	return problem
}

func (c *console) press(args []string) (problem string) {
	hold := pressTime
	if len(args) == 2 && flow.ParseDuration(&hold)(args[1]) != nil || len(args) < 1 || len(args) > 2 {
		return "use: press NAME, or press NAME 2s"
	}
	pin, problem := c.input(args[0])
	if problem != "" {
		return problem
	}
	c.pins.SetOn(pin, true)
	c.sleep(hold)
	c.pins.SetOn(pin, false)
	c.sleep(pressTime / 2) // else the next press would be taken for a bounce of this one
	return ""
}

func (c *console) release(args []string) (problem string) {
	if len(args) != 1 {
		return "use: release NAME"
	}
	pin, problem := c.input(args[0])
	if problem == "" {
		c.pins.SetOn(pin, false)
	}
	return problem
}

func (c *console) show(args []string) (problem string) {
	name := ""
	if len(args) > 0 {
		name = strings.Join(args, " ")
	}
	c.onLoop(func() { problem = c.table(name) })
	return problem
}

// table prints the wires called name, or of the thing called name; all for "".
func (c *console) table(name string) (problem string) {
	var rows [][2]string
	width := 0
	for _, w := range c.program.Wires() {
		if name == "" || w.Name == name || strings.HasPrefix(w.Name, name+".") || strings.HasPrefix(w.Name, name+"[") {
			rows = append(rows, [2]string{w.Name, c.wires[w.Name].now()})
			width = max(width, letters(w.Name))
		}
	}
	if len(rows) == 0 && name != "" {
		return "there is no wire \"" + name + "\""
	}
	for _, r := range rows {
		c.print(r[0] + strings.Repeat(" ", width-letters(r[0])+2) + r[1])
	}
	return ""
}

func letters(s string) int { return len([]rune(s)) }

// advance puts the clock forward from timer to timer, so that each rings at its own time.
func (c *console) advance(args []string) (problem string) {
	var d time.Duration
	if len(args) != 1 || flow.ParseDuration(&d)(args[0]) != nil || d < 0 {
		return "use: advance 10min"
	}
	for target := c.clock.Mono() + d; ; {
		left := target - c.clock.Mono()
		if left <= 0 {
			return ""
		}
		c.onLoop(func() {
			if due, ok := c.engine.NextTimer(); ok {
				left = min(left, max(due-c.clock.Mono(), 0))
			}
			c.clock.Skip(left)
		})
	}
}

func (c *console) wait(args []string) (problem string) {
	if len(args) == 0 {
		return "use: wait 2s, wait WIRE TEXT, or wait WIRE"
	}
	if len(args) == 1 && args[0][0] >= '0' && args[0][0] <= '9' {
		var d time.Duration
		if err := flow.ParseDuration(&d)(args[0]); err != nil {
			return "expected " + err.Error()
		}
		c.sleep(d)
		return ""
	}
	w := &awaited{name: args[0], text: strings.Join(args[1:], " "), any: len(args) == 1, found: make(chan struct{})}
	c.onLoop(func() { problem = c.await(w) })
	if problem != "" {
		return problem
	}
	alarm := c.clock.machine.NewTimer(waitLimit)
	defer alarm.Stop()
	select {
	case <-w.found:
		return ""
	case <-alarm.C():
	}
	c.onLoop(func() {
		c.waiting = nil
		problem = "waited 30 s for " + w.name + ", but it is " + c.wires[w.name].now()
	})
	return problem
}

// await begins a wait; a key of a keyed wire may still appear.
func (c *console) await(w *awaited) (problem string) {
	now, known := c.wires[w.name]
	if !known && !strings.Contains(w.name, "[") {
		return "there is no wire \"" + w.name + "\""
	}
	if known && !w.any && now.text == w.text {
		close(w.found)
		return ""
	}
	c.waiting = w
	return ""
}

func (c *console) sleep(d time.Duration) {
	<-c.clock.NewTimer(d).C()
}
