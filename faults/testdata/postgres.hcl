# Keeps messages in the tables of a PostgreSQL server, each once, and tells what they hold.

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

enum level {
  values = [low, high]
}

mqtt_in shape {
  via   = here
  topic = "in/shape"
  json = {
    at    = epoch(us)
    heat  = F
    whole = int
    part  = number
    open  = bool
    text  = string
    raw   = bytes
    how   = level
    day   = date
    clock = time_of_day
    took  = min
    rest  = json
    maybe = optional(int)
  }
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

  table shapes {
    at    = time
    heat  = C
    whole = int
    part  = number
    open  = bool
    text  = string
    raw   = bytes
    how   = level
    day   = date
    clock = time_of_day
    took  = s
    rest  = json
    maybe = optional(int)
  }
}

sql_insert keep {
  into       = store.items
  row        = { id = item.id, text = item.text }
  dedupe_key = "${item.id}"
}

mqtt_out refused {
  via   = here
  topic = "out/refused"
  send  = keep.failed.message
}

sql_insert keep_shape {
  into = store.shapes
  row  = shape
}

sql_query shapes {
  from   = store
  when   = keep_shape.sent
  expect = many
  sql    = "SELECT * FROM shapes ORDER BY at"
}

sql_query found {
  from   = store
  when   = shape
  expect = many
  sql    = <<-SQL
    SELECT s.at, s.heat, s.whole FROM shapes s
    WHERE at = ${shape.at} AND heat = ${in(shape.heat, C)} AND whole = ${shape.whole} AND part = ${shape.part}
      AND open = ${shape.open} AND text = ${shape.text} AND raw = ${shape.raw} AND how = ${shape.how}
      AND day = ${shape.day} AND clock = ${shape.clock} AND took = ${in(shape.took, s)} AND rest = ${shape.rest}
  SQL
}

sql_exec forget {
  from = store
  when = shapes
  sql  = "DELETE FROM shapes WHERE whole = ${length(shapes)}"
}

mqtt_out told {
  via   = here
  topic = "out/shapes"
  send  = shapes
}

mqtt_out told_found {
  via   = here
  topic = "out/found"
  send  = length(found)
}

mqtt_out told_forgotten {
  via   = here
  topic = "out/forgotten"
  send  = forget.done
}

sql_query slow {
  from   = store
  when   = item
  expect = maybe_one
  sql    = "SELECT pg_sleep(3)::text AS waited WHERE ${item.text} = 'sleep'"
  row    = { waited = string }
}

mqtt_out too_slow {
  via   = here
  topic = "out/slow"
  send  = slow.failed.message
}

sql_query leave {
  from   = store
  when   = item
  expect = maybe_one
  sql    = "SELECT pg_terminate_backend(pg_backend_pid())::text AS gone WHERE ${item.text} = 'leave'"
  row    = { gone = string }
}

mqtt_out told_left {
  via   = here
  topic = "out/left"
  send  = leave.failed.message
}

sql_query wrong {
  from = store
  when = shape
  sql  = "SELECT date_trunk('day', at) AS day FROM shapes LIMIT 1"
  row  = { day = time }
}

mqtt_out told_wrong {
  via   = here
  topic = "out/wrong"
  send  = wrong.failed.message
}

sql_query misread {
  from = store
  when = shape
  sql  = "SELECT 'seven'::text AS n"
  row  = { n = int }
}

mqtt_out told_misread {
  via   = here
  topic = "out/misread"
  send  = misread.failed.message
}

sql_query enclosed {
  from = store
  when = shape
  sql  = "SELECT 7 AS second, percentile_cont(0.5) WITHIN GROUP (ORDER BY heat) AS first FROM shapes; -- a word"
  row  = { first = optional(C), second = int }
}

mqtt_out told_enclosed {
  via   = here
  topic = "out/enclosed"
  send  = enclosed
}

log misread_shown {
  show = misread.n
}
