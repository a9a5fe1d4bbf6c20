# The price of a share, asked for once a minute, and an alarm when it moves by
# more than two percent within a quarter of an hour.

# Where the price comes from, key and all: the whole address is a secret, and
# no fault ever shows it. The README says what to put here.
secret quote_url {}

# Who is told: a web hook, which is its own password.
secret alarm_hook {}

http_get quote {
  url   = quote_url
  every = 1.min
  json  = { price = named("c", number) }
}

# The price as it was on average, and how far it is from that.
usual = average(quote.price, 15.min)
moved = abs(quote.price - usual) / usual

# Not every shiver of the price: an alarm needs to calm down before the next.
alarming = hysteresis(moved, { on_above = 0.02, off_below = 0.01 })

http_call alarm {
  url  = alarm_hook
  body = { text = "the price is ${round(quote.price, 2)}, it was ${round(usual, 2)}" }
  when = rises(alarming)
}

log unheard {
  show  = "the alarm did not get out: ${alarm.failed.message}"
  level = error
}
