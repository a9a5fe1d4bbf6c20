test "the pump runs while there is water" {
  set tank {
    depth       = 0.2.m
    temperature = 12.C
  }
  expect { that = !garden.on }

  # Waves: what settles counts, and not one look.
  repeat {
    times = 30
    every = 10.s

    set tank {
      depth       = 900.mm
      temperature = 12.C
    }
  }
  expect { that = garden.on && water > 500.l }
}

test "never when nobody knows" {
  repeat {
    times = 30
    every = 10.s

    set tank {
      depth       = 900.mm
      temperature = 12.C
    }
  }
  expect { that = garden.on }
  advance { by = 2.min }
  expect { that = !garden.on }
}

test "never in frost" {
  set tank {
    depth       = 1100.mm
    temperature = 1.5.C
  }
  expect { that = !garden.on && water > 1000.l }
  set tank {
    depth       = 1.1.m
    temperature = 36.F
  }
  expect { that = garden.on }
}

test "an hourly report" {
  set tank {
    depth       = 600.mm
    temperature = 12.C
  }
  advance { by = 30.min }
  set tank {
    depth       = 600.mm
    temperature = 12.C
  }
  advance { by = 30.min }
  expect_nothing_sent report {}
  expect_fault report { message = "not ready: water" }
}
