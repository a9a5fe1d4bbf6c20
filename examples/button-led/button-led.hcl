# A push button and a lamp: each press switches the lamp on or off.
#
# The button connects GPIO 17 to ground; the pull-up and the 30 ms that a
# contact needs to settle come with the kind `button`. To light the lamp only
# while the button is held, write `on = door.down`.

button door {
  pin = 17
}

led lamp {
  pin = 18
  on  = toggle(door.pressed)
}
