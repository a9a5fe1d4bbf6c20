# Tells of every change of a pin, and keeps what cannot be told now.

setting life {
  type = string
}

setting sink {
  type = string
}

mqtt there {
  url       = sink
  client_id = "edges"
}

gpio_in pulse {
  pin  = 17
  pull = none
}

turn = merge(rises(pulse.on), falls(pulse.on))

mqtt_out edge {
  via    = there
  topic  = "out/edge"
  send   = { life = life, id = count(turn), on = pulse.on }
  when   = turn
  buffer = { keep = 24.h, on = disk }
}
