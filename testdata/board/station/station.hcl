# A program with all that a service may need of its machine: files, a database, a broker, servers, secrets, the clock.

program {
  edition = 1
  persist = { file = "state.db" }
  health  = "127.0.0.1:9100"
}

secret word {}

setting greeting {
  type = string
}

site {
  timezone = "Europe/Berlin"
}

mqtt home {
  url      = "tcp://127.0.0.1:1883"
  user     = "tried"
  password = word
}

mqtt_in order {
  via   = home
  topic = "order"
  json  = { id = int, harm = string, run = bool }
  stale = 1.h
}

mqtt_switch pump {
  via   = home
  topic = "pump"
  on    = order.run
  safe  = off
  max_on = 1.h
}

mqtt_out told {
  via    = home
  topic  = "told"
  send   = { id = order.id, greeting = greeting, harm = go::harm(order.harm), mornings = count(daily("06:00")), bytes = probe.size }
  when   = order
  buffer = { keep = 1.h, on = disk, when = always }
}

http_get probe {
  url   = "http://127.0.0.1:8081/probe"
  every = 1.s
  json  = { size = int }
}

http_call refused {
  url    = "http://127.0.0.1:8081/refused"
  body   = { id = order.id }
  buffer = { keep = 1.h, on = disk }
}

sqlite history {
  file = "history.db"

  table orders {
    at = time
    id = int
  }
}

sql_insert keep_order {
  into = history.orders
  row  = { at = order.time, id = order.id }
}

http_server web {
  listen = "127.0.0.1:8080"
}

route last {
  get   = "/last"
  reply = { id = try(order.id, 0) }
}
