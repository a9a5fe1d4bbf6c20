# Answers a crowd: by itself, with what another server says, with a file, and as long as
# somebody listens. The rig puts addresses into HERE, and into PAGE for how the program does.

setting server {
  type = string
}

program {
  edition = 1
  health  = "PAGE"
}

http_server api {
  listen = "HERE"
}

http there {
  url = server
}

# What was sent comes back.
route echo {
  post  = "/echo/{id}"
  body  = { text = string }
  reply = { id = echo.id, text = echo.body.text }
}

# What another server says to one's own question.
route ask {
  get     = "/ask/{id}"
  reply   = { asked = ask.id, heard = heard.id }
  timeout = 3.s
}

http_call heard {
  via     = there
  url     = "/hear/${ask.id}"
  when    = ask
  json    = { id = string }
  timeout = 300.ms
  retry   = { times = 0 }
}

# Not so fast.
route rare {
  put      = "/rare"
  max_rate = 20.Hz
}

# How many there were.
route live {
  get     = "/live"
  stream  = count(echo)
  clients = 16
}

route pages {
  get   = "/pages"
  files = "testdata"
}
