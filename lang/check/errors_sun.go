package check

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// errSun is something that the sun does not tell.
func (c *checker) errSun(r rangeT, name string) *diag.Diagnostic {
	f := finding("E0104", "The sun does not tell this", r, "say what of the sun")
	if name != "" {
		f.Subject.Label = fmt.Sprintf("there is no `sun.%s`", name)
	}
	if event := sunTimes[name]; event != "" {
		f.Why = "The moment at which the sun sets or rises is an event. Whether it is above the horizon is a state."
		f.Hint = "say which you mean:"
		after, before := "sun.down", "sun.up"
		if event == "sunrise" {
			after, before = before, after
		}
		f.Example = rows(
			event+"()", fmt.Sprintf("happens at %s", event),
			event+"(-30.min)", "happens half an hour before",
			after, fmt.Sprintf("is on from %s on", event),
			before, "is on until then")
		return f
	}
	var known []string
	for _, o := range c.catalog.Operators {
		if s, ok := strings.CutPrefix(o.Name, "sun."); ok {
			known = append(known, s)
		}
	}
	if word := sunNames[name]; word != "" {
		f.Hint = fmt.Sprintf("it is called `sun.%s`.", word)
		replace(f, r, word)
		return f
	}
	didYouMean(f, name, known, r)
	if f.Hint == "" {
		f.Hint = "there are `sun." + strings.Join(known, "`, `sun.") + "`."
	}
	return f
}

// sunNames are what other programs call it.
var sunNames = map[string]string{
	"below_horizon": "down", "is_down": "down", "night": "down", "dark": "down",
	"above_horizon": "up", "is_up": "up", "day": "up", "light": "up",
	"angle": "elevation", "height": "elevation", "altitude": "elevation", "direction": "azimuth",
}

// errDailySun is `daily("sunset")`.
func (c *checker) errDailySun(k call, at hclsyntax.Expression, t sunTime) *diag.Diagnostic {
	f := finding("E0202", "The sun has a time of its own each day", at.Range(), "this is no time on a clock")
	f.Why = fmt.Sprintf("`daily` takes a time of day, such as \"07:00\". What happens with the sun is `%s`.", t.event)
	f.Hint = fmt.Sprintf("write `%s()`.", t.event)
	if t.plain && len(k.args) == 1 {
		replace(f, k.e.Range(), t.event+"()")
		return f
	}
	f.Hint = "how much earlier or later it is stands in the parentheses:"
	f.Example = rows(t.event+"(-30.min)", "half an hour before", t.event+"(30.min)", "half an hour after")
	return f
}

// errBetweenSun is `between("sunset", "23:00")`.
func (c *checker) errBetweenSun(k call, at hclsyntax.Expression, times [2]sunTime) *diag.Diagnostic {
	f := finding("E0202", "The sun has a time of its own each day", at.Range(), "this is no time on a clock")
	f.Why = "`between` takes two times of day, such as \"22:00\". It is dark from sunset to sunrise: `sun.down` is on then."
	if len(k.args) < 2 {
		f.Hint = "write `sun.down`, or `sun.up` for the day."
		return f
	}
	from, to := times[0].event, times[1].event
	right, single := "", times[0].plain && times[1].plain
	switch {
	case from == "sunset" && to == "sunrise":
		right = "sun.down"
	case from == "sunrise" && to == "sunset":
		right = "sun.up"
	case from != "" && to != "":
		f.Hint = "these are one moment. Write `on` for the whole day."
		return f
	default:
		right, single = c.sunAndClock(k, from, to)
	}
	f.Hint = fmt.Sprintf("write `%s`.", right)
	if strings.Contains(right, "&&") {
		f.Hint = "say both, what the sun does and what the clock shows:"
		f.Example = right
	}
	if single {
		if strings.Contains(right, "&&") && !c.standsAlone(k.e.Range()) {
			right = "(" + right + ")"
		}
		replace(f, k.e.Range(), right)
	}
	return f
}

// sunAndClock is the stretch from the sun's time to a clock's, or the other way round.
// With the other end at noon or midnight, no day of the year lies outside; single says
// that on every day it means what was written.
func (c *checker) sunAndClock(k call, from, to string) (right string, single bool) {
	other := k.args[1]
	if from == "" {
		other = k.args[0]
	}
	clock := c.src(other.Range())
	text := strings.Trim(clock, `"`)
	if !isClock(c.glance(other)) {
		text, clock = "", `"22:00"`
	}
	switch {
	case from == "sunset":
		return fmt.Sprintf(`sun.down && between("12:00", %s)`, clock), text >= "21:00" || text != "" && text <= "03:00"
	case to == "sunrise":
		return fmt.Sprintf(`sun.down && between(%s, "12:00")`, clock), text >= "21:00" || text != "" && text <= "03:00"
	case from == "sunrise":
		return fmt.Sprintf(`sun.up && between("00:00", %s)`, clock), text >= "09:00" && text <= "15:00"
	}
	return fmt.Sprintf(`sun.up && between(%s, "00:00")`, clock), text >= "09:00" && text <= "15:00"
}

// isClock reports whether a text shows a time of day.
func isClock(x typed.Expr) bool { return fitsAsDate(x, types.TTimeOfDay) }

// standsAlone reports whether `a && b` may take the place of what is at r: behind `=` or
// another `&&`.
func (c *checker) standsAlone(r rangeT) bool {
	before := strings.TrimRight(string(c.sources[r.Filename][:r.Start.Byte]), " \t\n")
	return strings.HasSuffix(before, "=") && !strings.HasSuffix(before, "==") || strings.HasSuffix(before, "&&")
}
