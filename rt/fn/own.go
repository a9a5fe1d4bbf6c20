package fn

import "flowc/rt/flow"

// Generated programs hand data to and from a flow's own Go with the functions of
// this file.

// Member passes a member of an enumeration through; what is none is an error.
func Member[T ~string](x T, members ...T) (T, error) {
	for _, m := range members {
		if x == m {
			return x, nil
		}
	}
	return x, Failure("\"" + string(x) + "\" is no member of its enumeration")
}

// PointerTo is the data, or nil where it is missing.
func PointerTo[T any](x flow.Opt[T]) *T {
	if !x.OK {
		return nil
	}
	return &x.V
}

// OptionalOf is what a pointer points at; nil is missing.
func OptionalOf[T any](p *T) flow.Opt[T] {
	if p == nil {
		return flow.Opt[T]{}
	}
	return flow.Some(*p)
}
