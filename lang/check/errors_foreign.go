package check

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/fn"
)

// settingWords are names that settings have elsewhere, with theirs here: the first that
// a block has.
var settingWords = map[string][]string{
	"zone": {"timezone"}, "tz": {"timezone"}, "time_zone": {"timezone"}, "lat": {"latitude"}, "lon": {"longitude"},
	"lng": {"longitude"}, "long": {"longitude"}, "members": {"values"}, "options": {"values"}, "initial": {"start"},
	"init": {"start"}, "topics": {"topic"}, "username": {"user"}, "gpio": {"pin"}, "port": {}, "state": {"on"}, "value": {"on", "send", "show"},
	"interval": {"every"}, "period": {"every"}, "poll": {"every"}, "broker": {"via"}, "connection": {"via"}, "server": {"via"}, "client": {"via"},
	"timeout": {"stale", "timeout"}, "expire_after": {"stale"}, "message": {"send", "show"}, "msg": {"send", "show"}, "text": {"show"},
	"schema": {"json"}, "format": {"json"}, "parse": {"json"}, "args": {"params"}, "parameters": {"params"}, "inputs": {"params"},
	"return": {"result"}, "max_time": {"max_on"}, "max_runtime": {"max_on"}, "invert": {"active_low"}, "inverted": {"active_low"},
	"transitions": {"on"}, "condition": {"that"}, "expect": {"that"}, "method": {}, "host": {},
	"payload": {"send", "body", "json"}, "path": {"file"}, "filename": {"file"}, "query": {"sql"}, "statement": {"sql"}, "db": {"from"},
	"database": {"from"}, "table": {"into"}, "values": {"row"}, "record": {"row"}, "columns": {"row"}, "data": {"send", "body", "row"},
	"on": {"when", "start"}, "trigger": {"when", "start"}, "duration": {"for"}, "of": {"never_both"}, "actuators": {"never_both"},
	"cooldown": {"rest"}, "min_off": {"rest"}, "response": {"reply"}, "timestamp": {"time"},
}

// delayWords are settings that let something go on or off later, with the operator that
// does it here.
var delayWords = map[string]string{
	"delay_off": "off_delay", "delayed_off": "off_delay", "off_delay": "off_delay", "auto_off": "off_delay", "off_after": "off_delay",
	"delay_on": "on_delay", "delayed_on": "on_delay", "on_delay": "on_delay",
}

// delaySetting tells of `delay_off = 5.min`, which is part of what switches.
func (c *checker) delaySetting(f *diag.Diagnostic, a *syntax.Attr, d *decl) bool {
	op, on := delayWords[a.Name], d.block.Attr("on")
	if op == "" || on == nil || settingField(d.kind, "on") == nil {
		return false
	}
	wait := c.src(a.Expr.Range())
	if m := numberWithUnit.FindStringSubmatch(strings.Trim(wait, `"`)); m != nil {
		unit := m[2]
		if word := unitWords[unit]; word != "" {
			unit = word
		}
		wait = m[1] + "." + unit
	} else if looksNumeric(wait) {
		wait += ".s"
	}
	right := fmt.Sprintf("%s(%s, %s)", op, c.src(on.Expr.Range()), wait)
	f.Hint = "when it goes off is part of what switches it:"
	if op == "on_delay" {
		f.Hint = "when it goes on is part of what switches it:"
	}
	f.Example = "on = " + right
	f.Fix = []diag.Edit{{Range: on.Expr.Range(), Text: right}, {Range: c.lineOf(a.Range)}}
	return true
}

// otherWord is what a setting called name is called in a block with these names, "" where
// nothing is known.
func otherWord(name string, names []string) string {
	for _, word := range settingWords[name] {
		if contains(names, word) {
			return word
		}
	}
	return ""
}

// renamedSetting tells that a setting has another name here, by what it is called
// elsewhere or by how it is written.
func renamedSetting(f *diag.Diagnostic, a *syntax.Attr, names []string) bool {
	if word := otherWord(a.Name, names); word != "" {
		f.Hint = fmt.Sprintf("here it is called `%s`.", word)
		replace(f, a.NameRange, word)
		return true
	}
	if _, known := settingWords[a.Name]; known {
		return false
	}
	return didYouMean(f, a.Name, names, a.NameRange)
}

// meant reports whether one of the settings that a block does not have was probably
// meant to be this one: then it is not missing.
func meant(b *syntax.Block, name string, names []string) bool {
	for _, a := range b.Attrs {
		if contains(names, a.Name) {
			continue
		}
		if name == "url" && (addressWords[a.Name] || verbOf(a, names) != "") || name == "via" && a.Name == "url" {
			return true
		}
		if near := catalog.Nearest(a.Name, names); otherWord(a.Name, names) == name || len(near) == 1 && near[0] == name && settingWords[a.Name] == nil {
			return true
		}
	}
	return false
}

// pathByKind tells of `mqtt_in.soil.moisture` and `setting.broker`: names stand alone.
func (c *checker) pathByKind(f *diag.Diagnostic, e *hclsyntax.ScopeTraversalExpr) bool {
	if len(e.Traversal) < 2 {
		return false
	}
	root := e.Traversal.RootName()
	second, ok := e.Traversal[1].(hcl.TraverseAttr)
	if !ok || c.catalog.Kind(root) == nil && !contains(languageBlocks, root) && !contains([]string{"var", "local", "data", "node", "flow", "global"}, root) {
		return false
	}
	d := c.lookup(second.Name)
	f.Subject.Label = fmt.Sprintf("a name stands alone, without `%s.`", root)
	if d == nil {
		f.Hint = "write the name by itself, as it is declared."
		return true
	}
	c.use(d, "", nil)
	also(f, d.at, "it is declared here")
	whole := c.text(e.Range())
	right := strings.TrimPrefix(whole, root+".")
	f.Hint = fmt.Sprintf("write `%s`.", right)
	if right != whole {
		replace(f, e.Range(), right)
	}
	return true
}

// messageWord tells of `msg.payload`: a message has the name of what it comes from.
func (c *checker) messageWord(f *diag.Diagnostic, root string) bool {
	if root != "msg" && root != "payload" && root != "message" && root != "event" && root != "trigger" {
		return false
	}
	sources := c.names(func(d *decl) bool {
		return d.sort == sortThing && d.kind != nil && fieldOfRole(d.kind, catalog.RoleSelf) != nil
	})
	f.Hint = "a message is read by the name of what it comes from; that is the payload itself."
	if len(sources) > 0 {
		f.Hint = fmt.Sprintf("a message is read by the name of what it comes from, which is the payload itself: %s.", listed(sources))
	}
	return true
}

var pinWord = regexp.MustCompile(`^(?i:gpio|bcm|pin|io)[_ ]?(\d{1,2})$`)

// pinNumber tells of `GPIO17`, as a text or a name, where a number is needed.
func pinNumber(f *diag.Diagnostic, text string, r rangeT) bool {
	m := pinWord.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	f.Hint = fmt.Sprintf("a pin is written as its number: `%s`.", m[1])
	replace(f, r, m[1])
	return true
}

var numberWithUnit = regexp.MustCompile(`^\s*(-?\d+(?:\.\d+)?)\s*(\p{L}+|%|°[CF])\s*$`)

// unitWords are units as people write them in texts.
var unitWords = map[string]string{
	"%": "pct", "°C": "C", "°F": "F", "sec": "s", "secs": "s", "second": "s", "seconds": "s", "m": "min", "mins": "min", "minute": "min",
	"minutes": "min", "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "day": "d", "days": "d",
}

// unitText tells of `"2h"` and `"21 °C"`, where a number with a unit is needed.
func unitText(f *diag.Diagnostic, x typed.Expr, want *types.Type) bool {
	k, ok := constant(x)
	if !ok || !want.Is(types.Duration, types.Quantity) {
		return false
	}
	m := numberWithUnit.FindStringSubmatch(fmt.Sprint(k.V))
	if m == nil {
		return false
	}
	name := m[2]
	if word := unitWords[name]; word != "" && (name != "m" || want.Kind == types.Duration) {
		name = word
	}
	t := unitType(name)
	if t == nil || t.Kind != want.Kind || t.Kind == types.Quantity && t.Unit.Dim != want.Unit.Dim {
		return false
	}
	f.Hint = fmt.Sprintf("a unit is joined to its number, without quotes: `%s.%s`.", m[1], name)
	replace(f, x.Base().Range, m[1]+"."+name)
	return true
}

// everySetting is the `when` of a sink that people give an interval: "" for others.
func everySetting(a *syntax.Attr, names []string) string {
	if a.Name != "every" && a.Name != "interval" || !contains(names, "when") || contains(names, "every") {
		return ""
	}
	return "every(5.min)"
}

// kindWords are kinds of other tools, with what to take here.
var kindWords = map[string]string{
	"gpio":          "what drives a pin says what it is: `led`, `relay`, `pump`, `valve`, `gpio_out` …; what reads one: `button`, `contact`, `motion`, `gpio_in`.",
	"output":        "what drives a pin says what it is: `led`, `relay`, `pump`, `valve`, `gpio_out` …",
	"input":         "what reads a pin says what it is: `button`, `contact`, `motion`, `gpio_in`.",
	"sensor":        "a sensor that speaks MQTT is an `mqtt_in`, one with a web page an `http_get`; a contact or a motion detector on a pin is a `contact` or `motion`.",
	"mqtt_sensor":   "messages come in by `mqtt_in`.",
	"binary_sensor": "a contact or a motion detector on a pin is a `contact` or `motion`; messages come in by `mqtt_in`.",
	"mqtt_broker":   "the connection to a broker is an `mqtt`.",
	"broker":        "the connection to a broker is an `mqtt`.",
	"subscribe":     "messages come in by `mqtt_in`.",
	"publish":       "messages go out by `mqtt_out`.",
	"timer":         "times are expressions: `every(5.min)`, `daily(\"07:00\")`, `off_delay(x, 5.min)`.",
	"schedule":      "times are expressions: `every(5.min)`, `daily(\"07:00\")`, `cron(\"…\")`.",
	"cron":          "times are expressions: `every(5.min)`, `daily(\"07:00\")`, `cron(\"…\")`.",
	"inject":        "times are expressions: `every(5.min)`, `daily(\"07:00\")`, `startup()`.",
	"automation":    "a rule is an expression: `on = condition` in what it switches, or a `state` where it remembers.",
	"rule":          "a rule is an expression: `on = condition` in what it switches, or a `state` where it remembers.",
	"variable":      "write just `name = value`, at the top of the file; what changes is a `state`.",
	"variables":     "write just `name = value`, at the top of the file; what changes is a `state`.",
	"locals":        "write just `name = value`, at the top of the file.",
	"provider":      "a connection is a thing: `mqtt`, `http`, `sqlite`.",
}

// onOffChoice tells of `condition ? "on" : "off"`, which is the condition itself.
func onOffChoice(f *diag.Diagnostic, x typed.Expr) bool {
	choice, ok := x.(*typed.Cond)
	if !ok {
		return false
	}
	a, isA := constant(choice.A)
	b, isB := constant(choice.B)
	if !isA || !isB {
		return false
	}
	cond := choice.C.Base().Text
	switch fmt.Sprint(a.V, " ", b.V) {
	case "on off", "ON OFF", "1 0", "true false":
	case "off on", "OFF ON", "0 1", "false true":
		cond = "!(" + cond + ")"
	default:
		return false
	}
	f.Hint = fmt.Sprintf("the condition is on or off by itself: write `%s`.", cond)
	replace(f, x.Base().Range, cond)
	return true
}

// hintSchedule offers the schedule of a time that stands where something must happen.
func hintSchedule(f *diag.Diagnostic, x typed.Expr) {
	k, ok := constant(x)
	if !ok {
		return
	}
	text, isText := k.V.(string)
	fields := len(strings.Fields(text))
	right := ""
	switch _, err := fn.ReadTimeOfDay(text); {
	case k.Type.Kind == types.Duration:
		right = "every(" + k.Text + ")"
	case isText && err == nil:
		right = "daily(" + k.Text + ")"
	case isText && fields == 5:
		right = "cron(" + k.Text + ")"
	default:
		return
	}
	f.Hint = fmt.Sprintf("write `%s`.", right)
	replace(f, k.Range, right)
}

// hintClock tells how a moment is compared with a time of day: `now() > "22:00"`.
func hintClock(f *diag.Diagnostic, op string, l, r typed.Expr) bool {
	k, ok := constant(r)
	if !ok || l.Base().Type.Kind != types.Time || k.Type.Kind != types.String {
		return false
	}
	if _, err := fn.ReadTimeOfDay(fmt.Sprint(k.V)); err != nil {
		return false
	}
	right := fmt.Sprintf("between(%s, \"00:00\")", k.Text)
	if strings.HasPrefix(op, "<") {
		right = fmt.Sprintf("between(\"00:00\", %s)", k.Text)
	}
	f.Hint = fmt.Sprintf("a stretch of the day has two ends, here one at midnight: `%s`.", right)
	replace(f, spanOf(l, r), right)
	return true
}

// momentText tells how a moment is written: there is no literal for one.
func momentText(f *diag.Diagnostic, x typed.Expr, want *types.Type) bool {
	k, ok := constant(x)
	if !ok || want.Kind != types.Time {
		return false
	}
	text, _ := k.V.(string)
	for layout, write := range map[string]string{
		"2006-01-02 15:04": "yyyy-MM-dd HH:mm", "2006-01-02 15:04:05": "yyyy-MM-dd HH:mm:ss", "2006-01-02": "yyyy-MM-dd",
	} {
		if _, err := time.Parse(layout, text); err == nil {
			right := fmt.Sprintf("parse_time(%q, %q)", text, write)
			f.Hint = fmt.Sprintf("a moment is read from a text: `%s`. What it is now is `now()`.", right)
			replace(f, k.Range, right)
			return true
		}
	}
	return false
}
