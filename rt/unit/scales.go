package unit

import "math"

// The scales of all units, one variable each: a program links only those it
// converts between. They are never assigned to.
var (
	Celsius    = Scale{1, 1, 0}
	Fahrenheit = Scale{5, 9, 32}

	Kelvin         = Scale{1, 1, 0}
	FahrenheitStep = Scale{5, 9, 0}

	Pct      = Scale{1, 1, 0}
	Permille = Scale{1, 10, 0}

	PartPerMillion = Scale{1, 1, 0}
	PartPerBillion = Scale{1, 1e3, 0}

	Volt      = Scale{1, 1, 0}
	Millivolt = Scale{1, 1e3, 0}
	Microvolt = Scale{1, 1e6, 0}
	Kilovolt  = Scale{1e3, 1, 0}

	Ampere      = Scale{1, 1, 0}
	Milliampere = Scale{1, 1e3, 0}
	Microampere = Scale{1, 1e6, 0}

	Watt      = Scale{1, 1, 0}
	Milliwatt = Scale{1, 1e3, 0}
	Kilowatt  = Scale{1e3, 1, 0}
	Megawatt  = Scale{1e6, 1, 0}

	KilowattHour = Scale{3.6e6, 1, 0}
	WattHour     = Scale{3600, 1, 0}
	MegawattHour = Scale{3.6e9, 1, 0}
	Joule        = Scale{1, 1, 0}
	Kilojoule    = Scale{1e3, 1, 0}
	Megajoule    = Scale{1e6, 1, 0}

	AmpereHour      = Scale{3600, 1, 0}
	MilliampereHour = Scale{3600, 1e3, 0}

	Ohm    = Scale{1, 1, 0}
	Kilohm = Scale{1e3, 1, 0}
	Megohm = Scale{1e6, 1, 0}

	Microfarad = Scale{1, 1e6, 0}
	Nanofarad  = Scale{1, 1e9, 0}

	Metre      = Scale{1, 1, 0}
	Kilometre  = Scale{1e3, 1, 0}
	Centimetre = Scale{1, 100, 0}
	Millimetre = Scale{1, 1e3, 0}
	Micrometre = Scale{1, 1e6, 0}
	Mile       = Scale{1609344, 1e3, 0}
	Foot       = Scale{3048, 1e4, 0}
	Inch       = Scale{254, 1e4, 0}

	SquareMetre      = Scale{1, 1, 0}
	SquareCentimetre = Scale{1, 1e4, 0}
	Hectare          = Scale{1e4, 1, 0}
	SquareKilometre  = Scale{1e6, 1, 0}

	Litre      = Scale{1, 1e3, 0}
	Millilitre = Scale{1, 1e6, 0}
	CubicMetre = Scale{1, 1, 0}

	Kilogram  = Scale{1, 1, 0}
	Gram      = Scale{1, 1e3, 0}
	Milligram = Scale{1, 1e6, 0}
	Tonne     = Scale{1e3, 1, 0}
	Pound     = Scale{45359237, 1e8, 0}

	MetrePerSecond    = Scale{1, 1, 0}
	KilometrePerHour  = Scale{1e3, 3600, 0}
	MilePerHour       = Scale{1609344, 3.6e6, 0}
	Knot              = Scale{1852, 3600, 0}
	MillimetrePerHour = Scale{1, 3.6e6, 0}

	MetrePerSecondSquared = Scale{1, 1, 0}

	Newton     = Scale{1, 1, 0}
	Kilonewton = Scale{1e3, 1, 0}

	Hectopascal = Scale{100, 1, 0}
	Pascal      = Scale{1, 1, 0}
	Kilopascal  = Scale{1e3, 1, 0}
	Millibar    = Scale{100, 1, 0}
	Bar         = Scale{1e5, 1, 0}
	Psi         = Scale{44482216152605, 6451600000, 0}

	LitrePerMinute    = Scale{1, 6e4, 0}
	LitrePerHour      = Scale{1, 3.6e6, 0}
	LitrePerSecond    = Scale{1, 1e3, 0}
	CubicMetrePerHour = Scale{1, 3600, 0}

	GramPerCubicMetre      = Scale{1, 1e3, 0}
	MilligramPerCubicMetre = Scale{1, 1e6, 0}
	MicrogramPerCubicMetre = Scale{1, 1e9, 0}
	KilogramPerCubicMetre  = Scale{1, 1, 0}

	Degree = Scale{1, 1, 0}
	Radian = Scale{180, math.Pi, 0}

	RevolutionPerMinute = Scale{6, 1, 0}
	DegreePerSecond     = Scale{1, 1, 0}

	Hertz     = Scale{1, 1, 0}
	Kilohertz = Scale{1e3, 1, 0}
	Megahertz = Scale{1e6, 1, 0}

	Lumen = Scale{1, 1, 0}

	Lux     = Scale{1, 1, 0}
	Kilolux = Scale{1e3, 1, 0}

	WattPerSquareMetre = Scale{1, 1, 0}

	Byte     = Scale{1, 1, 0}
	Kilobyte = Scale{1e3, 1, 0}
	Megabyte = Scale{1e6, 1, 0}
	Gigabyte = Scale{1e9, 1, 0}
	Kibibyte = Scale{1024, 1, 0}
	Mebibyte = Scale{1048576, 1, 0}

	BitPerSecond     = Scale{1, 8, 0}
	KilobitPerSecond = Scale{125, 1, 0}
	MegabitPerSecond = Scale{125e3, 1, 0}
	BytePerSecond    = Scale{1, 1, 0}

	Piece = Scale{1, 1, 0}
)
