# Copies messages from one topic to another, and runs a pump while they come.

setting source {
  type = string
}

setting sink {
  type = string
}

mqtt here {
  url       = source
  client_id = "pipe-in"
}

mqtt there {
  url       = sink
  client_id = "pipe-out"
}

mqtt_in item {
  via   = here
  topic = "in/item"
  json  = { id = int, text = string }
  stale = 1.h
}

mqtt_out copy {
  via   = there
  topic = "out/item"
  send  = { id = item.id, text = item.text }
}

relay pump {
  pin  = 22
  on   = item.id >= 0
  safe = off
}
