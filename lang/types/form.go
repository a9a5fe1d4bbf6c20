package types

import "time"

// FormKind is a way to spell a value outside that is not JSON's own.
type FormKind uint8

// The forms.
const (
	// Scaled: the number outside times Factor is the number inside.
	Scaled FormKind = iota + 1
	// StringAs: a number sent as text.
	StringAs
	// Words: other spellings of a switch or an enumeration.
	Words
	// Epoch: a moment as a count of Unit since 1970.
	Epoch
)

// Form is how values of a type are spelled outside. It belongs to the place where
// the type was declared; it is no part of the type itself.
type Form struct {
	Kind FormKind
	// Factor is what one of Scaled's numbers counts, in the unit of the type.
	Factor float64
	// Unit is what one of Epoch's numbers counts.
	Unit time.Duration
	// Words are the texts of the members: for a switch, of off and on.
	Words []string
}

// Plain is the type without the forms of its place: what an expression that takes
// the value out of its record has.
func (t *Type) Plain() *Type {
	switch t.Kind {
	case List, Map, Optional:
		if elem := t.Elem.Plain(); elem != t.Elem {
			c := *t
			c.Elem = elem
			return &c
		}
		return t
	}
	if t.Form == nil {
		return t
	}
	c := *t
	c.Form = nil
	return &c
}

// SameForm reports whether two forms spell values alike.
func SameForm(a, b *Form) bool {
	if a == nil || b == nil {
		return a == b
	}
	if a.Kind != b.Kind || a.Factor != b.Factor || a.Unit != b.Unit || len(a.Words) != len(b.Words) {
		return false
	}
	for i, w := range a.Words {
		if w != b.Words[i] {
			return false
		}
	}
	return true
}
