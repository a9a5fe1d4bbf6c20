# What must be true of the heating. `flowc test examples/thermostat` plays it.

test "a day: eco at night, comfort from six to ten" {
  at = "2026-01-15 05:00"

  set window { closed = on }
  send room { temperature = 18.C }
  advance { by = 30.min }
  expect { that = heating == eco && !radiator.on }

  send room { temperature = 18.C }
  advance { by = 29.min }
  send room { temperature = 18.C }
  expect { that = heating == eco && !radiator.on }

  advance { to = "2026-01-15 06:10" }
  expect { that = heating == comfort && radiator.on }

  # Half a degree above the target is enough, half below is too little.
  send room { temperature = 21.4.C }
  expect { that = radiator.on }
  send room { temperature = 21.6.C }
  expect { that = !radiator.on }
  advance { by = 20.min }
  send room { temperature = 20.6.C }
  expect { that = !radiator.on }
  send room { temperature = 20.4.C }
  expect { that = radiator.on }

  advance { to = "2026-01-15 22:00" }
  expect { that = heating == eco && !radiator.on }
}

test "an open window stops it at once" {
  at = "2026-01-15 12:00"

  set window { closed = on }
  send panel { value = comfort }
  send room { temperature = 15.C }
  advance { by = 10.min }
  expect { that = radiator.on }

  set window { open = on }
  expect { that = !radiator.on && cold }

  # Closed again, it waits until ten minutes are over.
  advance { by = 1.min }
  set window { closed = on }
  expect { that = !radiator.on }
  advance { by = 9.min }
  expect { that = radiator.on }
}

test "boost lasts half an hour, from every mode" {
  at = "2026-01-15 12:00"

  set window { closed = on }
  send panel { value = off }
  expect { that = heating == mode.off && target == 5.C }

  press sofa {}
  expect { that = heating == boost && target == 24.C }
  advance { by = 29.min }
  expect { that = heating == boost }
  advance { by = 1.min }
  expect { that = heating == comfort }

  # Comfort has no end of its own.
  advance { by = 5.h }
  expect { that = heating == comfort }
}

test "off is off, also in the morning" {
  at = "2026-01-15 20:00"

  set window { closed = on }
  send panel { value = off }
  advance { to = "2026-01-16 08:00" }
  send room { temperature = 15.C }
  expect { that = heating == mode.off && !radiator.on }

  # But nothing freezes.
  send room { temperature = 4.C }
  advance { by = 10.min }
  expect { that = radiator.on }
}

test "a silent sensor turns it off" {
  at = "2026-01-15 07:00"

  set window { closed = on }
  send panel { value = comfort }
  send room { temperature = 15.C }
  advance { by = 29.min }
  expect { that = radiator.on }
  advance { by = 1.min }
  expect { that = !radiator.on && !ready(room) }
}

test "what was chosen survives a restart" {
  at = "2026-01-15 12:00"

  set window { closed = on }
  send panel { value = off }
  restart { after = 5.min }
  expect { that = heating == mode.off }
}

test "boost goes on where it was" {
  at = "2026-01-15 12:00"

  press sofa {}
  advance { by = 20.min }
  restart { after = 5.min }
  expect { that = heating == boost }
  advance { by = 5.min }
  expect { that = heating == comfort }
}

test "the panel is told, and the pump runs on" {
  at = "2026-01-15 12:00"

  set window { closed = on }
  send room { temperature = 15.C }
  advance { by = 10.min }
  expect { that = radiator.on && circulation.on }

  send panel { value = off }
  expect_sent shown { send = { mode = mode.off, target = 5.C } }
  expect { that = !radiator.on && circulation.on }
  advance { by = 3.min }
  expect { that = !circulation.on }
}

test "a panel that sends nonsense changes nothing" {
  send_raw panel {
    topic   = "heating/mode/set"
    payload = "tropical"
  }
  expect_fault panel { message = "tropical" }
  expect { that = heating == eco }
}

test "a pump that does not listen is told of" {
  at = "2026-01-15 12:00"

  set window { closed = on }
  send room { temperature = 15.C }
  advance { by = 10.min }
  send circulation { value = on }
  advance { by = 5.min }
  expect_nothing_sent plug {}

  send circulation { value = off }
  advance { by = 59.s }
  expect_nothing_sent plug {}
  advance { by = 1.s }
  expect_sent plug {}
}
