package op

import (
	"math/rand/v2"
	"slices"
	"testing"

	"flowc/rt/flow"
)

// across is an operator across keys.
type across[T, R any] interface {
	Update(n int32, old, new flow.Val[T])
	Forget(n int32, old flow.Val[T])
	Result() flow.Val[R]
}

// keyed drives an operator across keys as generated code does, and keeps what it
// should know: the parts in order of first appearance and their values.
type keyed[T comparable, R any] struct {
	o      across[T, R]
	values map[int32]flow.Val[T]
	order  []int32
	free   []int32
}

func overKeys[T comparable, R any](o across[T, R]) *keyed[T, R] {
	return &keyed[T, R]{o: o, values: map[int32]flow.Val[T]{}}
}

// add makes a key known, of which nothing else is; numbers are given again.
func (k *keyed[T, R]) add() int32 {
	n := int32(len(k.order))
	if len(k.free) > 0 {
		n, k.free = k.free[0], k.free[1:]
	}
	k.order = append(k.order, n)
	k.set(n, flow.Val[T]{})
	return n
}

func (k *keyed[T, R]) set(n int32, v flow.Val[T]) {
	k.o.Update(n, k.values[n], v)
	k.values[n] = v
}

func (k *keyed[T, R]) forget(n int32) {
	k.o.Forget(n, k.values[n])
	delete(k.values, n)
	k.order = slices.DeleteFunc(k.order, func(o int32) bool { return o == n })
	k.free = append(k.free, n)
}

// ready are the values of the ready parts, in order of first appearance.
func (k *keyed[T, R]) ready() (list []T) {
	for _, n := range k.order {
		if v := k.values[n]; v.OK {
			list = append(list, v.V)
		}
	}
	return list
}

// acrossProperty compares an operator with a model that sees all parts at once,
// after every step of a random history of keys.
func acrossProperty[T, R comparable](t *testing.T, fresh func() across[T, R], value func(*rand.Rand) T, model func(known int, ready []T) flow.Val[R]) {
	t.Helper()
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 6))
		k := overKeys(fresh())
		for range 150 {
			switch pick := r.IntN(10); {
			case len(k.order) == 0 || pick == 0:
				k.add()
			case pick == 1:
				k.forget(k.order[r.IntN(len(k.order))])
			case pick < 4:
				k.set(k.order[r.IntN(len(k.order))], flow.Val[T]{})
			default:
				k.set(k.order[r.IntN(len(k.order))], flow.Ready(value(r)))
			}
			got, want := k.o.Result(), model(len(k.order), k.ready())
			if got.OK != want.OK || got.OK && got.V != want.V {
				t.Fatalf("seed %d: got %v, want %v of %d known keys, ready %v", seed, got, want, len(k.order), k.ready())
			}
		}
	}
}

func coin(r *rand.Rand) bool { return r.IntN(2) == 0 }

func few(r *rand.Rand) float64 { return float64(r.IntN(9)) - 4 }
