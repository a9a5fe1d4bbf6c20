package flow

// Next runs one instant, if one is due.
func (e *Engine) Next() bool { return e.next() }

// Problem is an error of a text.
type Problem string

func (p Problem) Error() string { return string(p) }
