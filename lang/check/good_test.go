package check

import (
	"testing"
)

const buttonLed = `
button door {
  pin = 17
}

led lamp {
  pin = 18
  on  = toggle(door.pressed)
}
`

const greenhouse = `
mqtt home {
  url = "tcp://192.168.1.10:1883"
}

mqtt_in soil {
  via   = home
  topic = "garden/{bed}/soil"
  json  = { moisture = pct, battery = optional(V) }
  stale = 2.h
}

good = where(soil, soil.moisture > 1.pct && default(soil.battery, 3.V) > 2.7.V)
dry  = hysteresis(good.moisture, { on_below = 30.pct, off_above = 45.pct })

relay pump {
  pin    = 22
  on     = any_of(dry)
  max_on = 10.min
  rest   = 30.min
  safe   = off
}
`

func TestGoodFlows(t *testing.T) {
	for name, src := range map[string]string{"button-led": buttonLed, "greenhouse": greenhouse} {
		p, found, sources := checkText(src)
		if len(found) > 0 || p == nil {
			t.Errorf("%s:\n%s", name, render(t, found, sources))
		}
	}
}
