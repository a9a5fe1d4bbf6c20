# What must be true of the watering. `flowc test examples/watering` plays it.

test "dry beds are watered in turn, and wet ones left out" {
  at = "2026-06-01 05:00"

  set water { closed = on }
  send soil {
    bed      = "tomatoes"
    moisture = 20.pct
  }
  send soil {
    bed      = "beans"
    moisture = 60.pct
  }
  send soil {
    bed      = "herbs"
    moisture = 10.pct
  }
  expect { that = !main.on }

  advance { to = "2026-06-01 06:00" }
  expect { that = main.on && garden["tomatoes"].open && !garden["herbs"].open }

  # It is the beans' turn, and they have enough: nothing runs.
  advance { to = "2026-06-01 06:15" }
  expect { that = watering.bed["beans"].active && !garden["beans"].open && !main.on }

  advance { to = "2026-06-01 06:25" }
  expect { that = main.on && garden["herbs"].open && !garden["tomatoes"].open }

  advance { to = "2026-06-01 06:29" }
  expect { that = !main.on && !watering.running }
  expect_sent report {
    done = 1
    pump = 19
  }
}

test "rain ends it, for that day" {
  at = "2026-06-01 05:59"

  set water { closed = on }
  advance { by = 5.min }
  expect { that = main.on }

  set rain { closed = on }
  expect { that = !main.on && !garden["tomatoes"].open }
  expect_sent report { broken_off = 1 }

  set rain { closed = off }
  advance { by = 1.h }
  expect { that = !main.on }
  advance { to = "2026-06-02 06:01" }
  expect { that = main.on }
}

test "who rains in the morning need not water" {
  at = "2026-06-01 05:59"

  set water { closed = on }
  set rain { closed = on }
  advance { by = 5.min }
  expect { that = !watering.running && !main.on }
}

test "an empty tank stops the pump" {
  at = "2026-06-01 05:59"

  set water { closed = on }
  advance { by = 5.min }
  expect { that = main.on }
  set water { open = on }
  expect { that = !main.on && !watering.running }
}

test "a silent sensor costs no plant" {
  at = "2026-06-01 05:00"

  set water { closed = on }
  send soil {
    bed      = "tomatoes"
    moisture = 80.pct
  }
  advance { to = "2026-06-01 06:01" }
  expect { that = !garden["tomatoes"].open }

  # Six hours later nobody knows.
  advance { to = "2026-06-02 06:01" }
  expect { that = garden["tomatoes"].open }
}

test "a power cut does not begin it anew" {
  at = "2026-06-01 05:59"

  set water { closed = on }
  advance { to = "2026-06-01 06:20" }
  expect { that = garden["beans"].open }

  # The tomatoes had theirs, and the time without power counts.
  restart { after = 2.min }
  expect { that = garden["beans"].open && main.on && !garden["tomatoes"].open }
  advance { to = "2026-06-01 06:26" }
  expect { that = garden["herbs"].open && !garden["beans"].open }
}

test "mornings without power are made up for, once" {
  at = "2026-06-01 05:50"

  set water { closed = on }
  advance { by = 1.min }
  restart { after = 3.d }
  expect { that = watering.running && main.on }
  advance { by = 20.h }
  expect { that = runs.done == 1 }
}

test "no report is lost with the broker, nor with a restart meanwhile" {
  at = "2026-06-01 05:59"

  set water { closed = on }
  disconnect home {}
  advance { to = "2026-06-01 06:30" }
  expect { that = !watering.running }
  advance { to = "2026-06-01 23:00" }
  restart { after = 1.h }
  set water { closed = on }
  advance { to = "2026-06-02 08:00" }
  expect_nothing_sent report {}

  connect home {}
  expect_sent report { done = 1 }
  expect_sent report { done = 2 }
}
