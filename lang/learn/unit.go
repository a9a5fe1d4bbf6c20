package learn

import (
	"slices"
	"strings"
	"unicode"

	"flowc/rt/unit"
)

// place is where a value stands, as far as it tells what the value measures.
type place struct {
	// words are those of the field's own name, parent those of the record it is in.
	words, parent []string
	// said is a unit that the data itself names, by saidBy.
	said, saidBy string
	// units are units that a record names for all temperatures, all speeds … inside it.
	units []saidUnit
}

// saidUnit is `"TempUnit": "C"`: for all names with a stem in them, or for one name alone.
type saidUnit struct {
	stem, unit, by string
	exact          bool
}

func (u saidUnit) means(list []string) bool {
	if u.exact {
		return strings.Join(list, "_") == u.stem
	}
	return slices.ContainsFunc(list, func(word string) bool { return strings.HasPrefix(word, u.stem) })
}

// statistics are words that say nothing of what is measured.
var statistics = []string{
	"min", "max", "avg", "mean", "average", "median", "minimum", "maximum", "low", "high", "value", "val", "reading",
	"last", "now", "raw", "actual", "measured", "latest",
}

// neutral are words that mean something only together with the name of the record around.
var neutral = []string{"level", "current", "speed", "gust", "direction", "total", "today", "yesterday", "month", "target", "set"}

// measuredWords are the words that may tell the unit: without numbers, heights such as 10m, and statistics.
func measuredWords(list []string) []string {
	var out []string
	for _, w := range list {
		if !slices.Contains(statistics, w) && !isHeight(w) {
			out = append(out, w)
		}
	}
	return out
}

// isHeight finds "2", "10m" and "24h", which follow what is measured.
func isHeight(word string) bool {
	rest := strings.TrimLeft(word, "0123456789")
	return rest != word && (rest == "" || rest == "m" || rest == "cm" || rest == "h" || rest == "d")
}

// guessUnit finds a unit for numbers by what they are called and how large they are.
func (w *writer) guessUnit(r numberRange, at place) (typing, bool) {
	own := measuredWords(at.words)
	if t, ok := w.spelledUnit(at.words, r); ok {
		return t, true
	}
	if t, ok := w.spelledUnit(own, r); ok {
		return t, true
	}
	t, ok := w.ruled(own, r)
	if ok || len(t.notes) > 0 {
		return t, ok
	}
	together := append(slices.Clone(measuredWords(at.parent)), own...)
	if len(together) > len(own) && !slices.ContainsFunc(own, func(word string) bool { return !slices.Contains(neutral, word) }) {
		if t, ok := w.spelledUnit(together, r); ok {
			return t, true
		}
		return w.ruled(together, r)
	}
	return typing{}, false
}

// spelledUnit finds a unit at the end of a name: temp_c, battery_mv, power_w, wind_km_h.
func (w *writer) spelledUnit(list []string, r numberRange) (typing, bool) {
	n := len(list)
	if n == 0 {
		return typing{}, false
	}
	if n >= 2 {
		if u, ok := unit.Lookup(list[n-2] + "_" + list[n-1]); ok {
			return guessed(u.Name), true
		}
	}
	name, ok := suffixes[list[n-1]]
	if !ok || len(list[n-1]) == 1 && !singleLetter(list[n-1], list[:n-1], r) {
		return typing{}, false
	}
	return guessed(name), true
}

// suffixes are units at the end of a name. Those that mean something else as often (min, in, k) are not here.
var suffixes = map[string]string{
	"c": "C", "celsius": "C", "degc": "C", "f": "F", "fahrenheit": "F", "degf": "F",
	"pct": "pct", "percent": "pct", "percentage": "pct", "perc": "pct",
	"v": "V", "volt": "V", "volts": "V", "mv": "mV", "kv": "kV", "a": "A", "amp": "A", "amps": "A", "ma": "mA",
	"w": "W", "watt": "W", "watts": "W", "kw": "kW", "wh": "Wh", "kwh": "kWh", "mwh": "MWh", "ah": "Ah", "mah": "mAh",
	"hz": "Hz", "khz": "kHz", "mhz": "MHz", "hpa": "hPa", "kpa": "kPa", "pa": "Pa", "mbar": "mbar", "bar": "bar", "psi": "psi",
	"lux": "lux", "lx": "lux", "ppm": "ppm", "ppb": "ppb",
	"m": "m", "km": "km", "cm": "cm", "mm": "mm", "l": "l", "liters": "l", "litres": "l", "ml": "ml", "m3": "m3",
	"kg": "kg", "g": "g", "lb": "lb", "lbs": "lb", "kmh": "km_h", "kph": "km_h", "mps": "m_s", "mph": "mph", "kn": "knot", "knots": "knot",
	"deg": "deg", "degrees": "deg", "rpm": "rpm", "ohm": "ohm", "ohms": "ohm", "lpm": "l_min",
	"s": "s", "sec": "s", "secs": "s", "seconds": "s", "ms": "ms", "millis": "ms", "mins": "min", "minutes": "min",
	"hours": "h", "days": "d", "bytes": "B", "kb": "kB", "mb": "MB", "gb": "GB",
}

// singleLetter tells a unit from the third phase of a current or the second of several sensors.
func singleLetter(letter string, before []string, r numberRange) bool {
	if len(before) == 0 {
		return false
	}
	switch letter {
	case "c":
		return r.min >= -60 && r.max <= 150
	case "f":
		return r.min >= -80 && r.max <= 300 && has(before, "temp", "temperature", "feels")
	case "a":
		return has(before, "current", "amp", "charge", "load", "battery")
	case "m", "l", "g", "s":
		return r.min >= 0 && !has(before, "phase", "zone", "channel")
	}
	return true
}

// has reports whether one of words is, or ends in, one of stems.
func has(list []string, stems ...string) bool {
	return slices.ContainsFunc(list, func(word string) bool {
		word = strings.TrimSuffix(word, "s")
		return slices.ContainsFunc(stems, func(stem string) bool {
			stem = strings.TrimSuffix(stem, "s")
			return word == stem || numbered(word) == stem || len(stem) >= 4 && strings.HasSuffix(word, stem)
		})
	})
}

// numbered is a name without the number behind it: temp2.
func numbered(word string) string { return strings.TrimRight(word, "0123456789") }

// ruled applies the first rule for the words.
func (w *writer) ruled(list []string, r numberRange) (typing, bool) {
	for _, rule := range rules {
		if !rule.about(list) {
			continue
		}
		for _, c := range rule.ranges {
			if c.fits(r, list) {
				return w.candidate(c), true
			}
		}
		if len(rule.ranges) == 0 {
			return typing{}, false
		}
		return typing{notes: []string{"no unit guessed: from " + number(r.min) + " to " + number(r.max)}}, false
	}
	return typing{}, false
}

func (w *writer) candidate(c candidate) typing {
	t := guessed(c.unit)
	if c.factor != "" {
		t = guessed("scaled(" + c.factor + ", " + c.unit + ")")
		if !w.known("scaled") {
			t = typing{text: "number", notes: []string{"would be " + t.text + ", guessed"}}
		}
	}
	if c.note != "" {
		t.notes = append(t.notes, c.note)
	}
	return t
}

func guessed(text string) typing { return typing{text: text, notes: []string{"guessed"}} }

// unitSaid is the unit that a text names: "°C", "km/h", "Percent".
func unitSaid(text string) (name string, ok bool) {
	text = strings.TrimSpace(text)
	text = strings.ReplaceAll(text, "μ", "µ") // the letter and the sign look the same
	for _, u := range unit.All() {
		if u.Symbol == text || u.Name == text {
			return u.Name, true
		}
	}
	for _, u := range unit.Durations() {
		if u.Symbol == text || u.Name == text {
			return u.Name, true
		}
	}
	if text == "mp/h" {
		return "mph", true
	}
	plain := strings.Map(func(r rune) rune {
		if r == '/' || r == ' ' {
			return '_'
		}
		if r == '°' || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, text)
	name = unit.Suggest(plain)
	return name, name != ""
}
