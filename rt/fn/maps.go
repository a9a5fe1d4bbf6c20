package fn

import (
	"slices"

	"flowc/rt/flow"
)

// Get is the value that a map holds for a key; missing if it holds none.
//
//	default(get({ "a" = 1 }, "b"), 0)  # 0
//
//flow:func get
func Get[T any](from map[string]T, key string) flow.Opt[T] {
	v, ok := from[key]
	return flow.Opt[T]{V: v, OK: ok}
}

// HasKey reports whether a map holds a key.
//
//	has_key({ "a" = 1 }, "a")  # true
//
//flow:func has_key
func HasKey[T any](from map[string]T, key string) bool {
	_, ok := from[key]
	return ok
}

// Keys are the keys of a map, sorted.
//
//	keys({ "b" = 1, "a" = 2 })  # ["a", "b"]
//
//flow:func keys
func Keys[T any](of map[string]T) []string {
	list := make([]string, 0, len(of))
	for k := range of {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

// Values are the values of a map, in the order of its keys.
//
//	values({ "b" = 1, "a" = 2 })  # [2, 1]
//
//flow:func values
func Values[T any](of map[string]T) []T {
	list := make([]T, 0, len(of))
	for _, k := range Keys(of) {
		list = append(list, of[k])
	}
	return list
}
