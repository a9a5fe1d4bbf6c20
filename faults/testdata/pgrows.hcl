# Keeps messages in a table of a PostgreSQL server, each once.

setting source {
  type = string
}

setting where {
  type = string
}

secret db_password {}

mqtt here {
  url       = source
  client_id = "rows-in"
}

mqtt_in item {
  via   = here
  topic = "in/item"
  json  = { id = int, text = string }
  stale = never
}

postgres store {
  url      = where
  user     = "flow"
  password = db_password
  tls      = off
  timeout  = 2.s

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
