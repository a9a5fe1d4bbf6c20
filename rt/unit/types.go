package unit

// One type per dimension, so that a mistake of the generator in units is a
// compile error of the Go it wrote. A number is held in the unit its wire was
// declared with, not in the base unit.
type (
	// Temperature is a point on a scale: C or F. Two points differ by a
	// TemperatureStep; they cannot be added.
	Temperature float64
	// TemperatureStep is a difference between two temperatures: K or dF.
	TemperatureStep float64
	// Percent is a percentage. It is not a fraction of 1.
	Percent float64
	// Concentration is a share of something in air or water, in ppm or ppb.
	Concentration float64

	// Voltage is an electric potential, base V.
	Voltage float64
	// Current is an electric current, base A.
	Current float64
	// Power is energy over time, base W.
	Power float64
	// Energy is base J; household meters count it in kWh.
	Energy float64
	// Charge is current times time, base A s; batteries are rated in Ah.
	Charge float64
	// Resistance is base ohm.
	Resistance float64
	// Capacitance is base F.
	Capacitance float64

	// Length is base m.
	Length float64
	// Area is base m².
	Area float64
	// Volume is base m³.
	Volume float64
	// Mass is base kg.
	Mass float64
	// Speed is base m/s.
	Speed float64
	// Acceleration is base m/s².
	Acceleration float64
	// Force is base N.
	Force float64
	// Pressure is base Pa.
	Pressure float64
	// Flow is volume over time, base m³/s.
	Flow float64
	// Density is mass over volume, base kg/m³; absolute humidity is one.
	Density float64

	// Angle is base deg.
	Angle float64
	// AngularSpeed is angle over time, base deg/s.
	AngularSpeed float64
	// Frequency is base Hz.
	Frequency float64

	// LuminousFlux is light sent out, base lm.
	LuminousFlux float64
	// Illuminance is light arriving on a surface, base lx.
	Illuminance float64
	// Irradiance is power arriving on a surface, base W/m².
	Irradiance float64

	// DataSize is base B (byte).
	DataSize float64
	// DataRate is data over time, base B/s.
	DataRate float64
	// Count is a number of countable things.
	Count float64

	// Derived is a quantity whose dimension has no name here, such as m⁴ or
	// W/K. Its number is always in base units.
	Derived float64
)
