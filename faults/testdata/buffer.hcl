# Copies messages from one topic to another, and keeps them while the other end is away.

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
  stale = never
}

mqtt_out copy {
  via    = there
  topic  = "out/item"
  send   = { id = item.id, text = item.text }
  buffer = { keep = 24.h, on = disk }
}
