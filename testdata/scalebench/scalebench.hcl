# Many keys and many timers: each bed has a staleness, two delays and a hysteresis of
# its own.

mqtt home {
  url = "tcp://localhost:1883"
}

mqtt_in soil {
  via      = home
  topic    = "garden/{bed}/soil"
  json     = { moisture = pct }
  stale    = 2.h
  max_keys = 10000
}

dry     = hysteresis(soil.moisture, { on_below = 30.pct, off_above = 45.pct })
thirsty = on_delay(dry, 10.min)
lasting = off_delay(thirsty, 5.min)

led lamp {
  pin = 18
  on  = any_of(lasting)
}
