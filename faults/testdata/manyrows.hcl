# Makes many rows of one message.

setting source {
  type = string
}

mqtt here {
  url       = source
  client_id = "many-in"
}

mqtt_in batch {
  via   = here
  topic = "in/batch"
  json  = { items = list(int) }
}

item = split(batch.items)

sqlite store {
  file = "rows.db"

  table items {
    at   = time
    id   = int
    temp = number
  }
}

sql_insert keep {
  into = store.items
  row  = { at = now(), id = item, temp = 20.5 }
}
