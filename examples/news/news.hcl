# A lamp for bad weather: the feed of the weather service is read every ten
# minutes, and a warning of a storm lights the lamp for half an hour.

# The README says what to put here.
setting warnings_url {
  type    = string
  default = "https://example.com/warnings.xml"
}

rss warnings {
  url   = warnings_url
  every = 10.min
}

storm = where(warnings, contains(lower(warnings.title), "storm"))

led lamp {
  pin = 18
  on  = pulse(storm, 30.min)
}

log told {
  show = "${storm.title} (${storm.link})"
}
