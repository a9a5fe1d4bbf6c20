# What the load of `go test -run XXX -bench UnderLoad ./compiler` falls on; the folder byhand does the same by hand.

setting listen {
  type = string
}

http_server web {
  listen = listen
  open   = on
}

# a value that is read
route state {
  get   = "/state"
  reply = { target = target, warm = target > 20.C }
}

# one that is set: the reply comes when all that it started is done
route set_target {
  post  = "/target"
  body  = { target = C }
  reply = { target = set_target.body.target, accepted = set_target.body.target < 26.C }
}

target = latest(set_target.body.target, 19.5.C)
