# Temperature probes, and the mean of the last ten readings of each.
#
# Every good reading is answered by one message. Nothing is lost on the way: a
# reading is confirmed to the broker when the broker has confirmed its answer.

mqtt home {
  url = "tcp://192.168.1.10:1883"
}

# {"number": 4711, "temperature": 21.53, "battery": 3.01}; the number counts the
# probe's readings.
mqtt_in probe {
  via   = home
  topic = "probes/{name}/raw"
  json  = { number = int, temperature = C, battery = V }
  stale = 1.h
}

# With a weak battery a probe measures anything.
good = where(probe, probe.battery > 2.7.V)

mean = average(good.temperature, 10)

mqtt_out answer {
  via   = home
  topic = "probes/${good.name}/mean"
  send  = { number = good.number, mean = mean }
}
