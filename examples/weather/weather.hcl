# The weather outside, asked for every quarter of an hour, told to the house as
# a line of text, and frost in time for the plants.

# Where the forecast comes from. The README says what to put here.
setting forecast {
  type = string
}

mqtt home {
  url = "tcp://192.168.1.10:1883"
}

# What the server says of this moment, with the units that it answers in.
type moment {
  temperature = named("temperature_2m", C)
  wind        = named("wind_speed_10m", km_h)
}

http_get outside {
  url   = forecast
  query = { latitude = 52.52, longitude = 13.40, current = "temperature_2m,wind_speed_10m" }
  every = 15.min
  json  = { current = moment }
}

now_outside = outside.current

# Wind makes it feel colder than it is.
felt = feels_like(now_outside.temperature, 60.pct, now_outside.wind)

mqtt_out summary {
  via    = home
  topic  = "weather/summary"
  retain = true
  send   = "${round(now_outside.temperature, C, 1)} outside, feels like ${round(felt, C, 1)}, wind ${round(now_outside.wind, km_h, 0)}"
}

freezing = hysteresis(now_outside.temperature, { on_below = 2.C, off_above = 4.C })

mqtt_out frost {
  via    = home
  topic  = "weather/frost"
  retain = true
  send   = changes(freezing)
}
