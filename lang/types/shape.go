package types

// Shape is what a wire is.
type Shape uint8

// The shapes.
const (
	// Constant is, always: known at compile time or at start.
	Constant Shape = iota
	// Value is.
	Value
	// Event happens.
	Event
	// Reading happens and then is.
	Reading
)

// String is the shape as messages call it.
func (s Shape) String() string {
	return [...]string{"constant", "value", "event", "reading"}[s]
}

// Happens reports whether the shape can trigger something.
func (s Shape) Happens() bool { return s == Event || s == Reading }

// Is reports whether the shape has a level.
func (s Shape) Is() bool { return s != Event }

// Key is what a keyed wire is keyed by; two wires with the same Key combine key
// by key. The zero Key is no key.
type Key struct {
	// Names and Types of the captures, as "bed,row" and "string,int", so that
	// keys compare with ==.
	Names, Types string
}

// Keyed reports whether there is a key.
func (k Key) Keyed() bool { return k.Names != "" }

// Source is where the occurrences of an event or reading come from: a root, or
// a filter on another source. Sources compare by pointer.
type Source struct {
	// Of is the source that this one filters, nil for a root.
	Of *Source
	// Name is what people call it: `door.pressed`, `good`.
	Name string
}

// Within reports whether s is t or a filter on it, through any number of
// filters: whenever s happens, t does.
func (s *Source) Within(t *Source) bool {
	for ; s != nil; s = s.Of {
		if s == t {
			return true
		}
	}
	return false
}
