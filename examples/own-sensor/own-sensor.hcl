# The rain-water tank behind the house, with a gauge that flowc knows nothing of:
# its kind, the filter against waves and the shape of the tank are the Go in the
# folder `go`.

# The file that the gauge's driver keeps up to date.
setting gauge_file {
  type    = string
  default = "/run/gauge/tank"
}

tank_gauge tank {
  file  = gauge_file
  every = 10.s
  stale = 1.min
}

# Wind makes waves: one look at the surface says little.
level = go::settled(tank.depth, { trust = 0.25 })

water = go::volume(level)

# Not more than the tank has, and never when nobody knows.
pump garden {
  pin    = 22
  on     = hysteresis(water, { on_above = 500.l, off_below = 100.l }) && tank.temperature > 2.C
  max_on = 15.min
  safe   = off
}

log report {
  show = "${round(in(water, l), 0)} litres in the tank at ${tank.temperature}"
  when = every(1.h)
}
