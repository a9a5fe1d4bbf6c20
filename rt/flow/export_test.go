package flow

// Next runs one instant, if one is due.
func (e *Engine) Next() bool { return e.next() }
