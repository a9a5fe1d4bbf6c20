package unit

import "strings"

// aliases are words people write for a unit, in lower case. They are not part
// of the language; an error message offers the right name.
var aliases = []struct{ word, name string }{
	{"celsius", "C"}, {"degc", "C"}, {"deg_c", "C"}, {"centigrade", "C"},
	{"fahrenheit", "F"}, {"degf", "F"}, {"deg_f", "F"},
	{"kelvin", "K"}, {"dk", "K"}, {"dc", "K"},
	{"percent", "pct"}, {"percentage", "pct"}, {"perc", "pct"}, {"prc", "pct"},
	{"volt", "V"}, {"volts", "V"}, {"amp", "A"}, {"amps", "A"}, {"ampere", "A"},
	{"watt", "W"}, {"watts", "W"}, {"kilowatt", "kW"}, {"joule", "J"},
	{"lx", "lux"}, {"lumen", "lm"},
	{"in", "inch"}, {"inches", "inch"}, {"feet", "ft"}, {"foot", "ft"}, {"mile", "mi"}, {"miles", "mi"},
	{"meter", "m"}, {"meters", "m"}, {"metre", "m"}, {"metres", "m"},
	{"sqm", "m2"}, {"cbm", "m3"}, {"liter", "l"}, {"litre", "l"}, {"liters", "l"}, {"litres", "l"},
	{"gram", "g"}, {"kilo", "kg"}, {"kilogram", "kg"}, {"ton", "t"}, {"tonne", "t"},
	{"kmh", "km_h"}, {"kph", "km_h"}, {"ms1", "m_s"}, {"mps", "m_s"}, {"kn", "knot"}, {"kt", "knot"}, {"knots", "knot"},
	{"pascal", "Pa"}, {"mbars", "mbar"}, {"hertz", "Hz"},
	{"degree", "deg"}, {"degrees", "deg"}, {"radian", "rad"}, {"radians", "rad"},
	{"ohms", "ohm"}, {"lpm", "l_min"}, {"lmin", "l_min"}, {"bps", "bit_s"}, {"byte", "B"}, {"bytes", "B"},
	{"kbps", "kbit_s"}, {"mbps", "Mbit_s"},
	{"sec", "s"}, {"secs", "s"}, {"second", "s"}, {"seconds", "s"}, {"msec", "ms"}, {"millis", "ms"},
	{"mins", "min"}, {"minute", "min"}, {"minutes", "min"},
	{"hr", "h"}, {"hrs", "h"}, {"hour", "h"}, {"hours", "h"}, {"day", "d"}, {"days", "d"},
}

// Suggest finds the unit of a quantity or of time that word probably means:
// another word for it, or its name in other letters (kwh, Mhz). It gives the
// empty string when there is none or more than one.
func Suggest(word string) string {
	lower := strings.ToLower(word)
	for _, a := range aliases {
		if a.word == lower {
			return a.name
		}
	}
	found := ""
	for _, name := range names() {
		if strings.ToLower(name) != lower {
			continue
		}
		if found != "" {
			return ""
		}
		found = name
	}
	return found
}

func names() []string {
	var list []string
	for _, u := range All() {
		list = append(list, u.Name)
	}
	for _, u := range Durations() {
		list = append(list, u.Name)
	}
	return list
}
