# Expressions that are compiled here and interpreted by HCL, side by side.

mqtt home {
  url = "tcp://localhost:1883"
}

mqtt_in v {
  via   = home
  topic = "in"
  stale = never
  json  = {
    temp  = number
    n     = int
    b     = bool
    topic = string
    items = list({ v = number, on = bool })
  }
}

hot    = v.temp * 1.8 + 32.0 > 80.0 && v.b
where  = "sensors/${v.topic}/${v.n}"
double = [for i in v.items : i.v * 2.0 if i.on]
chosen = v.b ? v.temp : 0.0

log shown {
  show = "${hot} ${where} ${length(double)} ${chosen}"
}
