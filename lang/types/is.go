package types

import "slices"

// Is reports whether the type is of one of the kinds.
func (t *Type) Is(kinds ...Kind) bool { return slices.Contains(kinds, t.Kind) }
