package op

// Missed is what becomes of the moments that the clock passed over when it was put
// forward by more than a minute.
type Missed string

// What to do about a missed moment.
const (
	// MissedSkip leaves it out.
	MissedSkip Missed = "skip"
	// MissedRunOnce makes up for all that were missed with one, at once.
	MissedRunOnce Missed = "run_once"
)
