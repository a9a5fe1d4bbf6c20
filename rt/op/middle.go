package op

import (
	"slices"

	"flowc/rt/flow"
)

// middle is the median of a list that is not empty, which it sorts; of two in the
// middle it is the mean.
func middle[T flow.Quantity](list []T) T {
	slices.Sort(list)
	n := len(list)
	if n%2 == 1 {
		return list[n/2]
	}
	low, high := list[n/2-1], list[n/2]
	return low + (high-low)/2
}
