# What must be true of the greenhouse. `flowc test examples/greenhouse` plays it.

test "dry soil runs the pump, until it is wet enough" {
  send soil {
    bed      = "tomatoes"
    moisture = 40.pct
  }
  expect { that = !pump.on }

  send soil {
    bed      = "tomatoes"
    moisture = 12.pct
  }
  expect { that = pump.on }

  # Not yet above 45 %.
  send soil {
    bed      = "tomatoes"
    moisture = 40.pct
  }
  expect { that = pump.on }

  send soil {
    bed      = "tomatoes"
    moisture = 46.pct
  }
  expect { that = !pump.on }
}

test "the pump rests after ten minutes" {
  send soil {
    bed      = "tomatoes"
    moisture = 12.pct
  }
  advance { by = 599.s }
  expect { that = pump.on }

  advance { by = 1.s }
  expect { that = !pump.on && pump.wanted }
  expect_fault pump { message = "max_on" }

  advance { by = 29.min }
  expect { that = !pump.on }
  advance { by = 1.min }
  expect { that = pump.on }
}

test "silence stops the pump" {
  send soil {
    bed      = "tomatoes"
    moisture = 12.pct
  }
  # Ten minutes on, thirty off: two hours later a third run would begin.
  advance { by = 119.min }
  expect { that = ready(dry["tomatoes"]) }
  advance { by = 1.min }
  expect { that = !ready(dry["tomatoes"]) && !pump.on }
  advance { by = 3.h }
  expect { that = !pump.on }
}

test "a sensor that sends only nonsense falls silent" {
  send soil {
    bed      = "tomatoes"
    moisture = 12.pct
  }
  repeat {
    times = 4
    every = 30.min

    send soil {
      bed      = "tomatoes"
      moisture = 0.2.pct
    }
    send soil {
      bed      = "tomatoes"
      moisture = 20.pct
      battery  = 2.5.V
    }
  }
  expect { that = ready(soil["tomatoes"]) && !ready(good["tomatoes"]) && !pump.on }
}

test "one dry bed is enough" {
  send soil {
    bed      = "tomatoes"
    moisture = 12.pct
  }
  send soil {
    bed      = "beans"
    moisture = 80.pct
  }
  expect { that = pump.on && dry["tomatoes"] && !dry["beans"] }

  # Beans at 40 % never were dry.
  send soil {
    bed      = "beans"
    moisture = 40.pct
  }
  send soil {
    bed      = "tomatoes"
    moisture = 50.pct
  }
  expect { that = !pump.on }
}

test "a broken message is a fault and changes nothing" {
  send soil {
    bed      = "tomatoes"
    moisture = 12.pct
  }
  send_raw soil {
    topic   = "garden/tomatoes/soil"
    payload = "{\"moisture\": \"wet\"}"
  }
  expect_fault soil { message = "moisture: expected a number, found \"wet\"" }
  expect { that = pump.on }
}

test "without a broker, what is known still counts" {
  send soil {
    bed      = "tomatoes"
    moisture = 12.pct
  }
  disconnect home {}
  expect { that = !home.connected && pump.on }
  advance { by = 2.h }
  expect { that = !pump.on }
}

test "after a start nothing is known, and the well fills up first" {
  send soil {
    bed      = "tomatoes"
    moisture = 12.pct
  }
  expect { that = pump.on }

  restart {}
  expect { that = !pump.on && !ready(dry["tomatoes"]) }
  send soil {
    bed      = "tomatoes"
    moisture = 12.pct
  }
  expect { that = pump.wanted && !pump.on }
  advance { by = 30.min }
  expect { that = pump.on }
}
