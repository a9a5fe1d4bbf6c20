# The weather outside, asked for every quarter of an hour, told to the house as
# a line of text, and frost in time for the plants. What was measured is kept for
# a year; each morning the house is told how yesterday was.

site {
  latitude  = 52.52
  longitude = 13.40
  timezone  = "Europe/Berlin"
}

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

sqlite history {
  file = "history.db"
  keep = { weather = 365.d }

  table weather {
    at   = time
    temp = C
    wind = km_h
  }
}

sql_insert log_weather {
  into = history.weather
  row = {
    at   = outside.time
    temp = now_outside.temperature
    wind = now_outside.wind
  }
}

# Local days are right when the clocks change: start_of_day goes by the site.
sql_query yesterday {
  from = history
  when = daily("07:00")
  sql  = <<-SQL
    SELECT count(*) AS n, min(temp) AS low, avg(temp) AS mean, max(temp) AS high
    FROM weather
    WHERE at >= ${start_of_day(now() - 1.d)} AND at < ${start_of_day(now())}
  SQL
  row  = { n = int, low = optional(C), mean = optional(C), high = optional(C) }
}

mqtt_out report {
  via    = home
  topic  = "weather/yesterday"
  retain = true
  send   = yesterday
}

# GET /api/weather?days=7: what was measured, for a page or a sheet. Each client
# gets the answer to its own question, when the file has given it.
route past {
  get   = "/api/weather"
  query = { days = optional(int, 1) }
  reply = { days = past.query.days, hours = measured }
}

sql_query measured {
  from   = history
  when   = past
  sql    = <<-SQL
    SELECT at, temp, wind FROM weather
    WHERE at >= ${start_of_day(now() - past.query.days * 1.d)}
    ORDER BY at
  SQL
  expect = many
}
