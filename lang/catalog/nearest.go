package catalog

import (
	"slices"
	"strings"
)

// Nearest gives the candidates that name was probably meant to be: at most two
// letters wrong, missing, too many or swapped (one in names of up to three
// letters), nearest first.
func Nearest(name string, candidates []string) []string {
	limit := 2
	if len([]rune(name)) <= 3 {
		limit = 1
	}
	type near struct {
		name     string
		distance int
	}
	var found []near
	for _, c := range candidates {
		if d := distance(name, c); d > 0 && d <= limit && d < len([]rune(c)) {
			found = append(found, near{c, d})
		}
	}
	slices.SortFunc(found, func(a, b near) int {
		if a.distance != b.distance {
			return a.distance - b.distance
		}
		return strings.Compare(a.name, b.name)
	})
	var names []string
	for _, f := range found {
		names = append(names, f.name)
	}
	return slices.Compact(names)
}

// distance counts the letters to add, drop, change or swap with their neighbour
// to get from a to b.
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	before := make([]int, len(to)+1)
	last := make([]int, len(to)+1)
	for j := range last {
		last[j] = j
	}
	for i := range from {
		row := make([]int, len(to)+1)
		row[0] = i + 1
		for j := range to {
			change := last[j]
			if from[i] != to[j] {
				change++
			}
			row[j+1] = min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && from[i] == to[j-1] && from[i-1] == to[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(to)]
}
