test "a storm lights the lamp for half an hour" {
  set warnings {
    id      = "1"
    title   = "Frost"
    link    = "https://example.com/1"
    summary = ""
  }
  advance { by = 1.min }

  # what was there at first is not new, and frost is no storm
  expect { that = !lamp.on }

  set warnings {
    id      = "2"
    title   = "Severe storm"
    link    = "https://example.com/2"
    summary = "Gusts of 100 km/h"
  }
  advance { by = 1.min }
  expect { that = lamp.on }
  expect_sent told { show = "Severe storm (https://example.com/2)" }
  advance { by = 30.min }
  expect { that = !lamp.on }
}
