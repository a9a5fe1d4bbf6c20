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

test "in the morning the house is told how yesterday was" {
  at = "2026-06-01 12:00"

  set forecast { value = "https://forecast.example.com" }
  set outside {
    current = { temperature = 10.C, wind = 18.km_h }
  }
  set outside {
    current = { temperature = 20.C, wind = 18.km_h }
  }
  advance { to = "2026-06-01 12:05" }
  set outside {
    current = { temperature = 30.C, wind = 18.km_h }
  }
  fail outside {}
  advance { to = "2026-06-02 07:00" }
  expect_sent report {
    n    = 3
    low  = 10.C
    mean = 20.C
    high = 30.C
  }
}

test "a day of which nothing is known" {
  at = "2026-06-01 12:00"

  set forecast { value = "https://forecast.example.com" }
  set outside {
    current = { temperature = 10.C, wind = 18.km_h }
  }
  fail outside {}
  set history { rows = 0 }
  advance { to = "2026-06-02 07:00" }
  expect_sent report { n = 0 }
}

test "a row that is lost is a fault, and no more" {
  set forecast { value = "https://forecast.example.com" }
  fail log_weather { message = "the disk is gone" }
  set outside {
    current = { temperature = 10.C, wind = 18.km_h }
  }
  expect_fault log_weather { message = "the disk is gone" }
}

test "what was measured can be asked for" {
  at = "2026-06-01 12:00"

  set forecast { value = "https://forecast.example.com" }
  set outside {
    current = { temperature = 10.C, wind = 18.km_h }
  }
  request past {
    query = { days = 2 }
    reply = { days = 2, hours = [{ at = now(), temp = 10.C, wind = 18.km_h }] }
  }
  fail outside {}
  advance { to = "2026-06-04 12:00" }
  request past { reply = { days = 1, hours = [] } }
}

test "a file that cannot be read is told to who asks" {
  set forecast { value = "https://forecast.example.com" }
  fail measured { message = "the disk is gone" }
  request past { status = 500 }
}
