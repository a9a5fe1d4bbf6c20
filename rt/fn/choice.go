package fn

import "slices"

// OneOf reports whether something is equal to one of the arguments after it.
//
//	one_of("red", "green", "red")  # true
//
//flow:func one_of
func OneOf[T comparable](v T, options ...T) bool { return slices.Contains(options, v) }
