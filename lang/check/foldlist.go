package check

import (
	"time"

	"flowc/rt/flow"
	"flowc/rt/fn"
)

// listFolds are the functions over lists and maps that are worked out at compile
// time, by their Go name. Constants are of type any, and so are their elements.
var listFolds = map[string]fold{
	"LengthList":  list1(func(l []any) (any, error) { return fn.LengthList(l), nil }),
	"IsEmptyList": list1(func(l []any) (any, error) { return fn.IsEmptyList(l), nil }),
	"First":       list1(func(l []any) (any, error) { return opt(fn.First(l)), nil }),
	"Last":        list1(func(l []any) (any, error) { return opt(fn.Last(l)), nil }),
	"ReverseList": list1(func(l []any) (any, error) { return fn.ReverseList(l), nil }),
	"At":          two(func(l []any, n int64) (any, error) { return opt(fn.At(l, n)), nil }),
	"Has":         two(foldHas),
	"IndexOf":     two(foldIndexOf),
	"Unique":      list1(foldUnique),
	"Concat":      foldConcat,
	"Range":       two(foldRange),
	"Split":       two(func(s, sep string) (any, error) { return anys(fn.Split(s, sep)), nil }),
	"Join":        two(foldJoin),
	"Any":         foldTest(func(l []any, test func(any) bool) any { return fn.Any(l, test) }),
	"All":         foldTest(func(l []any, test func(any) bool) any { return fn.All(l, test) }),
	"CountIf":     foldTest(func(l []any, test func(any) bool) any { return fn.CountIf(l, test) }),
	"Sum":         floats(fn.Sum[float64]),
	"SumInt":      list1(func(l []any) (any, error) { return over(l, fn.SumInt) }),
	"SumDuration": list1(func(l []any) (any, error) { return over(l, fn.SumDuration) }),
	"Mean":        floats(func(l []float64) (any, error) { return opt(fn.Mean(l)), nil }),
	"MeanInt": list1(func(l []any) (any, error) {
		return over(l, func(l []int64) (any, error) { return opt(fn.MeanInt(l)), nil })
	}),
	"Smallest": ordered1(optOf(fn.Smallest[int64]), optOf(fn.Smallest[float64]), optOf(fn.Smallest[time.Duration])),
	"Largest":  ordered1(optOf(fn.Largest[int64]), optOf(fn.Largest[float64]), optOf(fn.Largest[time.Duration])),
	"Sort":     ordered1(listOf(fn.Sort[int64]), listOf(fn.Sort[float64]), listOf(fn.Sort[time.Duration])),
	"Get":      two(func(m map[string]any, k string) (any, error) { return opt(fn.Get(m, k)), nil }),
	"HasKey":   two(func(m map[string]any, k string) (any, error) { return fn.HasKey(m, k), nil }),
	"Keys":     one(func(m map[string]any) (any, error) { return anys(fn.Keys(m)), nil }),
	"Values":   one(func(m map[string]any) (any, error) { return fn.Values(m), nil }),
	"FirstOf":  foldFirstOf,
	"Scale":    foldScale,
}

func list1(f func([]any) (any, error)) fold { return one(f) }

// opt is an optional result: nil where it is missing.
func opt[T any](o flow.Opt[T]) any {
	if !o.OK {
		return nil
	}
	return o.V
}

func optOf[T any](f func([]T) flow.Opt[T]) func([]T) any {
	return func(l []T) any { return opt(f(l)) }
}

func listOf[T any](f func([]T) []T) func([]T) any {
	return func(l []T) any { return anys(f(l)) }
}

func anys[T any](list []T) any {
	out := make([]any, 0, len(list))
	for _, v := range list {
		out = append(out, v)
	}
	return out
}

// elements are the elements of a list of one type; ok is false if one is another.
func elements[T any](list []any) ([]T, bool) {
	out := make([]T, 0, len(list))
	for _, v := range list {
		t, ok := v.(T)
		if !ok {
			return nil, false
		}
		out = append(out, t)
	}
	return out, true
}

func over[T, R any](l []any, f func([]T) (R, error)) (any, error) {
	list, ok := elements[T](l)
	if !ok {
		return nil, errUnfolded
	}
	return f(list)
}

func floats[R any](f func([]float64) (R, error)) fold {
	return list1(func(l []any) (any, error) { return over(l, f) })
}

// ordered1 chooses among a function's instances by the type of the elements.
func ordered1(ints func([]int64) any, numbers func([]float64) any, durations func([]time.Duration) any) fold {
	return list1(func(l []any) (any, error) {
		if list, ok := elements[int64](l); ok {
			return ints(list), nil
		}
		if list, ok := elements[float64](l); ok {
			return numbers(list), nil
		}
		if list, ok := elements[time.Duration](l); ok {
			return durations(list), nil
		}
		return nil, errUnfolded
	})
}

// plainElements reports whether Go can compare the elements.
func plainElements(list []any) bool {
	for _, v := range list {
		switch v.(type) {
		case map[string]any, []any:
			return false
		}
	}
	return true
}

func foldHas(l []any, v any) (any, error) {
	if !plainElements(append(l[:len(l):len(l)], v)) {
		return nil, errUnfolded
	}
	return fn.Has(l, v), nil
}

func foldIndexOf(l []any, v any) (any, error) {
	if !plainElements(append(l[:len(l):len(l)], v)) {
		return nil, errUnfolded
	}
	return opt(fn.IndexOf(l, v)), nil
}

func foldUnique(l []any) (any, error) {
	if !plainElements(l) {
		return nil, errUnfolded
	}
	return fn.Unique(l), nil
}

func foldConcat(args []any) (any, error) {
	var lists [][]any
	for _, a := range args {
		lists = append(lists, a.([]any))
	}
	list, err := fn.Concat(lists...)
	return list, err
}

func foldRange(from, to int64) (any, error) {
	list, err := fn.Range(from, to)
	return anys(list), err
}

func foldJoin(l []any, sep string) (any, error) {
	list, ok := elements[string](l)
	if !ok {
		return nil, errUnfolded
	}
	return fn.Join(list, sep)
}

// foldTest runs a function that takes a condition on each element.
func foldTest(f func([]any, func(any) bool) any) fold {
	return func(args []any) (any, error) {
		test := args[1].(func(any) (any, bool, error))
		var failed error
		v := f(args[0].([]any), func(it any) bool {
			b, ok, err := test(it)
			switch {
			case err != nil:
				failed = err
			case !ok:
				failed = errUnfolded
			default:
				return b.(bool)
			}
			return false
		})
		return v, failed
	}
}

func foldFirstOf(args []any) (any, error) {
	for _, a := range args {
		if a != nil {
			return a, nil
		}
	}
	return nil, nil
}

func foldScale(args []any) (any, error) {
	from, ok1 := elements[float64](args[1].([]any))
	to, ok2 := elements[float64](args[2].([]any))
	v, ok3 := args[0].(float64)
	if !ok1 || !ok2 || !ok3 {
		return nil, errUnfolded
	}
	return fn.Scale(v, from, to)
}
