package unit

// A dimension is what a family of units measures. The first unit of a family is
// the one a computed quantity is given when nothing else decides.
type dimension struct {
	goType string
	label  string
	dim    Dim
	point  bool
	units  []row
}

// A row is one unit. step names the unit of differences, where that is not the
// unit itself.
type row struct {
	name, symbol, goName string
	scale                Scale
	step                 string
}

var dimensions = []dimension{
	{goType: "Temperature", label: "a temperature", dim: Dim{BaseKelvin: 1}, point: true, units: []row{
		{name: "C", symbol: "°C", goName: "Celsius", scale: Celsius, step: "K"},
		{name: "F", symbol: "°F", goName: "Fahrenheit", scale: Fahrenheit, step: "dF"},
	}},
	{goType: "TemperatureStep", label: "a temperature difference", dim: Dim{BaseKelvin: 1}, units: []row{
		{name: "K", symbol: "K", goName: "Kelvin", scale: Kelvin},
		{name: "dF", symbol: "°F", goName: "FahrenheitStep", scale: FahrenheitStep},
	}},
	{goType: "Percent", label: "a percentage", dim: Dim{BasePercent: 1}, units: []row{
		{name: "pct", symbol: "%", goName: "Pct", scale: Pct},
		{name: "permille", symbol: "‰", goName: "Permille", scale: Permille},
	}},
	{goType: "Concentration", label: "a concentration", dim: Dim{BasePpm: 1}, units: []row{
		{name: "ppm", symbol: "ppm", goName: "PartPerMillion", scale: PartPerMillion},
		{name: "ppb", symbol: "ppb", goName: "PartPerBillion", scale: PartPerBillion},
	}},
	{goType: "Voltage", label: "a voltage", dim: Dim{BaseMetre: 2, BaseKilogram: 1, BaseSecond: -3, BaseAmpere: -1}, units: []row{
		{name: "V", symbol: "V", goName: "Volt", scale: Volt},
		{name: "mV", symbol: "mV", goName: "Millivolt", scale: Millivolt},
		{name: "uV", symbol: "µV", goName: "Microvolt", scale: Microvolt},
		{name: "kV", symbol: "kV", goName: "Kilovolt", scale: Kilovolt},
	}},
	{goType: "Current", label: "an electric current", dim: Dim{BaseAmpere: 1}, units: []row{
		{name: "A", symbol: "A", goName: "Ampere", scale: Ampere},
		{name: "mA", symbol: "mA", goName: "Milliampere", scale: Milliampere},
		{name: "uA", symbol: "µA", goName: "Microampere", scale: Microampere},
	}},
	{goType: "Power", label: "a power", dim: Dim{BaseMetre: 2, BaseKilogram: 1, BaseSecond: -3}, units: []row{
		{name: "W", symbol: "W", goName: "Watt", scale: Watt},
		{name: "mW", symbol: "mW", goName: "Milliwatt", scale: Milliwatt},
		{name: "kW", symbol: "kW", goName: "Kilowatt", scale: Kilowatt},
		{name: "MW", symbol: "MW", goName: "Megawatt", scale: Megawatt},
	}},
	{goType: "Energy", label: "an energy", dim: Dim{BaseMetre: 2, BaseKilogram: 1, BaseSecond: -2}, units: []row{
		{name: "kWh", symbol: "kWh", goName: "KilowattHour", scale: KilowattHour},
		{name: "Wh", symbol: "Wh", goName: "WattHour", scale: WattHour},
		{name: "MWh", symbol: "MWh", goName: "MegawattHour", scale: MegawattHour},
		{name: "J", symbol: "J", goName: "Joule", scale: Joule},
		{name: "kJ", symbol: "kJ", goName: "Kilojoule", scale: Kilojoule},
		{name: "MJ", symbol: "MJ", goName: "Megajoule", scale: Megajoule},
	}},
	{goType: "Charge", label: "an electric charge", dim: Dim{BaseAmpere: 1, BaseSecond: 1}, units: []row{
		{name: "Ah", symbol: "Ah", goName: "AmpereHour", scale: AmpereHour},
		{name: "mAh", symbol: "mAh", goName: "MilliampereHour", scale: MilliampereHour},
	}},
	{goType: "Resistance", label: "a resistance", dim: Dim{BaseMetre: 2, BaseKilogram: 1, BaseSecond: -3, BaseAmpere: -2}, units: []row{
		{name: "ohm", symbol: "Ω", goName: "Ohm", scale: Ohm},
		{name: "kohm", symbol: "kΩ", goName: "Kilohm", scale: Kilohm},
		{name: "Mohm", symbol: "MΩ", goName: "Megohm", scale: Megohm},
	}},
	{goType: "Capacitance", label: "a capacitance", dim: Dim{BaseMetre: -2, BaseKilogram: -1, BaseSecond: 4, BaseAmpere: 2}, units: []row{
		{name: "uF", symbol: "µF", goName: "Microfarad", scale: Microfarad},
		{name: "nF", symbol: "nF", goName: "Nanofarad", scale: Nanofarad},
	}},
	{goType: "Length", label: "a length", dim: Dim{BaseMetre: 1}, units: []row{
		{name: "m", symbol: "m", goName: "Metre", scale: Metre},
		{name: "km", symbol: "km", goName: "Kilometre", scale: Kilometre},
		{name: "cm", symbol: "cm", goName: "Centimetre", scale: Centimetre},
		{name: "mm", symbol: "mm", goName: "Millimetre", scale: Millimetre},
		{name: "um", symbol: "µm", goName: "Micrometre", scale: Micrometre},
		{name: "mi", symbol: "mi", goName: "Mile", scale: Mile},
		{name: "ft", symbol: "ft", goName: "Foot", scale: Foot},
		{name: "inch", symbol: "in", goName: "Inch", scale: Inch},
	}},
	{goType: "Area", label: "an area", dim: Dim{BaseMetre: 2}, units: []row{
		{name: "m2", symbol: "m²", goName: "SquareMetre", scale: SquareMetre},
		{name: "cm2", symbol: "cm²", goName: "SquareCentimetre", scale: SquareCentimetre},
		{name: "ha", symbol: "ha", goName: "Hectare", scale: Hectare},
		{name: "km2", symbol: "km²", goName: "SquareKilometre", scale: SquareKilometre},
	}},
	{goType: "Volume", label: "a volume", dim: Dim{BaseMetre: 3}, units: []row{
		{name: "l", symbol: "l", goName: "Litre", scale: Litre},
		{name: "ml", symbol: "ml", goName: "Millilitre", scale: Millilitre},
		{name: "m3", symbol: "m³", goName: "CubicMetre", scale: CubicMetre},
	}},
	{goType: "Mass", label: "a mass", dim: Dim{BaseKilogram: 1}, units: []row{
		{name: "kg", symbol: "kg", goName: "Kilogram", scale: Kilogram},
		{name: "g", symbol: "g", goName: "Gram", scale: Gram},
		{name: "mg", symbol: "mg", goName: "Milligram", scale: Milligram},
		{name: "t", symbol: "t", goName: "Tonne", scale: Tonne},
		{name: "lb", symbol: "lb", goName: "Pound", scale: Pound},
	}},
	{goType: "Speed", label: "a speed", dim: Dim{BaseMetre: 1, BaseSecond: -1}, units: []row{
		{name: "m_s", symbol: "m/s", goName: "MetrePerSecond", scale: MetrePerSecond},
		{name: "km_h", symbol: "km/h", goName: "KilometrePerHour", scale: KilometrePerHour},
		{name: "mph", symbol: "mph", goName: "MilePerHour", scale: MilePerHour},
		{name: "knot", symbol: "kn", goName: "Knot", scale: Knot},
		{name: "mm_h", symbol: "mm/h", goName: "MillimetrePerHour", scale: MillimetrePerHour},
	}},
	{goType: "Acceleration", label: "an acceleration", dim: Dim{BaseMetre: 1, BaseSecond: -2}, units: []row{
		{name: "m_s2", symbol: "m/s²", goName: "MetrePerSecondSquared", scale: MetrePerSecondSquared},
	}},
	{goType: "Force", label: "a force", dim: Dim{BaseMetre: 1, BaseKilogram: 1, BaseSecond: -2}, units: []row{
		{name: "N", symbol: "N", goName: "Newton", scale: Newton},
		{name: "kN", symbol: "kN", goName: "Kilonewton", scale: Kilonewton},
	}},
	{goType: "Pressure", label: "a pressure", dim: Dim{BaseMetre: -1, BaseKilogram: 1, BaseSecond: -2}, units: []row{
		{name: "hPa", symbol: "hPa", goName: "Hectopascal", scale: Hectopascal},
		{name: "Pa", symbol: "Pa", goName: "Pascal", scale: Pascal},
		{name: "kPa", symbol: "kPa", goName: "Kilopascal", scale: Kilopascal},
		{name: "mbar", symbol: "mbar", goName: "Millibar", scale: Millibar},
		{name: "bar", symbol: "bar", goName: "Bar", scale: Bar},
		{name: "psi", symbol: "psi", goName: "Psi", scale: Psi},
	}},
	{goType: "Flow", label: "a flow", dim: Dim{BaseMetre: 3, BaseSecond: -1}, units: []row{
		{name: "l_min", symbol: "l/min", goName: "LitrePerMinute", scale: LitrePerMinute},
		{name: "l_h", symbol: "l/h", goName: "LitrePerHour", scale: LitrePerHour},
		{name: "l_s", symbol: "l/s", goName: "LitrePerSecond", scale: LitrePerSecond},
		{name: "m3_h", symbol: "m³/h", goName: "CubicMetrePerHour", scale: CubicMetrePerHour},
	}},
	{goType: "Density", label: "a density", dim: Dim{BaseMetre: -3, BaseKilogram: 1}, units: []row{
		{name: "g_m3", symbol: "g/m³", goName: "GramPerCubicMetre", scale: GramPerCubicMetre},
		{name: "mg_m3", symbol: "mg/m³", goName: "MilligramPerCubicMetre", scale: MilligramPerCubicMetre},
		{name: "ug_m3", symbol: "µg/m³", goName: "MicrogramPerCubicMetre", scale: MicrogramPerCubicMetre},
		{name: "kg_m3", symbol: "kg/m³", goName: "KilogramPerCubicMetre", scale: KilogramPerCubicMetre},
	}},
	{goType: "Angle", label: "an angle", dim: Dim{BaseDegree: 1}, units: []row{
		{name: "deg", symbol: "°", goName: "Degree", scale: Degree},
		{name: "rad", symbol: "rad", goName: "Radian", scale: Radian},
	}},
	{goType: "AngularSpeed", label: "a speed of rotation", dim: Dim{BaseSecond: -1, BaseDegree: 1}, units: []row{
		{name: "rpm", symbol: "rpm", goName: "RevolutionPerMinute", scale: RevolutionPerMinute},
		{name: "deg_s", symbol: "°/s", goName: "DegreePerSecond", scale: DegreePerSecond},
	}},
	{goType: "Frequency", label: "a frequency", dim: Dim{BaseSecond: -1}, units: []row{
		{name: "Hz", symbol: "Hz", goName: "Hertz", scale: Hertz},
		{name: "kHz", symbol: "kHz", goName: "Kilohertz", scale: Kilohertz},
		{name: "MHz", symbol: "MHz", goName: "Megahertz", scale: Megahertz},
	}},
	{goType: "LuminousFlux", label: "a luminous flux", dim: Dim{BaseCandela: 1}, units: []row{
		{name: "lm", symbol: "lm", goName: "Lumen", scale: Lumen},
	}},
	{goType: "Illuminance", label: "an illuminance", dim: Dim{BaseMetre: -2, BaseCandela: 1}, units: []row{
		{name: "lux", symbol: "lx", goName: "Lux", scale: Lux},
		{name: "klux", symbol: "klx", goName: "Kilolux", scale: Kilolux},
	}},
	{goType: "Irradiance", label: "an irradiance", dim: Dim{BaseKilogram: 1, BaseSecond: -3}, units: []row{
		{name: "W_m2", symbol: "W/m²", goName: "WattPerSquareMetre", scale: WattPerSquareMetre},
	}},
	{goType: "DataSize", label: "a size of data", dim: Dim{BaseByte: 1}, units: []row{
		{name: "B", symbol: "B", goName: "Byte", scale: Byte},
		{name: "kB", symbol: "kB", goName: "Kilobyte", scale: Kilobyte},
		{name: "MB", symbol: "MB", goName: "Megabyte", scale: Megabyte},
		{name: "GB", symbol: "GB", goName: "Gigabyte", scale: Gigabyte},
		{name: "KiB", symbol: "KiB", goName: "Kibibyte", scale: Kibibyte},
		{name: "MiB", symbol: "MiB", goName: "Mebibyte", scale: Mebibyte},
	}},
	{goType: "DataRate", label: "a data rate", dim: Dim{BaseSecond: -1, BaseByte: 1}, units: []row{
		{name: "bit_s", symbol: "bit/s", goName: "BitPerSecond", scale: BitPerSecond},
		{name: "kbit_s", symbol: "kbit/s", goName: "KilobitPerSecond", scale: KilobitPerSecond},
		{name: "Mbit_s", symbol: "Mbit/s", goName: "MegabitPerSecond", scale: MegabitPerSecond},
		{name: "B_s", symbol: "B/s", goName: "BytePerSecond", scale: BytePerSecond},
	}},
	{goType: "Count", label: "a count", dim: Dim{BaseCount: 1}, units: []row{
		{name: "pcs", symbol: "pcs", goName: "Piece", scale: Piece},
	}},
}
