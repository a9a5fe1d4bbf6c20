package fn

import (
	"maps"
	"slices"

	"flowc/rt/flow"
)

// LengthMap counts the entries of a map.
//
//	length(put({ "a" = 1 }, "b", 2))  # 2
//
//flow:func length
func LengthMap[T any](entries map[string]T) int64 { return int64(len(entries)) }

// IsEmptyMap reports whether a map has no entries.
//
//	is_empty(remove({ "a" = 1 }, "a"))  # true
//
//flow:func is_empty
func IsEmptyMap[T any](entries map[string]T) bool { return len(entries) == 0 }

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

// Put is a map with one entry more, or with another value where the key is there
// already. It fails if that would be more than 100,000 entries.
//
//	values(put({ "a" = 1 }, "b", 2))  # [1, 2]
//
//flow:func put
func Put[T any](into map[string]T, key string, value T) (map[string]T, error) {
	if _, there := into[key]; !there && len(into) >= MaxItems {
		return nil, tooManyEntries("put")
	}
	out := make(map[string]T, len(into)+1)
	maps.Copy(out, into)
	out[key] = value
	return out, nil
}

// Remove is a map without one of its entries. A key that is not there changes
// nothing.
//
//	keys(remove({ "a" = 1, "b" = 2 }, "a"))  # ["b"]
//
//flow:func remove
func Remove[T any](from map[string]T, key string) map[string]T {
	out := maps.Clone(from)
	delete(out, key)
	return out
}

// MergeMaps puts the entries of maps together; of entries with one key the last
// holds. It fails if that would be more than 100,000 entries.
//
//	values(merge_maps({ "a" = 1, "b" = 2 }, { "b" = 3, "c" = 4 }))  # [1, 3, 4]
//
//flow:func merge_maps
func MergeMaps[T any](first map[string]T, more ...map[string]T) (map[string]T, error) {
	out := make(map[string]T, len(first))
	maps.Copy(out, first)
	for _, m := range more {
		maps.Copy(out, m)
		if len(out) > MaxItems {
			return nil, tooManyEntries("merge_maps")
		}
	}
	return out, nil
}

// ToMap makes an entry of each element of a list, which is called `it` in its
// key and its value. It fails where two elements have one key: group_by keeps
// them all.
//
//	default(get(to_map(["red", "white"], it, length(it)), "white"), 0)  # 5
//
//flow:func to_map
//flow:in key lambda
//flow:in value lambda
func ToMap[T, V any](list []T, key func(T) string, value func(T) V) (map[string]V, error) {
	out := make(map[string]V, len(list))
	for _, v := range list {
		k := key(v)
		if _, twice := out[k]; twice {
			return nil, Failure("to_map: two elements have the key " + shorten(k))
		}
		out[k] = value(v)
	}
	return out, nil
}

func tooManyEntries(name string) error {
	return Failure(name + ": the result would have more than 100,000 entries")
}
