test "a jump is an alarm, once" {
  set quote_url { value = "https://quote.example.com/?key=k" }
  set alarm_hook { value = "https://hooks.example.com/x" }
  send_raw quote { payload = "{\"c\": 100.0}" }
  advance { by = 10.min }
  send_raw quote { payload = "{\"c\": 104.0, \"d\": 4}" }
  expect_sent alarm {
    text  = "the price is 104, it was *"
    times = 1
  }
  advance { by = 1.min }
  expect { that = alarming }
}

test "a price that creeps is none" {
  set quote_url { value = "https://quote.example.com/?key=k" }
  set alarm_hook { value = "https://hooks.example.com/x" }
  send_raw quote { payload = "{\"c\": 100.0}" }
  advance { by = 10.min }
  send_raw quote { payload = "{\"c\": 100.5}" }
  expect_nothing_sent alarm {}
}
