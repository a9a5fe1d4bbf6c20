# Everything that writes to a disk: a buffer, a table, and what the program remembers.

program {
  edition = 1
  persist = { file = "state.db", every = 5.s }
}

setting source {
  type = string
}

setting sink {
  type = string
}

mqtt here {
  url       = source
  client_id = "disk-in"
}

mqtt there {
  url       = sink
  client_id = "disk-out"
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
  send   = { id = item.id, n = count(item) }
  buffer = { keep = 24.h, on = disk, when = always }
}

sqlite store {
  file = "rows.db"

  table items {
    id   = int
    text = string
  }
}

sql_insert keep {
  into       = store.items
  row        = { id = item.id, text = item.text }
  dedupe_key = "${item.id}"
}
