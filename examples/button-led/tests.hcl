test "each press switches the lamp" {
  expect { that = !lamp.on }
  press door {}
  expect { that = lamp.on }
  press door {}
  expect { that = !lamp.on }
}

test "a press counts when it begins" {
  set door { down = on }
  expect { that = lamp.on && door.down }
  advance { by = 1.h }
  expect { that = lamp.on }
  set door { down = off }
  expect { that = lamp.on && !door.down }
}

test "two presses one after the other are two" {
  press door { times = 2 }
  expect { that = !lamp.on }
}
