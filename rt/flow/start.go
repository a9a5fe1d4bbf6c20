package flow

import "errors"

// Start claims what the things need, outputs first and each in its safe state,
// and runs instant 0. On an error every output is safe again.
func (e *Engine) Start() error {
	e.read()
	order := e.program.Order()
	for i, n := range order {
		if err := e.start(n); err != nil {
			e.unwind(order, i)
			return &StartError{Node: e.info.Nodes[n], Err: err}
		}
	}
	e.instant(occurrence{why: AtStart})
	if e.resumed != nil {
		e.catchUp()
	}
	return nil
}

func (e *Engine) start(n int32) (err error) {
	defer stopped(&err)
	return e.things[n].Start(e.Hosts[n])
}

// stopped, deferred, makes a panic an error.
func stopped(err *error) {
	if v := recover(); v != nil {
		*err = errors.New("stopped by " + panicText(v))
	}
}

// unwind stops what has started before the thing at place i could not. What has
// not may have been left on by an earlier run, so it is put safe as well; that it
// cannot be is no news beside the error.
func (e *Engine) unwind(order []int32, i int) {
	for j := i - 1; j >= 0; j-- {
		e.halt(order[j])
	}
	for _, n := range order[i:] {
		_ = e.putSafe(n)
	}
}

// StartError says which thing could not start.
type StartError struct {
	Node Node
	Err  error
}

// Error is the cause with the thing's place, kind and name before it.
func (s *StartError) Error() string {
	return s.Node.Pos + ": " + s.Node.Kind + " \"" + s.Node.Name + "\": " + s.Err.Error()
}

// Unwrap is the cause.
func (s *StartError) Unwrap() error { return s.Err }

// halt stops a thing; the others must be stopped too, so a panic ends here.
func (e *Engine) halt(n int32) {
	defer e.survive(n)
	e.things[n].Stop(e.Hosts[n])
}

// putSafe drives a thing safe if it is one that can be left on.
func (e *Engine) putSafe(n int32) (err error) {
	s, ok := e.things[n].(SafeStater)
	if !ok {
		return nil
	}
	defer stopped(&err)
	return s.SafeState(e.Hosts[n])
}
