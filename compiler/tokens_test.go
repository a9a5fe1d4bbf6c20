package compiler

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"flowc/lang/catalog"
	"flowc/lang/typed"
)

// lawFlow has sources whose payload makes the flow's own Go panic when it is 6: more
// than twice within a minute, and the equation is quarantined.
const lawFlow = `site {
  latitude  = 52.5
  longitude = 13.4
  timezone  = "Europe/Berlin"
}

mqtt home {
  url = "tcp://192.168.1.10:1883"
}

mqtt_in u_in {
  via   = home
  topic = "u"
  text  = number
  stale = 1.min
}

mqtt_in z {
  via          = home
  topic        = "z/{bed}"
  text         = number
  stale        = 1.min
  forget_after = 5.min
  max_keys     = 3
}

mqtt_in c_in {
  via   = home
  topic = "c"
  text  = number
  kind  = command
}

mqtt_in when {
  via   = home
  topic = "t"
  json  = { at = epoch(s), n = number }

  event_time = at
  lateness   = 1.min
}

button door {
  pin = 17
}

contact gate {
  pin = 5
}

u = go::boom(u_in)
c = go::boom(c_in)

`

const lawGo = `// Package own breaks down at will.
package own

// Boom is x, unless that is 6.
func Boom(x float64) float64 {
	if x == 6 {
		panic("boom")
	}
	return x
}
`

// lawForms has a use of every operator, by what it gives: e happens, v is a number, s
// a switch.
var lawForms = map[string][]string{
	"e": {
		"at(c, latest(u))", "average(u, 10.s)", "average(u, 3)", "batch(c, 3, 20.s)", "becomes(latest(c, 0), 3)", "changes(latest(c, 0))",
		`cron("*/5 * * * *")`, "crosses(latest(c, 0), 3)", `daily("12:05")`, "deadband(u, 2)", "debounce(c, 5.s)", "dedupe(c, c, 1.min)", "delay(c, 7.s)",
		"distinct(c)", "distinct(c, c % 2)", "ema(u, 10.s)", "every(13.s)", "falls(gate.open)", "first(c)", "heartbeat(c, 20.s)", "highest_over(u, 10.s)",
		"highest_over(u, 3)", "history(u, 10.s)", "lowest_over(u, 10.s)", "lowest_over(u, 3)", "median(u, 10.s)", "median(u, 3)", "merge(c, u, c)", "merged(z)",
		`monthly(1, "12:10")`, "once_a_day(c)", "outliers(u, 4)", "pair(c, u, 10.s)", "rate(u)", "rises(gate.open)", "sample(latest(c, 0), 11.s)", "shutdown()",
		"silent(c, 30.s)", "skip(c, 2)", "slope(u, 1.min)", "split(at(c, [1, 2, 3]))", "spread(c, 4.s)", "startup()", "sunrise()", "sunset(-30.min)",
		"take(c, 3)", "throttle(c, 5.s)", "throttle_last(c, 5.s)", "until(c, door.pressed)", `weekly("mon", "12:20")`, "when_at(when.at)",
		"window(c, { every = 1.min })", "window(c, { size = 2.min, every = 1.min })", "window(c, { gap = 10.s, max = 40.s })", "window(c, { count = 3 })",
		"window(when, { every = 1.min })", "delay(merge(delay(c, 2.s), u), 3.s)", "debounce(window(c, { count = 2 }), 1.s)", "spread(split(batch(c, 4, 9.s)), 2.s)",
	},
	"v": {
		"average(latest(c, 0), 10.s)", "count(c)", "count_of(latest(z) > 2)", "daily_total(c)", "deadband(latest(c, 0), 2)", "delay(latest(c, 0), 6.s)", "highest(latest(z))",
		"highest_over(latest(c, 0), 10.s)", "integral(latest(c, 0))", "latest(c)", "latest(c, 0)", "latest(u)", "latest(u, 0)", "lowest(latest(z))",
		"lowest_over(latest(c, 0), 10.s)", "mean_of(latest(z))", "outliers(latest(c, 0), 2, 6.s)", "pid(latest(c, 0), 3, { p = 1, range = [0, 10] })", "previous(latest(c, 0), 0)", "previous(c, 0)",
		"priority(latest(u), latest(c, 0))", "ramp(latest(c, 0), 1.Hz)", "sum(c)", "sum(at(c, 1))", "sum(at(c, 5.s)) / 1.s", "sum_of(latest(z))", "sun.azimuth / 1.deg",
		"sun.elevation / 1.deg", "ema(latest(c, 0), 10.s)", "median(latest(c, 0), 10.s)", "rate(latest(c, 0))", "slope(latest(c, 0), 1.min)", "length(history(latest(c, 0), 10.s))",
	},
	"s": {
		"all_of(z > 2)", "any_of(z > 2)", `between("12:01", "12:03")`, "blink(gate.open, 2.s, 3.s)", "delay(gate.open, 3.s)", "duty(50.pct, 10.s)",
		"hysteresis(u, { on_below = 2, off_above = 4 })", "latch(c, door.pressed)", "min_on(gate.open, 5.s)", "off_delay(gate.open, 5.s)", "on_delay(gate.open, 5.s)",
		"on_time(gate.open) > 7.s", "pulse(c, 4.s)", "reached(when.at)", "since(c) > 5.s", "ready(stale(u, 20.s))", "stale_for(u) > 10.s", "sun.down", "sun.up",
		"thermostat(latest(c, 0), 3, { band = 1 })", "toggle(c)",
	},
}

// lawText is the flow with everything, each with a message for whatever it tells.
func lawText() string {
	var b strings.Builder
	b.WriteString(lawFlow)
	n := 0
	for _, sort := range []string{"e", "v", "s"} {
		for _, x := range lawForms[sort] {
			n++
			when := fmt.Sprintf("x%d", n)
			fmt.Fprintf(&b, "x%d = %s\n", n, x)
			switch sort {
			case "v":
				when = fmt.Sprintf("changes(x%d)", n)
			case "s":
				when = fmt.Sprintf("merge(rises(x%d), falls(x%d))", n, n)
			}
			fmt.Fprintf(&b, "\nmqtt_out o%d {\n  via   = home\n  topic = \"o/%d\"\n  send  = \"x\"\n  when  = %s\n}\n\n", n, n, when)
		}
	}
	return b.String()
}

// lawScript is a random timeline; after each of its lines the law must hold.
func lawScript(r *rand.Rand, lines int) string {
	var b strings.Builder
	for range lines {
		switch r.IntN(14) {
		case 0, 1, 2:
			fmt.Fprintf(&b, "pub c %d\n", r.IntN(7))
		case 3, 4:
			fmt.Fprintf(&b, "pub u %d\n", r.IntN(7))
		case 5, 6:
			fmt.Fprintf(&b, "pub z/%s %d\n", "abcd"[r.IntN(4):][:1], r.IntN(9))
		case 7:
			fmt.Fprintf(&b, "pub t {\"at\": %d, \"n\": 1}\n", 1780315200+r.IntN(3600))
		case 8:
			fmt.Fprintf(&b, "%s\n", []string{"pub u wet", "pub c wet", "pub z/a wet", "pub t {", "retained c 3", "retained u 4"}[r.IntN(6)])
		case 9:
			fmt.Fprintf(&b, "%s\n", []string{"disconnect", "connect", "connect", "set gate.pin 0", "set gate.pin 1", "press door"}[r.IntN(6)])
		case 10:
			fmt.Fprintf(&b, "fail o%d \"no\"\n", 1+r.IntN(len(lawForms["e"])))
		default:
			fmt.Fprintf(&b, "advance %s\n", []string{"1ms", "500ms", "1s", "3s", "7s", "1min", "6min"}[r.IntN(7)])
		}
		b.WriteString("counters\n")
	}
	b.WriteString("connect\nadvance 26h\ncounters\n")
	return b.String()
}

var counterLine = regexp.MustCompile(`^(\w+): accepted (\d+) = delivered (\d+) \+ dropped (\d+) \+ dead (\d+) \+ handed (\d+) \+ in flight (\d+)(  BROKEN)?$`)

// lawBreaks says how a run broke the law: at any moment the sums must be right, and at
// the end, when all has been quiet for a day, each source must have accepted as many as
// were sent to it, and nothing may be in flight.
func lawBreaks(output string) []string {
	var found []string
	sent := map[string]int{}
	topics := map[string]string{"u": "u_in", "c": "c_in", "z": "z", "t": "when"}
	last := map[string][]string{}
	lines := strings.Split(output, "\n")
	for i, line := range lines {
		words := strings.Fields(line)
		if len(words) > 2 && words[0] == ">" && (words[1] == "pub" || words[1] == "retained") && !strings.HasPrefix(lines[i+1], "? ") {
			topic, _, _ := strings.Cut(words[2], "/")
			sent[topics[topic]]++
		}
		m := counterLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		last[m[1]] = m
		if m[8] != "" {
			found = append(found, line)
		}
	}
	for _, m := range last {
		if n, _ := strconv.Atoi(m[2]); sent[m[1]] > 0 && n != sent[m[1]] {
			found = append(found, fmt.Sprintf("%d were sent: %s", sent[m[1]], m[0]))
		}
		if m[7] != "0" {
			found = append(found, "at the end: "+m[0])
		}
	}
	if len(last) == 0 {
		found = append(found, "nothing was counted")
	}
	return found
}

// TestEveryOperatorKeepsTheLaw plays random timelines with losses of the connection,
// broken payloads, refusals and panics on a flow with every operator there is.
func TestEveryOperatorKeepsTheLaw(t *testing.T) {
	c := lawCase(t, "law", lawText(), lawGo)
	seen := map[*catalog.Operator]bool{}
	for _, e := range c.flow.Typed.Equations {
		typed.Visit(e.X, func(x typed.Expr) {
			switch x := x.(type) {
			case *typed.OpCall:
				seen[x.Op] = true
			case *typed.Since:
				seen[x.Of] = true
			}
		})
	}
	for _, op := range c.flow.Typed.Catalog.Operators {
		if !seen[op] {
			t.Errorf("%s (%s) is not tried: give it a line in lawForms", op.Name, op.Type)
		}
	}
	quarantined, handed := 0, 0
	for seed := range uint64(*propertyFlows) {
		c.script = []byte(lawScript(rand.New(rand.NewPCG(seed, 11)), 120))
		got := string(c.output(t, c.program))
		for _, line := range lawBreaks(got) {
			t.Errorf("seed %d: %s", seed, line)
		}
		quarantined += strings.Count(got, "quarantined")
		handed += len(regexp.MustCompile(`handed [1-9]`).FindAllString(got, -1))
	}
	if quarantined == 0 || handed == 0 {
		t.Errorf("%d quarantines, %d handed to memory: too little was tried", quarantined, handed)
	}
}

// lawRun is a flow that plays scripts.
type lawRun struct {
	runCase
	flow    *Flow
	program string
}

func lawCase(t *testing.T, name, flow, own string) *lawRun {
	w := newWorkspace(t)
	c := &lawRun{}
	c.name = name
	c.flow = CheckText(name, map[string][]byte{"flow.hcl": []byte(flow), "go/own.go": []byte(own)})
	if c.flow.Found.HasErrors() {
		t.Fatalf("it does not check:\n%s", rendered(c.flow))
	}
	c.pkg = w.add(t, c.flow)
	c.program = w.buildTogether(t)
	return c
}

// leakGo is a sink that begins what it never ends.
const leakGo = `// Package own forgets what it began.
package own

import "flowc/rt/flow"

// Leak takes everything and tells of nothing.
//
//flow:kind leak
type Leak[T any] struct {
	// Send is what it takes.
	Send flow.Shot[T]
}

// Start does nothing.
func (l *Leak[T]) Start(*flow.Host) error { return nil }

// React does nothing.
func (l *Leak[T]) React(*flow.Host, flow.Wake) {}

// Shoot forgets its effect.
func (l *Leak[T]) Shoot(h *flow.Host) { h.Begin() }

// Stop does nothing.
func (l *Leak[T]) Stop(*flow.Host) {}
`

// TestALeakIsCaught: a token that nobody ends is found by what looks for it above, and
// the program tells where it is.
func TestALeakIsCaught(t *testing.T) {
	c := lawCase(t, "leak", `mqtt home {
  url = "tcp://192.168.1.10:1883"
}

mqtt_in c_in {
  via   = home
  topic = "c"
  kind  = command
  text  = number
}

leak hole {
  send = where(c_in, c_in > 3)
}
`, leakGo)
	c.script = []byte("pub c 1\ncounters\npub c 5\ncounters\nadvance 2min\npub c 2\ncounters\n")
	got := string(c.output(t, c.program))
	breaks := lawBreaks(got)
	if len(breaks) != 1 || !strings.Contains(breaks[0], "at the end: c_in: accepted 3 = delivered 2") {
		t.Errorf("found %q in\n%s", breaks, got)
	}
	if !strings.Contains(got, `warning flow.hcl:12: leak "hole": what "c_in" (flow.hcl:5) started has not finished for 60 s`) {
		t.Errorf("nobody told of it:\n%s", got)
	}
}
