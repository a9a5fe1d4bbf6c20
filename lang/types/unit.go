package types

import "flowc/rt/unit"

// Dim is a dimension: the exponents of rt/unit's bases.
type Dim = unit.Dim

// Unit is a unit of a quantity. The base value of v is (v + Offset) * Scale.
type Unit struct {
	// Name as written in a flow ("C"), Symbol as printed ("°C"). Name is "" where
	// a product or quotient has no unit of that size in the table.
	Name, Symbol string
	// GoType is the dimension's type in rt/unit ("Temperature"); "Derived" where
	// the dimension has no name.
	GoType string
	// GoName is the variable of rt/unit that holds the unit's Scale ("Celsius"),
	// "" for base units that are not in the table: their Scale is {1, 1, 0}.
	GoName        string
	Dim           Dim
	Point         bool
	Scale, Offset float64
	// Conv is the same relation as unit.Convert takes it.
	Conv unit.Scale
	// Step names the unit of a difference: K for C, dF for F, else itself.
	Step string
	// Label says what it is in words of the home: "a temperature (°C)".
	Label string
}

// LookupUnit finds a unit by the name a flow writes.
func LookupUnit(name string) (Unit, bool) {
	u, ok := unit.Lookup(name)
	if !ok {
		return Unit{}, false
	}
	return fromUnit(u), true
}

func fromUnit(u unit.Unit) Unit {
	label := u.Label
	if u.Symbol != "" && u.GoType != "Derived" {
		label += " (" + u.Symbol + ")"
	}
	return Unit{
		Name: u.Name, Symbol: u.Symbol, GoType: u.GoType, GoName: u.GoName,
		Dim: u.Dim, Point: u.Point, Step: u.Step,
		Scale: u.Scale.Mul / u.Scale.Div, Offset: -u.Scale.Zero, Conv: u.Scale,
		Label: label,
	}
}

// PreferredUnit is the unit that a computed quantity of a dimension gets, kWh for
// a power times a duration.
func PreferredUnit(dim Dim) Unit {
	if u, ok := unit.Preferred(dim, false); ok {
		return fromUnit(u)
	}
	return fromUnit(unit.DerivedUnit(dim))
}

// BaseUnit is the coherent unit of a dimension: factors of one throughout, so
// that products and quotients of numbers are right as they stand.
func BaseUnit(dim Dim) Unit {
	for _, u := range unit.All() {
		if u.Dim == dim && !u.Point && u.Scale == (unit.Scale{Mul: 1, Div: 1}) {
			return fromUnit(u)
		}
	}
	b := fromUnit(unit.DerivedUnit(dim))
	if u, ok := unit.Preferred(dim, false); ok {
		b.GoType = u.GoType
		b.Label = u.Label + " (" + b.Symbol + ")"
	}
	return b
}

// UnitOfGoType is the unit in which rt's own code holds a quantity of a Go type:
// the family's first.
func UnitOfGoType(goType string) (Unit, bool) {
	for _, u := range unit.All() {
		if u.GoType == goType {
			return fromUnit(u), true
		}
	}
	return Unit{}, false
}

// StepUnit is the unit of a difference of two quantities in u.
func (u Unit) StepUnit() Unit {
	if !u.Point {
		return u
	}
	s, ok := LookupUnit(u.Step)
	if !ok {
		return u
	}
	return s
}

// Coherent reports whether numbers in the unit are base values.
func (u Unit) Coherent() bool { return u.Conv == unit.Scale{Mul: 1, Div: 1} }

// QuantityOf is the type of quantities in a unit.
func QuantityOf(u Unit) *Type { return &Type{Kind: Quantity, Unit: u} }
