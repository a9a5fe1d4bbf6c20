# Takes messages from four connections, with a policy each for what is too much, and counts them.

setting source {
  type = string
}

setting sink {
  type = string
}

mqtt from_block {
  url       = source
  client_id = "from-block"
}

mqtt_in block {
  via     = from_block
  topic   = "in/block"
  qos     = 0
  json    = { id = int, text = string }
  on_full = block
  stale   = never
}

mqtt from_oldest {
  url       = source
  client_id = "from-oldest"
}

mqtt_in oldest {
  via     = from_oldest
  topic   = "in/oldest"
  qos     = 0
  json    = { id = int, text = string }
  on_full = drop_oldest
  stale   = never
}

mqtt from_newest {
  url       = source
  client_id = "from-newest"
}

mqtt_in newest {
  via     = from_newest
  topic   = "in/newest"
  qos     = 0
  json    = { id = int, text = string }
  on_full = drop_newest
  stale   = never
}

mqtt from_latest {
  url       = source
  client_id = "from-latest"
}

mqtt_in latest {
  via     = from_latest
  topic   = "in/latest"
  qos     = 0
  json    = { id = int, text = string }
  on_full = latest
  stale   = never
}

mqtt there {
  url       = sink
  client_id = "totals"
}

mqtt_out totals {
  via   = there
  topic = "out/totals"
  send  = { block = count(block), oldest = count(oldest), newest = count(newest), latest = count(latest) }
  when  = every(1.s)
}
