# Heating for one room: four modes, a panel that chooses among them over MQTT, a
# button for half an hour of warmth, and never with an open window. What was
# chosen survives a restart.

program {
  edition = 1
  persist = { file = "thermostat.db", every = 5.min }
}

site {
  latitude  = 52.52
  longitude = 13.40
  timezone  = "Europe/Berlin"
}

mqtt home {
  url = "tcp://192.168.1.10:1883"
}

enum mode {
  values = [off, eco, comfort, boost]
}

# What the panel sends is the word alone: comfort.
mqtt_in panel {
  via   = home
  topic = "heating/mode/set"
  text  = mode
  kind  = command
}

button sofa {
  pin = 17
}

mqtt_in room {
  via   = home
  topic = "heating/room"
  json  = { temperature = C }
  stale = 30.min
}

# Closed while the window is.
contact window {
  pin = 27
}

# All that decides about the mode, and nothing else does. Of rows that happen at
# once the upper one counts.
state heating {
  type  = mode
  start = eco
  on = {
    panel          = it
    sofa.pressed   = boost
    after(30.min)  = old == boost ? comfort : old
    daily("06:00") = old == off ? off : comfort
    daily("22:00") = old == off ? off : eco
  }
}

target = match(heating, {
  off     = 5.C
  eco     = 17.C
  comfort = 21.C
  boost   = 24.C
})

cold = thermostat(room.temperature, target, { band = 1.K, min_on = 2.min, min_off = 5.min })

# Nobody knows how warm it is when the sensor is silent: then it is off.
heater radiator {
  pin    = 22
  on     = cold && window.closed
  max_on = 4.h
  rest   = 10.min
  safe   = off
}

invariant "never heat with an open window" {
  that = !(radiator.on && window.open)
}

# The pump in the cellar is a plug with a radio. It runs on for three minutes, so
# that the warmth in the pipes is not lost.
mqtt_switch circulation {
  via         = home
  topic       = "cmnd/circulation/POWER"
  state_topic = "stat/circulation/POWER"
  payload     = words({ on = "ON", off = "OFF" })
  on          = off_delay(radiator.on, 3.min)
  safe        = off
}

# What the panel shows; the broker keeps it for a panel that starts later.
mqtt_out shown {
  via    = home
  topic  = "heating/mode"
  send   = { mode = heating, target = target }
  when   = merge(changes(heating), at(rises(home.connected), heating))
  retain = true
}

log plug {
  level = warning
  show  = "the pump in the cellar does not do what it is told"
  when  = rises(on_delay(circulation.on != circulation.state, 1.min))
}
