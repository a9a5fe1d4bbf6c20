package fn

import (
	"slices"
	"time"

	"flowc/rt/flow"
)

// LengthList counts the elements of a list.
//
//	length([4, 5, 6])  # 3
//
//flow:func length
func LengthList[T any](list []T) int64 { return int64(len(list)) }

// IsEmptyList reports whether a list has no elements.
//
//	is_empty([4])  # false
//
//flow:func is_empty
func IsEmptyList[T any](list []T) bool { return len(list) == 0 }

// First is the first element of a list, if it has one.
//
//	default(first([4, 5, 6]), 0)  # 4
//
//flow:func first
func First[T any](list []T) flow.Opt[T] { return At(list, 0) }

// Last is the last element of a list, if it has one.
//
//	default(last([4, 5, 6]), 0)  # 6
//
//flow:func last
func Last[T any](list []T) flow.Opt[T] { return At(list, int64(len(list))-1) }

// At is the element with that number, if there is one; the first is number 0.
//
//	default(at([4, 5, 6], 1), 0)  # 5
//	default(at([4, 5, 6], 3), 0)  # 0
//
//flow:func at
func At[T any](list []T, index int64) flow.Opt[T] {
	if index < 0 || index >= int64(len(list)) {
		return flow.Opt[T]{}
	}
	return flow.Opt[T]{V: list[index], OK: true}
}

// Has reports whether a list contains an element.
//
//	has(["red", "green"], "green")  # true
//
//flow:func has
func Has[T comparable](list []T, element T) bool { return slices.Contains(list, element) }

// IndexOf is the number of the first element equal to the given one, if there
// is one; the first element is number 0.
//
//	default(index_of(["red", "green"], "green"), -1)  # 1
//
//flow:func index_of
func IndexOf[T comparable](list []T, element T) flow.Opt[int64] {
	i := slices.Index(list, element)
	return flow.Opt[int64]{V: int64(max(i, 0)), OK: i >= 0}
}

// Sum adds up the elements of a list; that of an empty list is 0. It fails
// where the result is too large.
//
//	sum([1.5.W, 2.W])  # 3.5.W
//
//flow:func sum
func Sum[T flow.Linear](list []T) (T, error) {
	total := T(0)
	for _, v := range list {
		total += v
	}
	return Finite(total)
}

// SumInt adds up whole numbers; the sum of an empty list is 0. It fails where
// the result is outside the range of whole numbers.
//
//	sum([1, 2, 3])  # 6
//
//flow:func sum
func SumInt(list []int64) (total int64, err error) {
	for _, v := range list {
		if total, err = AddInt(total, v); err != nil {
			return 0, err
		}
	}
	return total, nil
}

// SumDuration adds up durations; the sum of an empty list is 0 s. It fails
// where the result is longer than a duration can be.
//
//	sum([30.s, 1.min])  # 90.s
//
//flow:func sum
func SumDuration(list []time.Duration) (total time.Duration, err error) {
	for _, d := range list {
		if total, err = AddDuration(total, d); err != nil {
			return 0, err
		}
	}
	return total, nil
}

// Mean is the arithmetic mean of the elements of a list, if it has any.
// Temperatures have one too.
//
//	default(mean([20.C, 23.C]), 0.C)  # 21.5.C
//
//flow:func mean
func Mean[T flow.Quantity](list []T) flow.Opt[T] {
	if len(list) == 0 {
		return flow.Opt[T]{}
	}
	n, total := float64(len(list)), 0.0
	for _, v := range list {
		total += float64(v)
	}
	if mean, err := Finite(total / n); err == nil {
		return flow.Opt[T]{V: T(mean), OK: true}
	}
	// The sum is too large for a number, but the mean never is.
	mean := 0.0
	for _, v := range list {
		mean += float64(v) / n
	}
	return flow.Opt[T]{V: T(mean), OK: true}
}

// MeanInt is the arithmetic mean of whole numbers, if the list has any; it
// need not be whole.
//
//	default(mean([1, 2]), 0)  # 1.5
//
//flow:func mean
func MeanInt(list []int64) flow.Opt[float64] {
	if len(list) == 0 {
		return flow.Opt[float64]{}
	}
	total := 0.0
	for _, v := range list {
		total += float64(v)
	}
	return flow.Opt[float64]{V: total / float64(len(list)), OK: true}
}

// Smallest is the smallest element of a list, if it has any.
//
//	default(smallest([3, 1, 2]), 0)  # 1
//
//flow:func smallest
func Smallest[T flow.Ordered](list []T) flow.Opt[T] {
	if len(list) == 0 {
		return flow.Opt[T]{}
	}
	return flow.Opt[T]{V: Min(list[0], list[1:]...), OK: true}
}

// Largest is the largest element of a list, if it has any.
//
//	default(largest([3, 1, 2]), 0)  # 3
//
//flow:func largest
func Largest[T flow.Ordered](list []T) flow.Opt[T] {
	if len(list) == 0 {
		return flow.Opt[T]{}
	}
	return flow.Opt[T]{V: Max(list[0], list[1:]...), OK: true}
}

// Sort puts the elements of a list in rising order.
//
//	sort([3, 1, 2])  # [1, 2, 3]
//
//flow:func sort
func Sort[T flow.Ordered](list []T) []T {
	sorted := slices.Clone(list)
	slices.Sort(sorted)
	return sorted
}

// ReverseList puts the elements of a list in the opposite order.
//
//	reverse([3, 1, 2])  # [2, 1, 3]
//
//flow:func reverse
func ReverseList[T any](list []T) []T {
	reversed := slices.Clone(list)
	slices.Reverse(reversed)
	return reversed
}

// Unique leaves out elements that occurred before in the list.
//
//	unique([3, 1, 3])  # [3, 1]
//
//flow:func unique
func Unique[T comparable](list []T) []T {
	seen := make(map[T]struct{}, len(list))
	kept := make([]T, 0, len(list))
	for _, v := range list {
		if _, twice := seen[v]; !twice {
			seen[v] = struct{}{}
			kept = append(kept, v)
		}
	}
	return kept
}

// Range lists the whole numbers from the first up to, but without, the second.
// It fails if that would be more than 100,000 numbers.
//
//	range(0, 3)  # [0, 1, 2]
//
//flow:func range
func Range(from, to int64) ([]int64, error) {
	if to <= from {
		return nil, nil
	}
	// Unsigned, because the distance may be more than an int64 holds.
	n := uint64(to) - uint64(from)
	if n > MaxItems {
		return nil, tooMany("range")
	}
	list := make([]int64, n)
	for i := range list {
		list[i] = from + int64(i)
	}
	return list, nil
}

// Concat puts lists together into one. It fails if that would have more than
// 100,000 elements.
//
//	concat([1, 2], [3])  # [1, 2, 3]
//
//flow:func concat
func Concat[T any](lists ...[]T) ([]T, error) {
	n := 0
	for _, list := range lists {
		n += len(list)
	}
	if n > MaxItems {
		return nil, tooMany("concat")
	}
	return slices.Concat(lists...), nil
}

// Any reports whether a condition holds for at least one element, which is
// called `it`.
//
//	any([4, 5, 6], it > 5)  # true
//
//flow:func any
//flow:in test lambda
func Any[T any](list []T, test func(T) bool) bool { return slices.ContainsFunc(list, test) }

// All reports whether a condition holds for every element, which is called
// `it`. It does for an empty list.
//
//	all([4, 5, 6], it > 5)  # false
//
//flow:func all
//flow:in test lambda
func All[T any](list []T, test func(T) bool) bool {
	for _, v := range list {
		if !test(v) {
			return false
		}
	}
	return true
}

// CountIf counts the elements, each called `it`, for which a condition holds.
//
//	count_if([4, 5, 6], it > 4)  # 2
//
//flow:func count_if
//flow:in test lambda
func CountIf[T any](list []T, test func(T) bool) int64 {
	n := int64(0)
	for _, v := range list {
		if test(v) {
			n++
		}
	}
	return n
}

func tooMany(name string) error {
	return Failure(name + ": the result would have more than 100,000 elements")
}
