package flow

// Stop ends the program at once: what is under way is left, the outputs go safe.
// Scripts and tests, which run the instants themselves, call it.
func (e *Engine) Stop() { e.stop(0) }
