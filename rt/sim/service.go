package sim

import (
	"strconv"
	"strings"

	"flowc/rt/flow"
	"flowc/rt/sim/outside"
)

// fail lets a server refuse what a thing asks.
func fail(args []string) (problem string) {
	if len(args) < 1 || len(args) > 2 {
		return "use: fail NAME, or fail NAME STATUS"
	}
	s, ok := outside.Lookup(args[0])
	if !ok {
		names := "none in this flow"
		if list := outside.Names(); len(list) > 0 {
			names = strings.Join(list, ", ")
		}
		return "\"" + args[0] + "\" asks nobody; there are " + names
	}
	status := 0
	if len(args) == 2 {
		n, err := strconv.Atoi(args[1])
		if err != nil || n < 300 || n > 599 {
			return "a server refuses with a status from 300 to 599"
		}
		status = n
	}
	s.Fail(status)
	return ""
}

// ask is a request of a client; its answer is printed when it comes.
func (c *console) ask(text string, args []string) (problem string) {
	if len(args) < 2 {
		return "use: ask get /path, or ask post /path BODY"
	}
	return c.askWith(args[0], args[1], after(text, 3))
}

func (c *console) askWith(method, target, with string) (problem string) {
	what := strings.ToUpper(method) + " " + target
	return outside.Ask(method, target, with, func(status int, body string) {
		line := flow.ClockTime(c.engine.Time) + " " + what + " gets " + strconv.Itoa(status)
		c.print(strings.TrimSpace(line + "  " + readable(strings.TrimSuffix(body, "\n"))))
	})
}

// askedFor says that a thing asks for something, or tells whoever listens.
func askedFor(thing, what string) string {
	if what == "" {
		return thing + " tells"
	}
	return thing + " asks " + what
}

// after is a line without its first n words.
func after(text string, n int) string {
	for ; n > 0; n-- {
		text = strings.TrimSpace(text)
		if i := strings.IndexAny(text, " \t"); i >= 0 {
			text = text[i:]
		} else {
			text = ""
		}
	}
	return strings.TrimSpace(text)
}
