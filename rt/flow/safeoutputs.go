package flow

// SafeOutputs puts the outputs safe with which the start begins. What may take its time
// before the start, or keep the program from it, calls it first: an earlier run may have
// left them on. That one cannot be put safe is told at its start.
func (e *Engine) SafeOutputs() {
	for _, n := range e.program.Order() {
		if _, ok := e.things[n].(SafeStater); !ok {
			return
		}
		_ = e.putSafe(n)
	}
}
