# Soil sensors in several beds and one pump.
#
# Each bed sends its moisture over MQTT. As soon as one bed is dry the pump
# runs, at most ten minutes at a time. If every sensor is silent, or the broker
# is gone, the pump is off.

mqtt home {
  url = "tcp://192.168.1.10:1883"
}

# What a sensor says, as {"moisture": 12, "battery": 3.1}; mains-powered ones
# leave the battery out. `{bed}` makes a wire of its own for each bed. After two
# hours of silence a bed counts as unknown.
mqtt_in soil {
  via   = home
  topic = "garden/{bed}/soil"
  json  = { moisture = pct, battery = optional(V) }
  stale = 2.h
}

# A sensor that lies on the table reads 0 %, and one with a weak battery reads
# nonsense: neither may start the pump.
good = where(soil, soil.moisture > 1.pct && default(soil.battery, 3.V) > 2.7.V)

# Dry below 30 %, until it is above 45 % again: one switch for each bed.
dry = hysteresis(good.moisture, { on_below = 30.pct, off_above = 45.pct })

# The limits hold whatever the lines above say. `rest` lets the well fill up.
relay pump {
  pin    = 22
  on     = any_of(dry)
  max_on = 10.min
  rest   = 30.min
  safe   = off
}
