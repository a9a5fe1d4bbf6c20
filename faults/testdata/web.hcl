# Tells a web server and a database of messages, and keeps what they do not take now.

setting source {
  type = string
}

setting server {
  type = string
}

mqtt here {
  url       = source
  client_id = "web-in"
}

http there {
  url = server
}

mqtt_in item {
  via   = here
  topic = "in/item"
  json  = { id = int, at = epoch(ms), text = string }
  stale = never
}

http_call tell {
  via     = there
  url     = "/items"
  body    = { id = item.id, text = item.text }
  timeout = 500.ms
  buffer  = { keep = 24.h, on = disk }
}

influx_out keep {
  via         = there
  bucket      = "garden"
  measurement = "items"
  tags        = { place = "west wing" }
  fields      = { id = item.id, text = item.text }
  time        = item.at
  batch       = 50
  every       = 50.ms
  timeout     = 500.ms
  buffer      = { keep = 24.h, on = disk }
}
