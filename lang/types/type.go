// Package types holds the language's types: data types with units, the shapes of
// wires, and keys. It knows neither HCL's evaluation nor Go's syntax.
package types

import "github.com/hashicorp/hcl/v2"

// Kind sorts the types.
type Kind uint8

// The kinds of types.
const (
	// Bad is the type of an expression that has an error: whatever meets it is
	// silent.
	Bad Kind = iota
	Bool
	Int
	Number
	String
	Bytes
	Time
	Duration
	// Nothing is the payload of an event that carries none.
	Nothing
	// Quantity is a measured number; Unit says in what.
	Quantity
	Enum
	Record
	List
	Map
	Optional
	Secret
	// Null is the literal null: data that is missing.
	Null
	// Variant is one of several cases, each a record; Fields are the cases.
	Variant
	// JSON is data that is not decoded: it can be kept, sent on and decoded.
	JSON
	// Date is a day of the calendar, TimeOfDay what a clock shows; Fields are their
	// parts.
	Date
	TimeOfDay
	// Never is what `fail` gives: no value at all, and so it may stand for any.
	Never
)

// Type is a type as it came about: Origin tells where. Types are compared with
// Same, never by pointer.
type Type struct {
	Kind Kind
	// Unit is a quantity's unit. A duration that crosses a border as a number has
	// the unit it is counted in there (its Name, "s"); it is no other type for that.
	Unit Unit
	// Elem is the element of a list, map or optional.
	Elem *Type
	// Fields are a record's, in the order of its declaration.
	Fields []Field
	// Name is a declared record's or an enumeration's name.
	Name string
	// Tag is the field that tells a variant's cases apart at the border
	// (`tagged("type", command)`); it is no other type for that.
	Tag string
	// Extra says what a decoder does with fields of a record that are not declared;
	// it is no other type for that.
	Extra Extra
	// Values are an enumeration's members; GoType is its Go type when it belongs
	// to a kind ("gpio.Pull").
	Values []string
	GoType string
	// Former are names that members had before.
	Former []Former
	// GoArgs are the type arguments of a generic Go type.
	GoArgs []*Type
	// Form is how its values are spelled outside, nil for JSON's own way.
	Form *Form
	// Origin is where the type was declared, for messages.
	Origin Origin
}

// Origin is the place a type came from and what is said there.
type Origin struct {
	Range hcl.Range
	// Text names what got its type there ("`soil.moisture`").
	Text string
}

// Field is a field of a record.
type Field struct {
	Name string
	Type *Type
	// Wire is its name outside (`named`), when another.
	Wire string
	// Default fills in what is missing (`optional(T, d)`): the field is then not
	// optional. It holds a constant as typed.Const does.
	Default any
	// Sure says that an optional field is known to be there (a filter looked):
	// reading it gives the plain type. The Go struct is the same, and so is the type.
	Sure  bool
	Range hcl.Range
}

// Simple types.
var (
	TBad       = &Type{Kind: Bad}
	TBool      = &Type{Kind: Bool}
	TInt       = &Type{Kind: Int}
	TNumber    = &Type{Kind: Number}
	TString    = &Type{Kind: String}
	TBytes     = &Type{Kind: Bytes}
	TTime      = &Type{Kind: Time}
	TDuration  = &Type{Kind: Duration}
	TNothing   = &Type{Kind: Nothing}
	TSecret    = &Type{Kind: Secret}
	TJSON      = &Type{Kind: JSON}
	TDate      = &Type{Kind: Date, Fields: wholes("year", "month", "day")}
	TTimeOfDay = &Type{Kind: TimeOfDay, Fields: wholes("hour", "minute", "second")}
	TNull      = &Type{Kind: Null}
	TNever     = &Type{Kind: Never}
)

// wholes are fields that hold whole numbers.
func wholes(names ...string) []Field {
	var list []Field
	for _, name := range names {
		list = append(list, Field{Name: name, Type: TInt})
	}
	return list
}

// ListOf is the type of lists of t.
func ListOf(t *Type) *Type { return &Type{Kind: List, Elem: t, Origin: t.Origin} }

// MapOf is the type of maps from texts to t.
func MapOf(t *Type) *Type { return &Type{Kind: Map, Elem: t, Origin: t.Origin} }

// OptionalOf is the type of what is a t or nothing.
func OptionalOf(t *Type) *Type { return &Type{Kind: Optional, Elem: t, Origin: t.Origin} }

// From is the same type with another origin.
func (t *Type) From(o Origin) *Type {
	c := *t
	c.Origin = o
	return &c
}

// Field finds a record's field.
func (t *Type) Field(name string) (Field, bool) {
	for _, f := range t.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// Same reports whether two types are one type: records are structural, and
// quantities need one dimension and one unit.
func Same(a, b *Type) bool { return same(a, b, true) }

// Alike is Same except that quantities need only the same dimension.
func Alike(a, b *Type) bool { return same(a, b, false) }

func same(a, b *Type, units bool) bool {
	if a.Kind != b.Kind {
		return false
	}
	switch a.Kind {
	case Quantity:
		return a.Unit.Dim == b.Unit.Dim && a.Unit.Point == b.Unit.Point &&
			(!units || a.Unit == b.Unit)
	case List, Map, Optional:
		return same(a.Elem, b.Elem, units)
	case Enum:
		return a.Name == b.Name && a.GoType == b.GoType
	case Record:
		return sameFields(a.Fields, b.Fields, units)
	case Variant:
		return a.Name == b.Name && sameFields(a.Fields, b.Fields, units)
	}
	return true
}

func sameFields(a, b []Field, units bool) bool {
	if len(a) != len(b) {
		return false
	}
	for i, f := range a {
		if f.Name != b[i].Name || !same(f.Type, b[i].Type, units) {
			return false
		}
	}
	return true
}

// Comparable reports whether `==` of Go compares values of the type.
func (t *Type) Comparable() bool {
	switch t.Kind {
	case List, Map, Bytes, JSON:
		return false
	case Optional:
		return t.Elem.Comparable()
	case Record, Variant:
		for _, f := range t.Fields {
			if !f.Type.Comparable() {
				return false
			}
		}
	}
	return true
}

// Former is a name that a member of an enumeration had before, and what it is called now.
type Former struct{ Was, Now string }
