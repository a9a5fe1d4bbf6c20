# Readings from a broker to a table.


secret db_password {}

mqtt home {
  url = "tcp://192.168.1.10:1883"
}

mqtt_in soil {
  via   = home
  topic = "soil"
  json  = { moisture = pct }
  stale = 1.h
}

postgres history {
  url      = "postgres://192.168.1.20/house"
  user     = "garden"
  password = db_password

  table soil {
    at       = time
    moisture = pct
  }
}

sql_insert keep {
  into = history.soil
  row  = { at = soil.time, moisture = soil.moisture }
}
