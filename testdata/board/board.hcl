# What a board must do for us: a press, a level, a pin that blinks by itself, and a
# relay that must not stay on.

button door {
  pin = 17
}

led lamp {
  pin = 18
  on  = door.down
}

relay pump {
  pin  = 23
  safe = off
  on   = toggle(door.pressed)
}

# It moves without a press, for a board whose inputs nobody can touch.
relay heater {
  pin        = 24
  active_low = true
  safe       = off
  on         = toggle(every(500.ms))
}
