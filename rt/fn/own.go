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

// FiniteToo is Finite for what may be an error already.
func FiniteToo[T ~float64](x T, err error) (T, error) {
	if err != nil {
		return x, err
	}
	return Finite(x)
}

// FiniteVal is Finite for a value that may be not ready.
func FiniteVal[T ~float64](x flow.Val[T]) (flow.Val[T], error) {
	if !x.OK {
		return x, nil
	}
	v, err := Finite(x.V)
	return flow.When(err == nil, v), err
}

// FiniteHap is Finite for what may happen.
func FiniteHap[T ~float64](x flow.Hap[T]) (flow.Hap[T], error) {
	if !x.OK {
		return x, nil
	}
	v, err := Finite(x.V)
	return flow.Hap[T]{V: v, OK: err == nil}, err
}
