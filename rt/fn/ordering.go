package fn

import (
	"slices"
	"time"

	"flowc/rt/flow"
)

// Sortable is what elements can be put in order by: numbers, quantities,
// durations, texts and members of enumerations.
type Sortable interface{ ~int64 | ~float64 | ~string }

// SortText puts texts in the order of their characters' numbers: capitals before
// small letters, accents last.
//
//	sort(["pear", "apple"])  # ["apple", "pear"]
//
//flow:func sort
func SortText(list []string) []string {
	sorted := slices.Clone(list)
	slices.Sort(sorted)
	return sorted
}

// SortTimes puts moments in order, the earliest first.
//
//flow:func sort
func SortTimes(list []time.Time) []time.Time {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, time.Time.Compare)
	return sorted
}

// SortBy puts the elements of a list, each called `it`, in rising order of
// something about them. Elements that are equal in it keep their order.
//
//	sort_by(["pear", "fig", "apple"], length(it))  # ["fig", "pear", "apple"]
//
//flow:func sort_by
//flow:in by lambda
func SortBy[T any, K Sortable](list []T, by func(T) K) []T {
	type entry struct {
		key K
		v   T
	}
	entries := make([]entry, len(list))
	for i, v := range list {
		entries[i] = entry{by(v), v}
	}
	slices.SortStableFunc(entries, func(a, b entry) int {
		switch {
		case a.key < b.key:
			return -1
		case a.key > b.key:
			return 1
		}
		return 0
	})
	sorted := make([]T, len(list))
	for i, e := range entries {
		sorted[i] = e.v
	}
	return sorted
}

// SmallestTime is the earliest of a list of moments, if it has any.
//
//flow:func smallest
func SmallestTime(list []time.Time) flow.Opt[time.Time] {
	if len(list) == 0 {
		return flow.Opt[time.Time]{}
	}
	return flow.Some(MinTime(list[0], list[1:]...))
}

// LargestTime is the latest of a list of moments, if it has any.
//
//flow:func largest
func LargestTime(list []time.Time) flow.Opt[time.Time] {
	if len(list) == 0 {
		return flow.Opt[time.Time]{}
	}
	return flow.Some(MaxTime(list[0], list[1:]...))
}
