# What must be true of the alarm. `flowc test examples/door-alarm` plays it.

test "armed by two presses, after half a minute" {
  set door { closed = on }
  press cupboard { times = 2 }
  expect { that = alarm == leaving && watching.on }

  # Out through the door meanwhile.
  advance { by = 10.s }
  set hall { active = on }
  set door { open = on }
  set door { closed = on }
  set hall { active = off }
  advance { by = 19.s }
  expect { that = alarm == leaving }
  advance { by = 1.s }
  expect { that = alarm == armed && !siren.on }
}

test "with the door open it is not armed" {
  set door { open = on }
  press cupboard { times = 2 }
  advance { by = 1.min }
  expect { that = alarm == disarmed && !watching.on }
}

test "whoever lives here disarms it in time" {
  set door { closed = on }
  send remote { value = on }
  advance { by = 1.min }
  expect { that = alarm == armed }

  set door { open = on }
  expect { that = alarm == entering && beeper.on }
  advance { by = 25.s }
  press cupboard { lasts = 2.s }
  expect { that = alarm == disarmed && !beeper.on }
  advance { by = 10.min }
  expect { that = !siren.on }
}

test "whoever does not is heard for three minutes" {
  set door { closed = on }
  send remote { value = on }
  advance { by = 1.min }

  set door { open = on }
  advance { by = 29.s }
  expect { that = !siren.on }
  advance { by = 1.s }
  expect { that = siren.on && flash.on && !beeper.on }
  advance { by = 500.ms }
  expect { that = siren.on && !flash.on }

  advance { by = 3.min }
  expect { that = !siren.on && alarm == armed }
}

test "who comes through the window has no half minute" {
  set door { closed = on }
  send remote { value = on }
  advance { by = 1.min }
  set hall { active = on }
  expect { that = siren.on }
}

test "a cat in a disarmed house is no alarm" {
  set door { open = on }
  set hall { active = on }
  advance { by = 1.h }
  expect { that = alarm == disarmed && !siren.on }
}

test "disarming ends it, and the broker hears of all" {
  set door { closed = on }
  send remote { value = on }
  expect_sent told { send = phase.leaving }
  advance { by = 1.min }
  expect_sent told { send = phase.armed }
  set hall { active = on }
  expect_sent told { send = phase.ringing }

  send remote { value = off }
  expect_sent told { send = phase.disarmed }
  expect { that = !siren.on }
}

test "arming again while it rings changes nothing" {
  set door { closed = on }
  send remote { value = on }
  advance { by = 1.min }
  set hall { active = on }
  send remote { value = on }
  press cupboard { times = 2 }
  expect { that = alarm == ringing && siren.on }
}

test "cutting the power is no way in" {
  set door { closed = on }
  send remote { value = on }
  advance { by = 2.min }
  restart { after = 1.h }
  expect { that = alarm == armed }
  set hall { active = on }
  advance { by = 10.s }
  expect { that = siren.on }
}

test "one press tells whether the door is shut" {
  set door { open = on }
  press cupboard {}
  expect { that = !asked }
  advance { by = 1.s }
  set door { closed = on }
  press cupboard {}
  expect { that = asked }
  advance { by = 900.ms }
  expect { that = beeper.on }
  advance { by = 3.s }
  expect { that = !beeper.on && alarm == disarmed }
}

test "nonsense from afar disarms nothing" {
  set door { closed = on }
  send remote { value = on }
  advance { by = 1.min }
  send_raw remote {
    topic   = "alarm/set"
    payload = "disarm please"
  }
  expect_fault remote { message = "disarm please" }
  expect { that = alarm == armed }
}
