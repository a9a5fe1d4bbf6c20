test "the weather is told as a line" {
  set forecast { value = "https://forecast.example.com" }
  set outside {
    current = { temperature = 12.34.C, wind = 18.km_h }
  }
  expect_sent summary {
    payload = "12.3 °C outside, feels like * °C, wind 18 km/h"
  }
}

test "frost is told once, and not by half a degree" {
  set forecast { value = "https://forecast.example.com" }
  set outside {
    current = { temperature = 5.C, wind = 0.km_h }
  }
  set outside {
    current = { temperature = 1.5.C, wind = 0.km_h }
  }
  expect_sent frost {
    payload = "true"
    times   = 1
  }
  set outside {
    current = { temperature = 2.5.C, wind = 0.km_h }
  }
  expect { that = freezing }
}

test "a forecast that cannot be had is not made up" {
  set forecast { value = "https://forecast.example.com" }
  set outside {
    current = { temperature = 5.C, wind = 0.km_h }
  }
  fail outside {}
  advance { by = 46.min }
  expect { that = !ready(freezing) }
}
