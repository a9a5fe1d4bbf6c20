package unit

// A Unit is one unit of measurement as the checker sees it.
type Unit struct {
	// Name is how a flow writes it: 21.5.C has the unit named C.
	Name string
	// Symbol is how it is printed: °C.
	Symbol string
	// GoName is the variable of this package that holds its Scale.
	GoName string
	// GoType is the type of this package that holds its quantities.
	GoType string
	// Label says what it measures in words of the home: "a temperature".
	Label string
	// Dim is its dimension. Points and steps of temperature share one.
	Dim Dim
	// Point is set where the numbers are points on a scale (C, F), which can
	// be compared and subtracted but not added.
	Point bool
	// Step names the unit of a difference of two quantities: K for C, dF for
	// F, and for all others the unit itself.
	Step string
	// Scale relates the unit to the base unit of its dimension.
	Scale Scale
}

// Lookup finds a unit by the name a flow writes. Units of time are durations
// and are found by LookupDuration.
func Lookup(name string) (Unit, bool) {
	for i := range dimensions {
		d := &dimensions[i]
		for j := range d.units {
			if d.units[j].name == name {
				return d.unit(j), true
			}
		}
	}
	return Unit{}, false
}

// Preferred is the unit a computed quantity gets: kWh for a power times a
// duration. ok is false for a dimension without a name; such quantities are
// Derived, in base units.
func Preferred(dim Dim, point bool) (u Unit, ok bool) {
	for i := range dimensions {
		if d := &dimensions[i]; d.dim == dim && d.point == point {
			return d.unit(0), true
		}
	}
	return Unit{}, false
}

// DerivedUnit is the unit of quantities whose dimension has no name: base
// units throughout, printed as Dim.Symbol writes them.
func DerivedUnit(dim Dim) Unit {
	return Unit{
		Symbol: dim.Symbol(),
		GoType: "Derived",
		Label:  "a quantity in " + dim.Symbol(),
		Dim:    dim,
		Scale:  Scale{Mul: 1, Div: 1},
	}
}

// All lists every unit, family by family, the preferred unit of each first.
func All() []Unit {
	var all []Unit
	for i := range dimensions {
		for j := range dimensions[i].units {
			all = append(all, dimensions[i].unit(j))
		}
	}
	return all
}

func (d *dimension) unit(j int) Unit {
	r := &d.units[j]
	step := r.step
	if step == "" {
		step = r.name
	}
	return Unit{
		Name:   r.name,
		Symbol: r.symbol,
		GoName: r.goName,
		GoType: d.goType,
		Label:  d.label,
		Dim:    d.dim,
		Point:  d.point,
		Step:   step,
		Scale:  r.scale,
	}
}
