package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// needs are what a value depends on before it is known: sources that must have said
// something, events that must have happened, and what may fail.
type needs struct {
	sources []need
	happen  []string
	fail    []string
	// branches says that not all of them are needed at every moment.
	branches bool
	seen     map[*typed.Equation]bool
	// inside is the equation that is being looked at, "" outside.
	inside string
}

// need is one source.
type need struct {
	thing *typed.Thing
	// name is the wire whose readings count: the source, or what filters it, which
	// grows old by what it lets through.
	name string
	// across says that keys are combined on the way; every that all known keys are
	// needed; key is the one that was picked, or "".
	across, every bool
	key           string
	stale         time.Duration
}

func gather(x typed.Expr) *needs {
	n := &needs{seen: map[*typed.Equation]bool{}}
	n.visit(x, need{})
	return n
}

func (n *needs) visit(x typed.Expr, by need) {
	if x == nil || x.Base().Shape == types.Constant {
		return
	}
	if x.Base().Fallible && x.Base().Shape != types.Event {
		n.fail = appendNew(n.fail, x.Base().Text)
	}
	switch x := x.(type) {
	case *typed.Wire:
		n.wire(x, by)
		return
	case *typed.Try:
		n.branches = true
		n.visit(x.D, by)
		return
	case *typed.Initially, *typed.IsReady:
		return
	case *typed.Since:
		if x.Of.Ready != "always" {
			n.happen = appendNew(n.happen, x.Event.Base().Text)
		}
		return
	case *typed.State, *typed.Sequence, *typed.SequencePart:
		return // always known
	case *typed.Where:
		n.filtered(x, x.X, by)
		return
	case *typed.Pick:
		by.key = pickText(x)
	case *typed.Binary:
		n.branches = n.branches || x.Op == "||" || x.Op == "&&"
	case *typed.Cond, *typed.Match:
		n.branches = true
	case *typed.OpCall:
		switch {
		case x.Op.Ready == "always":
			return
		case x.Op.Ready == "first":
			if len(x.Args) == 1 {
				n.happen = appendNew(n.happen, x.Args[0].Base().Text)
			}
			return
		}
		if x.Op.Fresh == "own" && len(x.Args) > 0 {
			n.filtered(x, x.Args[0], by)
			return
		}
		by.across = by.across || x.Op.Across
		by.every = by.every || x.Op.Across && x.Op.Name == "all_of"
	}
	for _, o := range typed.Operands(x) {
		n.visit(o, by)
	}
}

// filtered visits what is let through: its own readings count.
func (n *needs) filtered(x, from typed.Expr, by need) {
	if by.name == "" {
		if by.name = n.inside; by.name == "" {
			by.name = "`" + x.Base().Text + "`"
		}
	}
	n.visit(from, by)
}

func (n *needs) wire(x *typed.Wire, by need) {
	switch {
	case x.Eq != nil && !n.seen[x.Eq]:
		n.seen[x.Eq] = true
		outer := n.inside
		n.inside = x.Eq.Name
		n.visit(x.Eq.X, by)
		n.inside = outer
	case x.Eq != nil || x.Thing == nil || x.Shape != types.Reading:
	default:
		by.thing, by.stale = x.Thing, x.Thing.Stale
		if by.name == "" {
			by.name = x.Base().Text
		}
		if !slices.Contains(n.sources, by) {
			n.sources = append(n.sources, by)
		}
	}
}

func appendNew(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}

// pickText is `["tomatoes"]`.
func pickText(x *typed.Pick) string {
	var parts []string
	for _, k := range x.Keys {
		parts = append(parts, fmt.Sprintf("%q", fmt.Sprint(k)))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func (n need) keys() string { return strings.ReplaceAll(n.thing.Key.Names, ",", " and ") }

// first is "soil has one reading from any bed".
func (n need) first() string {
	switch {
	case n.key != "":
		return n.name + n.key + " has a reading"
	case n.every:
		return n.name + " has a reading from every " + n.keys() + " that is known"
	case n.across:
		return n.name + " has one reading from any " + n.keys()
	}
	return n.name + " has a reading"
}

// what is "a reading of soil from any bed".
func (n need) what() string {
	text := "a reading of " + n.name + n.key
	switch {
	case n.key != "":
	case n.every:
		text += " from every " + n.keys() + " that is known"
	case n.across:
		text += " from any " + n.keys()
	}
	return text
}

// silence is how long it may be silent, after a word; "" for ever.
func (n need) silence(word string) string {
	if n.stale <= 0 {
		return ""
	}
	return word + durationText(n.stale)
}

// silent is "every bed has been silent for 2 h".
func (n need) silent() string {
	who := n.name + n.key
	if n.name != n.thing.Name && !strings.HasPrefix(n.name, n.thing.Name+".") {
		if n.across {
			who += " from any " + n.keys()
		}
		return "nothing has come through " + who + n.silence(" for ")
	}
	switch {
	case n.key != "":
	case n.every:
		who = "one " + n.keys()
	case n.across:
		who = "every " + n.keys()
	}
	return who + " has been silent" + n.silence(" for ")
}
