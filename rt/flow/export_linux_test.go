package flow

// AskChrony asks a chronyd once whether the clock is set.
func AskChrony(port int) bool { return askChrony(port) }

// NewChrony asks a chronyd until the clock is set.
func NewChrony(clock Clock, port int) (says func() bool) {
	c := &chrony{}
	return func() bool { return c.says(clock, port) }
}
