package check

import (
	"fmt"
	"strings"

	"flowc/lang/diag"
	"flowc/lang/types"
)

func (p port) String() string {
	if p.input == "" {
		return p.d.name
	}
	return p.d.name + "." + p.input
}

// errCircle is a chain of hops that comes back to where it started.
func (c *checker) errCircle(way []hop) *diag.Diagnostic {
	last := way[len(way)-1]
	start := way[0].from
	f := finding("E0601", "This goes round in a circle", last.at,
		fmt.Sprintf("… from `%s`, at the same instant", start))
	if len(way) == 1 {
		f.Subject.Label = fmt.Sprintf("`%s` would follow from itself, at the same instant", start)
	}
	var names []string
	for n, h := range way {
		names = append(names, h.from.String())
		switch {
		case len(way) == 1:
		case n == 0:
			also(f, h.attr.NameRange, fmt.Sprintf("`%s` depends on `%s` …", h.from, h.to))
		case n == len(way)-1:
			also(f, h.attr.NameRange, fmt.Sprintf("which `%s` decides …", h.from))
		default:
			also(f, h.attr.NameRange, fmt.Sprintf("which `%s` takes from `%s` …", h.from, h.to))
		}
	}
	names = append(names, start.String())
	f.Why = strings.Join(names, " → ") + "\nNothing in the circle waits, so there is no first value to start from."
	f.Hint = c.circleHint(way)
	return f
}

// errUntypedCircle is a circle of which nobody can tell what goes round.
func errUntypedCircle(d *decl) *diag.Diagnostic {
	f := finding("E0601", "Nothing says what goes round here", d.at, fmt.Sprintf("`%s` follows from itself, and nothing else tells what it is", d.name))
	f.Hint = "say what it begins with, somewhere in the circle:"
	f.Example = fmt.Sprintf("previous(%s, off)", d.name)
	return f
}

func (c *checker) circleHint(way []hop) string {
	start := way[0].from
	switch start.d.sort {
	case sortSetting:
		return "a setting's default must be known without it."
	case sortThing:
		if start.input == "" {
			return fmt.Sprintf("how `%s` is declared must be known before anything comes from it.", start.d.name)
		}
	}
	last := way[len(way)-1]
	read := c.src(last.at)
	if start.d.sort == sortSequence {
		return fmt.Sprintf("put a delay in it: `delay(%s, 1.s)`.", read)
	}
	first := c.firstValue(last.to)
	list := []string{ // a delay alone would wait for its first value for ever
		fmt.Sprintf("`previous(%s, %s)`", read, first),
		fmt.Sprintf("`initially(delay(%s, 1.s), %s)`", read, first),
	}
	if start.d.sort == sortState {
		if len(way) == 1 {
			return fmt.Sprintf("in the rows of `%s` its value so far is `old`; for a moment of its own change put %s there.", start, list[0])
		}
	} else {
		return "put a memory or a delay in it: " + strings.Join(list, ", ") + ", or a `state` block."
	}
	return "put a memory or a delay in it: " + strings.Join(list, " or ") + "."
}

// firstValue is a value that a port could start from, as one may paste it.
func (c *checker) firstValue(p port) string {
	t := types.TBool
	if p.d.isEquation() {
		t = c.likelyType(p.d)
	}
	return exampleOf(t)
}
