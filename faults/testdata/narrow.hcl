# Copies messages to a broker that is slower than they come, with a policy each for what is too much.

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
  via   = from_block
  topic = "in/block"
  qos   = 0
  json  = { id = int, text = string }
  stale = never
}

mqtt_out to_block {
  via     = there
  topic   = "out/block"
  send    = { id = block.id, text = block.text }
  on_full = block
}

mqtt from_oldest {
  url       = source
  client_id = "from-oldest"
}

mqtt_in oldest {
  via   = from_oldest
  topic = "in/oldest"
  qos   = 0
  json  = { id = int, text = string }
  stale = never
}

mqtt_out to_oldest {
  via     = there
  topic   = "out/oldest"
  send    = { id = oldest.id, text = oldest.text }
  on_full = drop_oldest
}

mqtt from_newest {
  url       = source
  client_id = "from-newest"
}

mqtt_in newest {
  via   = from_newest
  topic = "in/newest"
  qos   = 0
  json  = { id = int, text = string }
  stale = never
}

mqtt_out to_newest {
  via     = there
  topic   = "out/newest"
  send    = { id = newest.id, text = newest.text }
  on_full = drop_newest
}

mqtt from_latest {
  url       = source
  client_id = "from-latest"
}

mqtt_in latest {
  via   = from_latest
  topic = "in/latest"
  qos   = 0
  json  = { id = int, text = string }
  stale = never
}

mqtt_out to_latest {
  via     = there
  topic   = "out/latest"
  send    = { id = latest.id, text = latest.text }
  on_full = latest
}

mqtt there {
  url       = sink
  client_id = "slow"
}
