package rate_test

import (
	"testing"

	"flowc/lang/catalog"
	"flowc/lang/check"
	"flowc/lang/rate"
	"flowc/lang/syntax"
	"flowc/lang/typed"
)

// TestRates: each equation's rate, as the catalogue declares what operators and kinds
// do to one.
func TestRates(t *testing.T) {
	for _, c := range []struct{ expression, want string }{
		{"every(30.s)", "every 30 s"},
		{"every(5.ms)", "200 a second"},
		{`daily("07:00", { zone = "Europe/Berlin" })`, "at most 1 a day"},
		{"startup()", "once"},
		{"sample(door.down, 10.s)", "every 10 s"},
		{"door.pressed", "at most 33.3 a second"},
		{"door.long_pressed", "at most 1.25 a second"},
		{"where(door.pressed, door.down)", "at most 33.3 a second"},
		{"toggle(door.pressed)", "at most 33.3 a second"},
		{"merge(door.pressed, door.released)", "at most 66.7 a second"},
		{"merge(every(10.s), every(10.s))", "every 5 s"},
		{"throttle(soil, 1.min)", "at most 1 a minute"},
		{"throttle(every(2.min), 1.min)", "at most 30 an hour"},
		{"debounce(door.pressed, 500.ms)", "at most 2 a second"},
		{"soil.moisture", "any rate"},
		{"soil.moisture * 2", "any rate"},
		{"average(soil.moisture, 10.min)", "any rate"},
		{"count(every(1.h))", "every 1 h"},
		{"delay(every(1.h), 5.s)", "every 1 h"},
		{"pulse(every(1.h), 5.s)", "at most 2 an hour"},
		{"door.down && tank.on", "at most 53.3 a second"},
		{"window(soil, { every = 5.min })", "at most 12 an hour"},
		{"window(soil, { count = 5 })", "any rate"},
		{"first(soil)", "once"},
		{"previous(tank.on, off)", "at most 20 a second"},
		{"any_of(bed.moisture > 30.pct)", "any rate"},
		{`bed["north"].moisture`, "any rate"},
		{"any_of(throttle(bed.moisture, 1.h) > 30.pct)", "at most 4 an hour"},
		{"at(every(1.min), tank.on)", "every 1 min"},
		{"lamp.on", "at most 33.3 a second"},
		{"slow.moisture < 30.pct && tank.on", "at most 10 a minute"},
		{"dry_lamp.on", "at most 20.3 a second"},
		{"slow_lamp.on", "at most 10 a minute"},
		{"report.sent", "at most 1 a minute"},
		{"slow", "at most 10 a minute"},
		{"throttle(slow, 1.h)", "at most 1 an hour"},
		{"slow_bed", "at most 2 a second"},
		{`slow_bed["north"]`, "at most 2 a second"},
		{"merged(slow_bed)", "at most 2 a second"},
		{"any_of(slow_bed.moisture > 30.pct)", "at most 2 a second"},
		{"any_of(throttle(slow_bed.moisture, 4.s) > 30.pct)", "at most 1 a second"},
		{"any_of(throttle(slow_bed.moisture, 1.s) > 30.pct)", "at most 2 a second"},
		{"any_of(slow_bed.moisture > slow.moisture && tank.on)", "at most 88.7 a second"},
		{"any_of(slow_bed.moisture > slow.moisture)", "at most 8.67 a second"},
	} {
		if got := rateOf(t, c.expression); got != c.want {
			t.Errorf("%s: %s, want %s", c.expression, got, c.want)
		}
	}
}

const around = `
mqtt home {
  url = "tcp://192.168.1.10:1883"
}

enum side {
  values = [north, south, east, west]
}

button door {
  pin = 17
}

gpio_in tank {
  pin      = 27
  pull     = up
  debounce = 50.ms
}

mqtt_in soil {
  via   = home
  topic = "soil"
  json  = { moisture = pct }
  stale = 1.h
}

mqtt_in bed {
  via   = home
  topic = "beds/{side}"
  json  = { moisture = pct }
  keys  = { side = side }
  stale = 1.h
}

mqtt_in slow {
  via      = home
  topic    = "slow"
  json     = { moisture = pct }
  max_rate = 10 / 1.min
  stale    = 1.h
}

mqtt_in slow_bed {
  via      = home
  topic    = "slow_beds/{side}"
  json     = { moisture = pct }
  keys     = { side = side }
  max_rate = 2.Hz
  stale    = 1.h
}

led lamp {
  pin = 18
  on  = toggle(door.pressed)
}

dry = slow.moisture < 30.pct && tank.on

led dry_lamp {
  pin = 22
  on  = dry || slow.moisture < 10.pct
}

led slow_lamp {
  pin = 23
  on  = slow.moisture < 30.pct
}

mqtt_out report {
  via   = home
  topic = "report"
  send  = "here"
  when  = every(1.min)
}

`

func rateOf(t *testing.T, expression string) string {
	t.Helper()
	p, found := syntax.Parse("flow", map[string][]byte{"flow.hcl": []byte(around + "x = " + expression + "\n")})
	program, more := check.Check(p, catalog.Load())
	if program == nil {
		for _, d := range append(found, more...) {
			t.Log(d.Code, d.Summary)
		}
		t.Fatalf("%s does not check", expression)
	}
	table := rate.New(program.Things, program.Enums)
	for _, d := range program.Order {
		if eq, ok := d.(*typed.Equation); ok && eq.Name == "x" {
			return table.Of(eq.X).String()
		}
	}
	t.Fatalf("%s is no equation", expression)
	return ""
}
