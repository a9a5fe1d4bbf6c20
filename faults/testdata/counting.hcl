# Counts, says so, and remembers how far it was.

program {
  edition = 1
  persist = { file = "state.db", every = 5.s }
}

log counted {
  show = count(every(2.ms))
}
