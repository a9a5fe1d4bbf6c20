package faults

import "time"

// termLimit is how long a program may take to stop, with something for the machine.
const termLimit = 11 * time.Second
