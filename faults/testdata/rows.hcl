# Keeps messages and requests in a table, each once.

setting source {
  type = string
}

setting listen {
  type = string
}

secret token {}

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

http_server api {
  listen = listen
  auth   = token
}

route post_item {
  via   = api
  post  = "/items"
  body  = { id = int, text = string }
  reply = "kept"
}

sqlite store {
  file = "rows.db"
  busy = 100.ms

  table items {
    id   = int
    text = string
  }

  table posts {
    id   = int
    text = string
  }
}

sql_insert keep {
  into       = store.items
  row        = { id = item.id, text = item.text }
  dedupe_key = "${item.id}"
}

sql_insert keep_post {
  into       = store.posts
  row        = { id = post_item.body.id, text = post_item.body.text }
  dedupe_key = "${post_item.body.id}"
}
