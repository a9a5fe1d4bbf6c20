package fn

import (
	"slices"

	"flowc/rt/flow"
)

// Take is the first elements of a list, at most count of them.
//
//	take([4, 5, 6], 2)  # [4, 5]
//
//flow:func take
func Take[T any](list []T, count int64) []T {
	return slices.Clone(list[:inList(list, count)])
}

// Drop is a list without its first elements; count says without how many.
//
//	drop([4, 5, 6], 2)  # [6]
//
//flow:func drop
func Drop[T any](list []T, count int64) []T {
	return slices.Clone(list[inList(list, count):])
}

func inList[T any](list []T, count int64) int64 {
	return min(max(count, 0), int64(len(list)))
}

// Chunk cuts a list into lists of so many elements; the last has what is left
// over. It fails for a size below one.
//
//	chunk([4, 5, 6], 2)  # [[4, 5], [6]]
//
//flow:func chunk
func Chunk[T any](list []T, size int64) ([][]T, error) {
	if size < 1 {
		return nil, Failure("chunk: " + FormatInt(size) + " is no number of elements")
	}
	var chunks [][]T
	for len(list) > 0 {
		n := inList(list, size)
		chunks = append(chunks, slices.Clone(list[:n]))
		list = list[n:]
	}
	return chunks, nil
}

// Flatten puts the lists in a list together into one. It fails if that would have
// more than 100,000 elements.
//
//	flatten([[4, 5], [6]])  # [4, 5, 6]
//
//flow:func flatten
func Flatten[T any](lists [][]T) ([]T, error) {
	n := 0
	for _, list := range lists {
		n += len(list)
		if n > MaxItems {
			return nil, tooMany("flatten")
		}
	}
	return slices.Concat(lists...), nil
}

// Zip pairs the elements of two lists: the first with the first and so on, as far
// as both go. pair makes an element of the result; generated code knows its type.
func Zip[A, B, R any](as []A, bs []B, pair func(a A, b B) R) []R {
	list := make([]R, min(len(as), len(bs)))
	for i := range list {
		list[i] = pair(as[i], bs[i])
	}
	return list
}

// Find is the first element, called `it`, for which a condition holds, if there is
// one.
//
//	default(find([4, 5, 6], it > 4), 0)  # 5
//
//flow:func find
//flow:in test lambda
func Find[T any](list []T, test func(T) bool) flow.Opt[T] {
	for _, v := range list {
		if test(v) {
			return flow.Some(v)
		}
	}
	return flow.None[T]()
}

// UniqueBy leaves out elements, called `it`, that have the same of something as
// one before in the list.
//
//	unique_by([31, 12, 41, 22], it % 10)  # [31, 12]
//
//flow:func unique_by
//flow:in by lambda
func UniqueBy[T any, K comparable](list []T, by func(T) K) []T {
	seen := make(map[K]struct{}, len(list))
	kept := make([]T, 0, len(list))
	for _, v := range list {
		k := by(v)
		if _, twice := seen[k]; !twice {
			seen[k] = struct{}{}
			kept = append(kept, v)
		}
	}
	return kept
}

// GroupBy sorts the elements of a list, each called `it`, into lists by a text.
// Each list keeps their order.
//
//	default(get(group_by(["pear", "apple", "plum"], substr(it, 0, 1)), "p"), [])  # ["pear", "plum"]
//
//flow:func group_by
//flow:in by lambda
func GroupBy[T any](list []T, by func(T) string) map[string][]T {
	groups := map[string][]T{}
	for _, v := range list {
		k := by(v)
		groups[k] = append(groups[k], v)
	}
	return groups
}
