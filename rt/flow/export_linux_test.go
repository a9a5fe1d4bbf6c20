package flow

// AskTimedated asks a bus once whether the clock is set.
func AskTimedated(socket string) bool { return askTimedated(socket) }

// NewTimedated asks a bus until the clock is set.
func NewTimedated(clock Clock, socket string) (says func() bool) {
	d := &timedated{}
	return func() bool { return d.says(clock, socket) }
}
