test "a station is told in the units of the house" {
  send raw {
    place       = "roof"
    temperature = 68.F
    humidity    = 55.pct
    pressure    = 14.696.psi
    wind        = 10.mph
  }
  expect_sent metric {
    topic       = "climate/roof"
    temperature = 20.0
    humidity    = 55.0
    pressure    = 1013.3
    wind        = 4.5
    times       = 1
  }
  expect_sent display {
    topic   = "climate/roof/text"
    payload = "roof: 20 °C, 55 %, steady"
  }
}

test "no wind gauge is no wind" {
  send_raw raw {
    topic   = "stations/roof/raw"
    payload = "{\"temp_f\": 50, \"hum\": 80, \"baro_psi\": 14.5}"
  }
  expect_sent metric { wind = 0.0 }
}

test "the trend is against the last ten minutes" {
  repeat {
    times = 3
    every = 3.min

    send raw {
      place       = "roof"
      temperature = 60.F + it * 2.dF
      humidity    = 50.pct
      pressure    = 14.5.psi
    }
  }
  expect_sent display { payload = "*steady" }
  expect_sent display { payload = "*rising" }

  repeat {
    times = 3
    every = 3.min

    send raw {
      place       = "roof"
      temperature = 55.F
      humidity    = 50.pct
      pressure    = 14.5.psi
    }
  }
  expect_sent display { payload = "*falling" }
}

test "a broken cable is not told" {
  send raw {
    place       = "roof"
    temperature = -112.F
    humidity    = 50.pct
    pressure    = 14.5.psi
  }
  send raw {
    place       = "roof"
    temperature = 60.F
    humidity    = 120.pct
    pressure    = 14.5.psi
  }
  expect_nothing_sent metric {}
  expect_nothing_sent display {}
}

test "stations are apart" {
  send raw {
    place       = "roof"
    temperature = 80.F
    humidity    = 50.pct
    pressure    = 14.5.psi
  }
  send raw {
    place       = "cellar"
    temperature = 50.F
    humidity    = 50.pct
    pressure    = 14.5.psi
  }
  expect_sent display { topic = "climate/roof/text" }
  expect_sent display {
    topic   = "climate/cellar/text"
    payload = "cellar: 10 °C, 50 %, steady"
  }
}
