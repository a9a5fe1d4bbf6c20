# A device's readings to a cloud broker, every 30 seconds and over TLS.
#
# Made for Qubitro's MQTT broker, where a device's id is its client id, its user
# name and its topic, and its token is the password. Any other broker takes the
# same settings.
#
# Give the settings at start, in the environment or with `--settings FILE`:
#
#   FLOW_DEVICE_ID=… DEVICE_TOKEN=… ./qubitro-arm64

# The cloud's broker; mqtts:// means TLS.
setting broker_url {
  type    = string
  default = "mqtts://broker.qubitro.com:8883"
}

# The device's id, from its page in the portal.
setting device_id {
  type = string
}

# The device's token, which is the password.
# It is never printed, and a file that holds it must be closed to others
# (chmod 600).
secret device_token {
  env = "DEVICE_TOKEN"
}

# The broker in the house, to which the device itself speaks.
setting home_url {
  type    = string
  default = "tcp://127.0.0.1:1883"
}

mqtt home {
  url = home_url
}

mqtt cloud {
  url       = broker_url
  client_id = device_id
  user      = device_id
  password  = device_token
}

mqtt_in device {
  via   = home
  topic = "device/readings"
  json  = { temperature = C, humidity = pct, battery = optional(V) }
  stale = 5.min
}

# One message every 30 s with what is known then. Nothing is sent while the
# device is silent: old readings would look like new ones.
mqtt_out upload {
  via   = cloud
  topic = device_id
  when  = every(30.s)
  send = {
    temperature = round(in(device.temperature, C), 2)
    humidity    = round(in(device.humidity, pct), 1)
    battery     = device.battery
  }
}
