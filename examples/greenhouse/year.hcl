# A year of four beds at one message a minute each, 2.1 million messages, takes a few seconds:
# flowc test -v -run "a year" examples/greenhouse
#
# Once an hour the tomatoes are watered: they fall dry, and 25 minutes later they are wet enough.

test "a year" {
  at = "2026-01-01 00:00"

  repeat {
    times = 525600
    every = 1.min

    send soil {
      bed      = "tomatoes"
      moisture = 20.pct + mod(it, 60) * 1.pct
    }
    send soil {
      bed      = "beans"
      moisture = 60.pct
    }
    send soil {
      bed      = "herbs"
      moisture = 55.pct
      battery  = 3.V
    }
    send soil {
      bed      = "lettuce"
      moisture = 50.pct
    }
  }
  expect { that = !pump.on && !dry["tomatoes"] }

  # One run an hour, each of which the limit ends.
  expect_fault pump {
    message = "max_on"
    times   = 8760
  }
}
