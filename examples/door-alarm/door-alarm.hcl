# An alarm for one door. It is armed by a button in the cupboard or over MQTT;
# whoever goes out or comes in has half a minute. It stays armed when the power
# fails.

program {
  edition = 1
  persist = { file = "door-alarm.db", every = 1.min }
}

mqtt home {
  url          = "tcp://192.168.1.10:1883"
  availability = "alarm/available"
}

# Closed while the door is.
contact door {
  pin = 17
}

motion hall {
  pin = 4
}

# Twice to arm, long to disarm, once to hear whether the door is shut.
button cupboard {
  pin = 27
}

# Arms and disarms from afar, in the words of Home Assistant. Only what is sent
# now counts, not what the broker kept.
mqtt_in remote {
  via   = home
  topic = "alarm/set"
  text  = words({ on = "ARM_AWAY", off = "DISARM" })
  kind  = command
}

enum phase {
  values = [disarmed, leaving, armed, entering, ringing]
}

# The upper of rows that happen at once counts: disarming always wins.
state alarm {
  type  = phase
  start = disarmed
  on = {
    cupboard.long_pressed = disarmed
    remote                = it ? (old == disarmed ? leaving : old) : disarmed

    after(30.s) = match(old, {
      leaving  = door.closed ? armed : disarmed
      entering = ringing
      else     = old
    })
    after(3.min) = old == ringing ? armed : old

    rises(hall.active)      = old == armed ? ringing : old
    rises(door.open)        = old == armed ? entering : old
    cupboard.double_pressed = old == disarmed ? leaving : old
  }
}

# A neighbourhood can stand three minutes, whatever the table above says.
relay siren {
  pin    = 22
  on     = alarm == ringing
  max_on = 3.min
  rest   = 10.s
  safe   = off
}

light flash {
  pin = 23
  on  = blink(alarm == ringing, 500.ms, 500.ms)
}

asked = pulse(where(cupboard.pressed, alarm == disarmed && door.closed), 3.s)

# A beep a second while the half minute runs, and three when somebody asks.
gpio_out beeper {
  pin  = 24
  on   = blink(alarm == leaving || alarm == entering || asked, 100.ms, 900.ms)
  safe = off
}

led watching {
  pin = 18
  on  = alarm != disarmed
}

# The supply has current for one of them.
interlock supply {
  never_both = [siren.on, beeper.on]
}

invariant "nothing rings while disarmed" {
  that = !(siren.on && alarm == disarmed)
}

mqtt_out told {
  via    = home
  topic  = "alarm/state"
  send   = changes(alarm)
  retain = true
}
