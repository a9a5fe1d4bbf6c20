package flow

// Invariant is a rule that must never be broken. While it is, the actuators in it are
// in their safe state.
type Invariant struct{ broken bool }

// Broken looks at an invariant: holds is whether it holds now, would whether it would
// with the actuators in it as the flow wants them; message is the fault. It gives 1 when the rule is broken
// for the first time, -1 when what is wanted keeps to it again, and else 0.
func (e *Engine) Broken(i *Invariant, node int32, holds, would Val[bool], message string) int {
	switch {
	case !i.broken && holds.OK && !holds.V:
		i.broken = true
		e.again = true // before anything is driven
		e.Fault(node, message)
		return 1
	case i.broken && would.OK && would.V:
		i.broken = false
		e.again = true
		return -1
	}
	return 0
}
