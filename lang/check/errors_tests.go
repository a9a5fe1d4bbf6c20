package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

func errTestName(b *syntax.Block) *diag.Diagnostic {
	f := finding("E0103", "This has no name", b.KindRange, "which test?")
	f.Hint = "say in a sentence what must be true:"
	f.Example = `test "the pump rests after ten minutes" {`
	return f
}

func errTestTwice(b, first *syntax.Block) *diag.Diagnostic {
	f := finding("E0103", "Two tests of one name", b.Labels[0].Range, "and again here")
	also(f, first.Labels[0].Range, "the first one")
	f.Hint = "say what the two tell apart."
	return f
}

// errUnknownStep is a block in a test that is no step.
func errUnknownStep(b *syntax.Block, names []string) *diag.Diagnostic {
	f := finding("E1307", "There is no such step", b.KindRange, fmt.Sprintf("a test has no step `%s`", b.Kind))
	if step := otherWords[b.Kind]; step != "" {
		f.Hint = "that is called:"
		f.Example = stepExample(step)
	} else if !didYouMean(f, b.Kind, names, b.KindRange) {
		f.Hint = fmt.Sprintf("these are the steps of a test: %s.", listed(names))
	}
	return f
}

// otherWords are what other test languages call the steps.
var otherWords = map[string]string{
	"wait": "advance", "sleep": "advance", "after": "advance", "pub": "send_raw", "publish": "send_raw", "message": "send",
	"assert": "expect", "check": "expect", "click": "press", "push": "press", "loop": "repeat", "for": "repeat", "reboot": "restart", "get": "request", "post": "request", "http": "request", "fetch": "request", "call": "request", "ask": "request",
}

func errStepOfWhat(b *syntax.Block) *diag.Diagnostic {
	f := finding("E1307", "Of which thing?", b.KindRange, fmt.Sprintf("`%s` is about a thing", b.Kind))
	f.Hint = "name it behind the word:"
	f.Example = stepExample(b.Kind)
	return f
}

func errStepLabel(b *syntax.Block) *diag.Diagnostic {
	f := finding("E1307", "This step is about no thing", b.Labels[0].Range, "there is nothing to name here")
	f.Hint = "write:"
	f.Example = stepExample(b.Kind)
	return f
}

// stepExample is a step as one may paste it.
func stepExample(step string) string {
	return map[string]string{
		"send":                "send soil {\n  bed      = \"tomatoes\"\n  moisture = 20.pct\n}",
		"send_raw":            "send_raw soil {\n  topic   = \"garden/beans/soil\"\n  payload = \"{}\"\n}",
		"press":               "press door {}",
		"set":                 "set door { down = on }",
		"advance":             "advance { by = 10.min }",
		"expect":              "expect { that = pump.on }",
		"expect_sent":         "expect_sent report { payload = \"dry*\" }",
		"expect_nothing_sent": "expect_nothing_sent report {}",
		"expect_fault":        "expect_fault soil { message = \"expected a number\" }",
		"fail":                "fail report {}",
		"connect":             "connect home {}",
		"disconnect":          "disconnect home {}",
		"restart":             "restart {}",
		"stored":              "stored { energy = 12.kWh }",
		"request":             "request {\n  get    = \"/api/state\"\n  status = 200\n  reply  = { open = on }\n}",
		"repeat":              "repeat {\n  times = 60\n  every = 1.min\n\n  send soil { moisture = 20.pct }\n}",
	}[step]
}

func (c *checker) errStepName(name string, at rangeT) *diag.Diagnostic {
	f := finding("E0104", "There is no such name", at, fmt.Sprintf("nothing here is called `%s`", name))
	didYouMean(f, name, c.names(func(*decl) bool { return true }), at)
	return f
}

// errCannot is a step about something that it cannot be about; can tells what it can.
func (c *checker) errCannot(b *syntax.Block, d *decl, what string, can func(*decl) bool) *diag.Diagnostic {
	label := fmt.Sprintf("`%s` is %s", d.name, d.what())
	f := finding("E1303", fmt.Sprintf("`%s` does not go with this", b.Kind), b.Labels[0].Range, label)
	also(f, d.at, "declared here")
	names := c.names(can)
	if len(names) == 0 {
		f.Why = fmt.Sprintf("`%s` is for %s, and this flow has none.", b.Kind, what)
		return f
	}
	f.Hint = fmt.Sprintf("`%s` is for %s: %s.", b.Kind, what, listed(names))
	return f
}

// what a declaration is, in words.
func (d *decl) what() string {
	switch d.sort {
	case sortEquation:
		return "an equation"
	case sortSetting:
		return article(d.block.Kind)
	case sortThing:
		if d.kind != nil {
			return article(d.kind.Name)
		}
	}
	if d.block != nil {
		return article(d.block.Kind)
	}
	return "something else"
}

func errCaptureNotSent(b *syntax.Block, d *decl, k typed.Capture) *diag.Diagnostic {
	f := finding("E1304", "Which one sends this?", b.KindRange, fmt.Sprintf("there is no `%s` here", k.Name))
	also(f, d.at, fmt.Sprintf("one stream for every `%s`", k.Name))
	f.Hint = fmt.Sprintf("add `%s = …`.", k.Name)
	return f
}

func errTopicNotSent(b *syntax.Block, d *decl) *diag.Diagnostic {
	f := finding("E1304", "On which topic?", b.KindRange, "there is no `topic` here")
	also(f, d.pattern.Range, "`+` and `#` stand for many topics")
	f.Hint = "add `topic = \"…\"`."
	return f
}

func errTopicOutside(a *syntax.Attr, topic string, d *decl) *diag.Diagnostic {
	f := finding("E1304", "Nobody would hear this", a.Expr.Range(), fmt.Sprintf("`%s` does not listen to %q", d.name, topic))
	also(f, d.pattern.Range, "this is what it listens to")
	return f
}

// errLineNotWritten is a message whose lines a test has to write itself.
func errLineNotWritten(b *syntax.Block, d *decl) *diag.Diagnostic {
	f := finding("E1304", "How does this line look?", b.KindRange, "a test does not write it")
	also(f, d.at, fmt.Sprintf("`%s` reads lines of text", d.name))
	f.Hint = "send the text as it stands:"
	if isAsked(d) {
		f.Hint = "answer with the text as it stands:"
		f.Example = fmt.Sprintf("send_raw %s {\n  payload = \"…\"\n}", d.name)
		return f
	}
	topic := "…"
	if d.pattern != nil {
		topic = d.pattern.V.(string)
	}
	f.Example = fmt.Sprintf("send_raw %s {\n  topic   = %q\n  payload = \"…\"\n}", d.name, topic)
	return f
}

func errValueNotSent(b *syntax.Block, t *types.Type) *diag.Diagnostic {
	f := finding("E1304", "What is sent?", b.KindRange, "there is no `value` here")
	f.Hint = fmt.Sprintf("add `value = %s`.", exampleOf(t))
	return f
}

func errStepNeeds(b *syntax.Block, name, example string) *diag.Diagnostic {
	f := finding("E1304", "Something is missing in this step", b.KindRange, fmt.Sprintf("`%s` needs `%s`", b.Kind, name))
	f.Hint = fmt.Sprintf("add `%s = %s`.", name, example)
	return f
}

func errStepCount(b *syntax.Block, a *syntax.Attr, least int64) *diag.Diagnostic {
	f := finding("E1304", "This is no number of times", a.Expr.Range(), fmt.Sprintf("`%s` is a whole number, at least %d", a.Name, least))
	if b.Kind == string(typed.StepExpectSent) && len(b.Labels) > 0 {
		f.Hint = "that nothing is sent has a step of its own:"
		f.Example = "expect_nothing_sent " + b.Labels[0].Text + " {}"
	}
	return f
}

func errOnePin(a *syntax.Attr, d *decl) *diag.Diagnostic {
	f := finding("E1304", "One pin has one level", a.NameRange, fmt.Sprintf("`%s` was set already", d.name))
	f.Hint = "set it again in a step of its own."
	return f
}

func errSettingLate(b *syntax.Block, d *decl) *diag.Diagnostic {
	f := finding("E1305", "This comes too late", b.KindRange, fmt.Sprintf("`%s` was read when the test began", d.name))
	also(f, d.at, "a setting is read once, at the start of the program")
	f.Hint = "put it before all other steps."
	return f
}

func errReplayFile(a *syntax.Attr, why string) *diag.Diagnostic {
	f := finding("E1308", "This recording cannot be played", a.Expr.Range(), why)
	f.Hint = "`flowc run -record FILE` writes one."
	return f
}

func errReplayAt(a, at *syntax.Attr) *diag.Diagnostic {
	f := finding("E1308", "Two beginnings", at.NameRange, "and the test here")
	also(f, a.Range, "a recording begins when it was made")
	f.Hint = "leave out `at`."
	return f
}

func errMoment(a *syntax.Attr, text, zone string) *diag.Diagnostic {
	f := finding("E1305", "This is no moment", a.Expr.Range(), fmt.Sprintf("%q is not a date with a time", text))
	if len(text) >= 16 && text[4] == '-' && text[10] == ' ' && zone != "" {
		f.Subject.Label = fmt.Sprintf("there is no %q in %s", text, zone)
		f.Why = "There is no such day, or the clocks went past that time when they were put forward."
	}
	f.Hint = "write it as the clock on the wall shows it: `\"2026-06-01 12:00\"`, or with seconds `\"2026-06-01 12:00:30\"`."
	return f
}

func errPast(a *syntax.Attr, now time.Time) *diag.Diagnostic {
	f := finding("E1305", "Time goes only forward", a.Expr.Range(), "this is past")
	f.Why = fmt.Sprintf("When the test comes to this step it is %s.", now.Format("2006-01-02 15:04:05"))
	return f
}

func errNotForward(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E1305", "Time goes only forward", a.Expr.Range(), "this is not more than 0.s")
	return f
}

func errByAndTo(by, to *syntax.Attr) *diag.Diagnostic {
	f := finding("E1304", "One of the two", to.NameRange, "and until when")
	also(f, by.NameRange, "how long")
	f.Hint = "keep `by` or `to`."
	return f
}

// errSunTwice is a sun that is put to two places.
func errSunTwice(a, first *syntax.Attr) *diag.Diagnostic {
	f := finding("E1304", "One of the two", a.NameRange, "and this too")
	also(f, first.NameRange, "this says how high the sun stands")
	f.Hint = "keep one; `elevation` also says whether the sun is up."
	return f
}

// errNoSun is a sun that nobody looks at.
func errNoSun(b *syntax.Block) *diag.Diagnostic {
	f := finding("E1303", "`set` does not go with this", b.Labels[0].Range, "nothing in this flow asks for `sun.…`")
	f.Why = "What happens at sunrise and sunset goes by the clock: `advance` lets it come."
	return f
}

func (c *checker) errUnknownWant(a *syntax.Attr, d *decl, names []string) *diag.Diagnostic {
	f := finding("E0101", "There is no such setting", a.NameRange, fmt.Sprintf("what `%s` sends has no `%s`", d.name, a.Name))
	if !didYouMean(f, a.Name, names, a.NameRange) {
		f.Hint = fmt.Sprintf("it has %s.", listed(names))
	}
	return f
}

// errEventInTest is an event where a test looks at a moment.
func errEventInTest(x typed.Expr) *diag.Diagnostic {
	text := x.Base().Text
	f := finding("E0501", "An event is not a state", x.Base().Range, "this happens, at single moments")
	f.Why = "A test looks at one moment between two events. Let an equation of the flow keep what should be known:"
	f.Example = rows(fmt.Sprintf("times = count(%s)", text), "how often it has happened")
	return f
}

func (c *checker) errKeyedInTest(x typed.Expr) *diag.Diagnostic {
	f := finding("E0503", "This is many values, not one", x.Base().Range, "but a test looks at one")
	if root := c.keyedRoot(x); root != nil {
		also(f, root.at, fmt.Sprintf("one stream for every `%s`", strings.ReplaceAll(x.Base().Key.Names, ",", "`, `")))
		name := root.name
		if w, ok := x.(*typed.Wire); ok {
			name = w.Text
		}
		f.Hint = fmt.Sprintf("say which: `%s[\"…\"]`.", name)
	}
	return f
}

// errRemembersInTest is something with a past of its own inside a test.
func errRemembersInTest(n typed.Expr) *diag.Diagnostic {
	f := finding("E1306", "A test has no memory of its own", n.Base().Range, "this remembers what was before, or waits")
	f.Why = "A test looks at one moment; what it would have to remember of the time before is not there."
	f.Hint = "make it an equation of the flow, and look at that:"
	f.Example = "what_i_test = " + n.Base().Text
	if _, ok := n.(*typed.MetaOf); ok {
		f.Summary, f.Subject.Label = "A test cannot see this", "this belongs to the moment of a message"
	}
	return f
}

func errKeyInTest(n *typed.KeyOf) *diag.Diagnostic {
	f := finding("E1306", "A test cannot see this", n.Range, "this is the name of the key itself")
	return f
}

// errNothingAsked is a test that passes whatever the flow does.
func errNothingAsked(b *syntax.Block) *diag.Diagnostic {
	f := finding("E1302", "This test cannot fail", b.Labels[0].Range, "nothing is expected here")
	f.Why = "Whatever the flow does, this test passes."
	f.Hint = "say what must be true after the steps:"
	f.Example = "expect { that = … }"
	return f
}

// errCannotFail is an expectation that does not depend on the flow.
func errCannotFail(a *syntax.Attr, holds bool) *diag.Diagnostic {
	f := finding("E1302", "This test cannot fail", a.Expr.Range(), "this is true whatever the flow does")
	if !holds {
		f.Summary, f.Subject.Label = "This test can only fail", "this is false whatever the flow does"
	}
	f.Why = "An expectation looks at something that the flow decides."
	return f
}

// errNoTest is an actuator that could do anything without a test noticing.
func (c *checker) errNoTest(d *decl) *diag.Diagnostic {
	out := "on"
	for _, f := range d.kind.Fields {
		if f.Role == catalog.RoleDrive {
			out = f.Name
			break
		}
	}
	f := warning("W1301", "No test looks at this", d.at, fmt.Sprintf("no expectation of any test asks for `%s`", d.name))
	f.Why = "This flow has tests, but whatever this does, all of them pass."
	if d.inside != nil {
		f.Hint = "give the component an output that follows it, and expect that in a test."
		if asked := c.outputOver(d); asked != "" {
			f.Hint = fmt.Sprintf("expect something of `%s` in a test.", asked)
		}
		return f
	}
	f.Hint = "expect it in a test:"
	f.Example = fmt.Sprintf("expect { that = %s.%s }", d.name, out)
	return f
}

// outputOver is an output of an instance in the flow that follows a thing inside, as
// a test asks for it: `garden["beans"].open`. It is "" if there is none.
func (c *checker) outputOver(d *decl) string {
	i := d.inside
	if i.d.inside != nil {
		return "" // a test sees only what stands in the flow itself
	}
	for _, name := range slices.Sorted(maps.Keys(i.outputs)) {
		if !c.mentions(i.outputs[name], d) {
			continue
		}
		if i.key != "" {
			return fmt.Sprintf("%s[%q].%s", i.d.name, i.key, name)
		}
		return i.d.name + "." + name
	}
	return ""
}
