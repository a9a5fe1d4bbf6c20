# Weather stations that speak Fahrenheit and miles, republished for everybody
# else: as JSON in Celsius, hectopascal and metres per second, and as a line of
# text for a display.

mqtt home {
  url = "tcp://192.168.1.10:1883"
}

# What a station sends, with the units that its bare numbers have. The keys on
# the wire are the maker's own.
type station {
  temperature = named("temp_f", F)
  humidity    = named("hum", pct)
  pressure    = named("baro_psi", psi)
  wind        = optional(mph, 0.mph)
}

mqtt_in raw {
  via   = home
  topic = "stations/{place}/raw"
  json  = station
  stale = 15.min
}

# A broken cable reads far below any weather.
sane = where(raw, raw.temperature > -76.F && raw.humidity <= 100.pct)

mqtt_out metric {
  via    = home
  topic  = "climate/${sane.place}"
  retain = true
  send = {
    temperature = round(in(sane.temperature, C), 1)
    humidity    = round(in(sane.humidity, pct), 0)
    pressure    = round(in(sane.pressure, hPa), 1)
    wind        = round(in(sane.wind, m_s), 1)
  }
}

# The last minutes, without the jitter of a single reading.
calm = average(sane.temperature, 10.min)

trend = calm - sane.temperature > 0.5.K ? "falling" : sane.temperature - calm > 0.5.K ? "rising" : "steady"

mqtt_out display {
  via    = home
  topic  = "climate/${sane.place}/text"
  retain = true
  send   = "${sane.place}: ${round(in(sane.temperature, C), 1)} °C, ${round(in(sane.humidity, pct), 0)} %, ${trend}"
}
