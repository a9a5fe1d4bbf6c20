# A light in the hall that comes on when somebody walks through after dark, and
# goes off five minutes after the last movement. A button lights it by day too.

# Where the house stands; from it follows when the sun sets.
site {
  latitude  = 52.52
  longitude = 13.40
  timezone  = "Europe/Berlin"
}

motion hall {
  pin = 4
}

button door {
  pin = 17
}

# A Pi does not know the time until it has asked the network. Until then better
# a light too many than one too few.
dark = try(sun.down, on)

# For half an hour, or until the next press.
state by_hand {
  start = off
  on = {
    door.pressed  = !old
    after(30.min) = off
  }
}

light hall_light {
  pin = 23
  on  = off_delay(hall.active, 5.min) && dark || by_hand
}
