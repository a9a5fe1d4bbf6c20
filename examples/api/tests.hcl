test "without a target it is heated to 19 degrees" {
  send room {
    temperature = 18.C
    humidity    = 50.pct
  }
  expect { that = radiator.on }
}

test "a silent sensor heats nothing" {
  send room {
    temperature = 18.C
    humidity    = 50.pct
  }
  advance { by = 16.min }
  expect { that = !radiator.on }
}
