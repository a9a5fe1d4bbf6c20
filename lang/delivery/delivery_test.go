package delivery_test

import (
	"strings"
	"testing"

	"flowc/lang/catalog"
	"flowc/lang/check"
	"flowc/lang/delivery"
	"flowc/lang/syntax"
	"flowc/lang/typed"
)

const around = `
mqtt home {
  url = "tcp://192.168.1.10:1883"
}

mqtt hasty {
  url            = "tcp://192.168.1.11:1883"
  session_expiry = 0.s
}

button door {
  pin = 17
}

mqtt_in soil {
  via   = home
  topic = "garden/soil"
  json  = { moisture = pct }
}

mqtt_in bed {
  via   = home
  topic = "garden/{bed}/soil"
  json  = { moisture = pct }
}

mqtt_in quick {
  via   = home
  topic = "garden/quick"
  qos   = 0
  json  = { moisture = pct }
}

mqtt_in gone {
  via   = hasty
  topic = "garden/gone"
  json  = { moisture = pct }
}

mqtt_in crowd {
  via     = home
  topic   = "garden/crowd"
  on_full = drop_oldest
  json    = { moisture = pct }
}

dry = hysteresis(soil.moisture, { on_below = 30.pct, off_above = 45.pct })

http_call ask {
  url  = "https://example.org"
  when = soil
}
`

// TestPaths: how sure what makes an mqtt_out act is, and what it says of it.
func TestPaths(t *testing.T) {
	for _, c := range []struct{ when, want string }{
		{"soil", "soil at least once; 64"},
		{"where(soil, soil.moisture > 1.pct)", "soil at least once; 64"},
		{"merge(soil, quick)", "soil at least once; 64 | quick best effort: `qos = 0` of quick"},
		{"gone", "gone best effort: `session_expiry = 0.s` of hasty"},
		{"crowd", "crowd at least once; 64 let go"},
		{"door.pressed", "door.pressed best effort: `door.pressed` does not come again"},
		{"merge(door.pressed, first(every(5.s)))", "door.pressed best effort: `door.pressed` does not come again | every(5.s) best effort: `every(5.s)` does not come again"},
		{"every(5.s)", "every(5.s) best effort: `every(5.s)` does not come again"},
		{"rises(dry)", "rises(dry) best effort: `rises(dry)` looks at a value"},
		{"falls(dry)", "falls(dry) best effort: `falls(dry)` looks at a value"},
		{"sample(soil.moisture, 1.min)", "sample(soil.moisture, 1.min) best effort: `sample(soil.moisture, 1.min)` looks at a value"},
		{"at(soil, dry ? 1 : 0)", "soil at least once; 64"},
		{"merged(bed)", "bed at least once; 64"},
		{"until(soil, door.pressed)", "soil at least once; 64"},
		{"distinct(soil.moisture)", "soil at least once; 64"},
		{"throttle(soil, 1.s)", "soil at least once; 64"},
		{"average(soil.moisture, 5)", "soil at least once; 64"},
		{"skip(soil, 3)", "soil best effort: `skip` may take a repetition"},
		{"delay(soil, 1.s)", "soil best effort: `delay` keeps it in memory"},
		{"debounce(soil, 1.s)", "soil best effort: `debounce` keeps it in memory"},
		{"throttle_last(soil, 1.s)", "soil best effort: `throttle_last` keeps it in memory"},
		{"spread(soil, 1.s)", "soil best effort: `spread` keeps it in memory"},
		{"window(soil, { every = 5.min })", "soil best effort: `window` keeps it in memory"},
		{"batch(soil, 5, 1.min)", "soil best effort: `batch` keeps it in memory"},
		{"pair(soil, door.pressed, 1.s)", "soil best effort: `pair` keeps it in memory | door.pressed best effort: `door.pressed` does not come again"},
		{"silent(soil, 1.h)", "silent(soil, 1.h) best effort: `silent(soil, 1.h)` does not come again"},
		{"heartbeat(soil, 1.min)", "heartbeat(soil, 1.min) best effort: `heartbeat(soil, 1.min)` does not come again | soil at least once; 64"},
		{"ask", "ask best effort: `ask` does not come again"},
		{"ask.failed", "ask.failed best effort: `ask.failed` does not come again"},
		{"soil.faults", "soil.faults best effort: `soil.faults` does not come again"},
	} {
		if got := say(t, c.when); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.when, got, c.want)
		}
	}
}

// A flow that bears a loss says so: the source waits for nothing, and a buffer keeps what
// it has without being first.
func TestBestEffort(t *testing.T) {
	for _, c := range []struct{ settings, want string }{
		{"delivery = best_effort", "because: `delivery = best_effort` of report: a loss can be borne; acknowledged: at once, and nobody waits for `report`; " +
			"a kill or a power cut: loses all that has not arrived yet"},
		{"delivery = best_effort\n  buffer = { keep = 24.h, on = disk }", "because: `delivery = best_effort` of report: a loss can be borne; " +
			"acknowledged: at once, and nobody waits for `report`; a kill or a power cut: loses what has not arrived and is not on the disk yet; " +
			"let go: what `keep = 24.h` of report leaves out, which is counted"},
	} {
		program := checked(t, around+"\nmqtt_out report {\n  via = home\n  topic = \"out\"\n  send = soil\n  "+c.settings+"\n}\n")
		for _, p := range delivery.New(program.Things, program.Persist).All() {
			if p.Sink.Name != "report" {
				continue
			}
			var list []string
			for _, r := range p.Rows() {
				list = append(list, r.Word+": "+r.Text)
			}
			if got := strings.Join(list, "; "); got != c.want || p.First || p.Class != delivery.BestEffort {
				t.Errorf("%s: %s, first %v\nwant %s", c.settings, got, p.First, c.want)
			}
		}
	}
}

// say tells of the ways to an mqtt_out with a `when`: origin, class, first cause, how
// many may arrive twice.
func say(t *testing.T, when string) string {
	t.Helper()
	src := around + "\nmqtt_out report {\n  via   = home\n  topic = \"out\"\n  send  = \"x\"\n  when  = " + when + "\n}\n"
	program := checked(t, src)
	var list []string
	for _, path := range delivery.New(program.Things, program.Persist).All() {
		if path.Sink.Name != "report" {
			continue
		}
		text := path.Origin.Name() + " " + path.Class.String()
		if path.Class == delivery.BestEffort {
			cause, _, _ := strings.Cut(path.Causes[0].String(), ":")
			for _, end := range []string{", which", ", and", " for ", " for one"} {
				cause, _, _ = strings.Cut(cause, end)
			}
			text += ": " + cause
		}
		for _, r := range path.Rows() {
			if _, n, ok := strings.Cut(r.Text, "; up to "); ok && r.Word != "acknowledged" {
				text += "; " + strings.Fields(n)[0]
			}
			if r.Word == "let go" {
				text += " let go"
			}
		}
		list = append(list, text)
	}
	return strings.Join(list, " | ")
}

func checked(t *testing.T, src string) *typed.Program {
	t.Helper()
	p, found := syntax.Parse("flow", map[string][]byte{"flow.hcl": []byte(src)})
	program, more := check.Check(p, catalog.Load())
	if program == nil {
		for _, d := range append(found, more...) {
			t.Errorf("%s %s %s", d.Code, d.Summary, d.Subject.Label)
		}
		t.Fatalf("does not check:\n%s", src)
	}
	return program
}
