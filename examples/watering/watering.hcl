# Every morning the beds that are dry are watered, one after the other. Rain ends
# it, and so does an empty tank. A power cut does not: the program goes on where
# it was.

program {
  edition = 1
  persist = { file = "watering.db", every = 1.min }
}

site {
  latitude  = 52.52
  longitude = 13.40
  timezone  = "Europe/Berlin"
}

mqtt home {
  url = "tcp://192.168.1.10:1883"
}

# Soil sensors by radio send {"moisture": 23} once an hour.
mqtt_in soil {
  via   = home
  topic = "garden/{bed}/soil"
  json  = { moisture = pct }
  stale = 6.h
}

# Closed while it rains.
contact rain {
  pin = 27
}

# A float in the tank, closed while there is water.
contact water {
  pin = 17
}

# For each bed the pin of its valve, how long its turn is, and below what its
# soil is dry.
beds = {
  tomatoes = { pin = 19, run = 15.min, dry_at = 35.pct }
  beans    = { pin = 26, run = 10.min, dry_at = 30.pct }
  herbs    = { pin = 13, run = 4.min, dry_at = 20.pct }
}

# One bed after the other, for the pump has water for one at a time. Because what
# it remembers is kept, a morning without power is made up for.
sequence watering {
  start  = daily("06:00")
  cancel = rain.closed || water.open

  step bed {
    for_each = beds
    for      = each.run
  }
}

# What each bed has. One whose sensor is silent counts as dry: an empty battery
# must not cost the tomatoes.
component zone {
  inputs = {
    moisture = value(pct)
    dry_at   = pct
    turn     = value(bool)
    pin      = pin
  }
  outputs = {
    open = tap.on
  }

  dry = try(moisture < dry_at, on)

  valve tap {
    pin    = pin
    on     = turn && dry
    max_on = 20.min
    safe   = off
  }
}

zone garden {
  for_each = beds
  moisture = soil[each_key].moisture
  dry_at   = each.dry_at
  turn     = watering.bed[each_key].active
  pin      = each.pin
}

# Never against closed valves.
pump main {
  pin    = 22
  on     = any_of(garden.open)
  max_on = 30.min
  safe   = off
}

invariant "the pump never runs dry" {
  that = !(main.on && water.open)
}

# Told after each watering; how long the pump has run in all says what it has used. A
# report waits on the disk for a broker that is away, for it comes but once.
mqtt_out report {
  via    = home
  topic  = "garden/watering"
  send   = { done = runs.done, broken_off = runs.broken_off, pump = in(on_time(main.on), min) }
  when   = merge(watering.finished, watering.cancelled)
  buffer = { keep = 30.d, on = disk }
}

state runs {
  start = { done = 0, broken_off = 0 }
  on = {
    watering.finished  = with(old, { done = old.done + 1 })
    watering.cancelled = with(old, { broken_off = old.broken_off + 1 })
  }
}
