# Answers clients with what a PostgreSQL server says to their own questions.

setting where {
  type = string
}

setting listen {
  type = string
}

secret db_password {}

secret token {}

postgres store {
  url      = where
  user     = "flow"
  password = db_password
  tls      = off
  timeout  = 2.s

  table items {
    id = int
  }
}

http_server api {
  listen = listen
  auth   = token
}

# One question.
route echo {
  get   = "/echo/{id}"
  reply = { asked = echo.id, heard = said.id }
}

sql_query said {
  from = store
  when = echo
  sql  = "SELECT ${echo.id} AS id"
  row  = { id = string }
}

# Two, one behind the other.
route twice {
  get   = "/twice/{id}"
  reply = { asked = twice.id, heard = second.id }
}

sql_query first {
  from = store
  when = twice
  sql  = "SELECT ${twice.id} AS id"
  row  = { id = string }
}

sql_query second {
  from = store
  when = first
  sql  = "SELECT ${first.id} AS id"
  row  = { id = string }
}
