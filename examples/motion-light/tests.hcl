# What must be true of the light. `flowc test examples/motion-light` plays it.

test "at night it follows whoever walks" {
  at = "2026-06-01 23:00"

  expect { that = !hall_light.on }
  set hall { active = on }
  expect { that = hall_light.on }

  # The detector sees nobody for a moment: the light stays.
  set hall { active = off }
  advance { by = 4.min }
  set hall { active = on }
  advance { by = 10.min }
  expect { that = hall_light.on }

  set hall { active = off }
  advance { by = 299.s }
  expect { that = hall_light.on }
  advance { by = 1.s }
  expect { that = !hall_light.on }
}

test "by day it stays dark" {
  at = "2026-06-01 15:00"

  set hall { active = on }
  expect { that = !hall_light.on }

  # Whoever is still there when the sun sets, at 21:20, gets light then.
  advance { to = "2026-06-01 21:15" }
  expect { that = !hall_light.on }
  advance { to = "2026-06-01 21:25" }
  expect { that = hall_light.on }
}

test "the year moves the evening" {
  at = "2026-12-21 16:30"

  set hall { active = on }
  expect { that = hall_light.on }
}

test "the button lights it for half an hour" {
  at = "2026-06-01 15:00"

  press door {}
  expect { that = hall_light.on }
  advance { by = 29.min }
  expect { that = hall_light.on }
  advance { by = 1.min }
  expect { that = !hall_light.on }

  press door { times = 2 }
  expect { that = !hall_light.on }
}
