# Something of everything that keeps things for a while: keys that come and go, windows,
# delays, timers, messages on their way, and what is stored.

program {
  edition = 1
  persist = { file = "state.db", every = 5.s }
}

setting source {
  type = string
}

setting sink {
  type = string
}

mqtt here {
  url       = source
  client_id = "soak-in"
}

mqtt there {
  url       = sink
  client_id = "soak-out"
}

mqtt_in soil {
  via          = here
  topic        = "in/{bed}"
  json         = { id = int, moisture = pct }
  stale        = 500.ms
  max_keys     = 128
  forget_after = 1.s
}

smooth = average(soil.moisture, 500.ms)
dry    = hysteresis(smooth, { on_below = 30.pct, off_above = 45.pct })
long   = on_delay(dry, 200.ms)
wet    = off_delay(long, 100.ms)

mqtt_out copy {
  via   = there
  topic = "out/${soil.bed}"
  send  = { id = soil.id, moisture = soil.moisture }
}

mqtt_out averages {
  via   = there
  topic = "mean/${soil.bed}"
  send  = smooth
  when  = throttle(soil, 250.ms)
}

mqtt_out later {
  via   = there
  topic = "later/${soil.bed}"
  send  = { id = soil.id }
  when  = delay(soil, 300.ms)
}

relay pump {
  pin    = 22
  on     = any_of(wet)
  max_on = 1.s
  rest   = 500.ms
  safe   = off
}
