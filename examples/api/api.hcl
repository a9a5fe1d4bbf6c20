# A room that is heated to a target, over HTTP: the state to read, the target
# to set. Programs of this machine can ask it; with `listen` and a token others
# can, too.

secret api_token {}

http_server api {
  listen = "127.0.0.1:8080"
}

mqtt home {
  url = "tcp://192.168.1.10:1883"
}

mqtt_in room {
  via   = home
  topic = "room"
  json  = { temperature = C, humidity = pct }
  stale = 15.min
}

# What is too warm is refused, and changes nothing.
sensible = where(set_target, set_target.body.target < 26.C)

# Until somebody sets another one.
target = latest(sensible.body.target, 19.C)

heater radiator {
  pin    = 18
  on     = hysteresis(room.temperature - target, { on_below = -0.3.K, off_above = 0.3.K })
  max_on = 4.h
  rest   = 10.min
  safe   = off
}

# GET /api/state: 503 while the room's sensor is silent.
route state {
  get = "/api/state"
  reply = {
    temperature = room.temperature
    humidity    = room.humidity
    target      = target
    heating     = radiator.on
  }
}

# POST /api/target {"target": 21.5}
route set_target {
  post   = "/api/target"
  body   = { target = C }
  reply  = { target = set_target.body.target, accepted = set_target.body.target < 26.C }
  status = set_target.body.target < 26.C ? 200 : 422
  auth   = api_token
}
