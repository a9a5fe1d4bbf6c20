package unit

// A DurationUnit is a unit of time. 5.min is a duration (time.Duration in Go)
// and not a quantity.
type DurationUnit struct {
	// Name is how a flow writes it.
	Name string
	// Symbol is how it is printed.
	Symbol string
	// Nanoseconds is its length. A day is always 24 hours.
	Nanoseconds int64
	// GoName is the constant of package time to multiply by, or empty (d).
	GoName string
}

// DurationLabel says what a duration is in words of the home.
const DurationLabel = "a duration"

// Durations lists the units of time, shortest first.
func Durations() []DurationUnit {
	return []DurationUnit{
		{Name: "us", Symbol: "µs", Nanoseconds: 1e3, GoName: "Microsecond"},
		{Name: "ms", Symbol: "ms", Nanoseconds: 1e6, GoName: "Millisecond"},
		{Name: "s", Symbol: "s", Nanoseconds: 1e9, GoName: "Second"},
		{Name: "min", Symbol: "min", Nanoseconds: 60e9, GoName: "Minute"},
		{Name: "h", Symbol: "h", Nanoseconds: 3600e9, GoName: "Hour"},
		{Name: "d", Symbol: "d", Nanoseconds: 24 * 3600e9},
	}
}

// LookupDuration finds a unit of time by the name a flow writes.
func LookupDuration(name string) (DurationUnit, bool) {
	for _, u := range Durations() {
		if u.Name == name {
			return u, true
		}
	}
	return DurationUnit{}, false
}

// SecondsDim is the dimension of a duration, for products and quotients of
// durations and quantities.
func SecondsDim() Dim { return Dim{BaseSecond: 1} }
