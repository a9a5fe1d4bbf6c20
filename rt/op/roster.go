package op

import "flowc/rt/flow"

// roster keeps what each part's value is, with the parts in order of first
// appearance. Results are made anew from it, in that order, so that a forgotten
// part leaves no rounding error behind and a replay gives the same bits.
type roster[T any] struct {
	values []flow.Val[T]
	known  []bool
	order  []int32
}

// set takes in part n's value.
func (r *roster[T]) set(n int32, v flow.Val[T]) {
	for len(r.values) <= int(n) {
		r.values, r.known = append(r.values, flow.Val[T]{}), append(r.known, false)
	}
	if !r.known[n] {
		r.known[n] = true
		r.order = append(r.order, n)
	}
	r.values[n] = v
}

// forget leaves out part n; its number may be given to a later key.
func (r *roster[T]) forget(n int32) {
	for i, o := range r.order {
		if o == n {
			r.order = append(r.order[:i], r.order[i+1:]...)
			r.known[n] = false
			return
		}
	}
}
