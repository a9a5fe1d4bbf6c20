// Package flow runs a compiled flow: instants, the one clock, timers, readiness,
// faults and tokens. Generated programs, kinds and operators are written against
// it; it imports the standard library only.
package flow

// Unit is the payload of an event that carries nothing, such as a press.
type Unit struct{}

// Opt is data that may be missing: `optional(T)` in a flow.
type Opt[T any] struct {
	V  T
	OK bool
}

// Some is data that is there.
func Some[T any](v T) Opt[T] { return Opt[T]{V: v, OK: true} }

// None is data that is missing.
func None[T any]() Opt[T] { return Opt[T]{} }

// Or gives the data, or d where it is missing.
func (o Opt[T]) Or(d T) T {
	if o.OK {
		return o.V
	}
	return d
}

// Val is what a value is at one moment: known, or not ready. It differs from
// Opt in meaning: no flow can hold a Val, and nothing handles it by default.
type Val[T any] struct {
	V  T
	OK bool
}

// Ready is a known value.
func Ready[T any](v T) Val[T] { return Val[T]{V: v, OK: true} }

// When is v where ok holds, and not ready elsewhere.
func When[T any](ok bool, v T) Val[T] {
	if !ok {
		return Val[T]{}
	}
	return Val[T]{V: v, OK: true}
}

// Or gives the value, or d while it is not ready: `try` and `initially`.
func (v Val[T]) Or(d T) T {
	if v.OK {
		return v.V
	}
	return d
}

// And is `a && b`: off as soon as one side is known to be off, even while the
// other is not ready.
func And(a, b Val[bool]) Val[bool] {
	switch {
	case a.OK && !a.V, b.OK && !b.V:
		return Ready(false)
	case a.OK && b.OK:
		return Ready(true)
	}
	return Val[bool]{}
}

// Either is `a || b`: on as soon as one side is known to be on, even while the
// other is not ready.
func Either(a, b Val[bool]) Val[bool] {
	switch {
	case a.OK && a.V, b.OK && b.V:
		return Ready(true)
	case a.OK && b.OK:
		return Ready(false)
	}
	return Val[bool]{}
}

// Hap is an event seen in one pass: it happens now, with a payload, or not.
type Hap[T any] struct {
	V  T
	OK bool
}

// Now is an event that happens in this pass.
func Now[T any](v T) Hap[T] { return Hap[T]{V: v, OK: true} }

// Number is what plain arithmetic takes: int, number and quantities.
type Number interface{ ~int64 | ~float64 }

// Quantity is any measured number, points such as a temperature included.
type Quantity interface{ ~float64 }

// Linear is a measured number that can be added up: no points.
type Linear interface{ ~float64 }

// Ordered is whatever can be compared with `<`.
type Ordered interface{ ~int64 | ~float64 }
