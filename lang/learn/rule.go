package learn

import "slices"

// rule says which units a name may mean.
type rule struct {
	// any are alternatives; all words of one must be in the name.
	any [][]string
	// not are words that mean something else.
	not []string
	// ranges are tried in order; a rule without any says that such numbers have no unit.
	ranges []candidate
}

// candidate is a unit for numbers in a range.
type candidate struct {
	min, max float64
	unit     string
	// whole wants numbers without a fraction, part some with one.
	whole, part bool
	// factor scales the number to the unit.
	factor string
	// only are words of which one must be in the name.
	only []string
	note string
}

func (c candidate) fits(r numberRange, list []string) bool {
	return r.min >= c.min && r.max <= c.max && (!c.whole || r.whole) && (!c.part || !r.whole) &&
		(len(c.only) == 0 || has(list, c.only...))
}

func (u rule) about(list []string) bool {
	if has(list, u.not...) {
		return false
	}
	return slices.ContainsFunc(u.any, func(all []string) bool {
		return !slices.ContainsFunc(all, func(word string) bool { return !has(list, word) })
	})
}

func one(list ...string) [][]string {
	var out [][]string
	for _, w := range list {
		out = append(out, []string{w})
	}
	return out
}

var (
	temperatureNames = append(one("temp", "temperature", "temperatur", "dewpoint", "setpoint"), []string{"dew", "point"}, []string{"feels", "like"})
	hotPlaces        = []string{
		"cpu", "gpu", "soc", "core", "chip", "board", "boiler", "oven", "flow", "return", "water", "exhaust", "stove", "sauna",
		"collector", "solar", "bed", "nozzle", "hotend", "engine", "coolant", "heater", "buffer", "tank", "device",
	}
)

// rules are in order of strength: `battery_temperature` is a temperature, `battery_voltage` a voltage.
var rules = []rule{
	{any: one("rssi", "snr", "lqi", "linkquality", "signal", "index", "id", "count", "counter", "seq", "sequence", "version", "port", "code", "ph", "uv", "factor", "latitude", "longitude", "lat", "lon", "lng")},
	{any: one("delta", "offset", "hysteresis", "deadband", "correction", "calibration"), not: []string{"humidity", "pressure"}, ranges: []candidate{
		{min: -50, max: 50, unit: "K", only: []string{"temp", "temperature"}},
	}},
	{any: temperatureNames, ranges: []candidate{
		{min: -60, max: 60, unit: "C"},
		{min: -60, max: 500, unit: "C", only: hotPlaces},
		{min: 30, max: 130, unit: "F", note: "too warm for °C"},
		{min: -60, max: 130, unit: "C", note: "very warm: or °F?"},
		{min: -400, max: 990, unit: "C", whole: true, factor: "0.1", note: "too large for °C"},
		{min: -6000, max: 9900, unit: "C", whole: true, factor: "0.01", note: "too large for °C"},
		{min: -60000, max: 125000, unit: "C", whole: true, factor: "0.001", note: "too large for °C"},
	}},
	{any: append(one("probability", "chance", "cloudcover", "cloudiness"), []string{"cloud", "cover"}), ranges: []candidate{{min: 0, max: 100, unit: "pct"}}},
	{any: one("humidity", "hum", "rh", "moisture"), ranges: []candidate{
		{min: 0, max: 1, unit: "pct", part: true, factor: "100", note: "from 0 to 1"},
		{min: 0, max: 100, unit: "pct"},
		{min: 0, max: 1000, unit: "pct", whole: true, factor: "0.1", note: "too large for %"},
		{min: 0, max: 10000, unit: "pct", whole: true, factor: "0.01", note: "too large for %"},
	}},
	{any: one("voltage", "volt", "vcc", "vdd", "vbat", "vbatt"), ranges: []candidate{
		{min: 1000, max: 5000, unit: "mV", whole: true, note: "too large for V"},
		{min: -1000, max: 1000, unit: "V"},
		{min: 1000, max: 60000, unit: "mV", whole: true, note: "too large for V"},
	}},
	{any: one("energy", "kwh", "consumption"), ranges: []candidate{
		{min: 0, max: 1e9, unit: "Wh", whole: true, only: []string{"wh"}},
		{min: -1e7, max: 1e7, unit: "kWh"},
	}},
	{any: one("power", "watt"), not: []string{"apparent", "reactive", "tx"}, ranges: []candidate{{min: -1e6, max: 1e7, unit: "W"}}},
	{any: one("current", "amperage"), ranges: []candidate{
		{min: 0, max: 100000, unit: "mA", whole: true, only: []string{"battery", "led"}},
		{min: -1000, max: 1000, unit: "A"},
	}},
	{any: one("battery", "batt", "bat", "akku", "charge"), ranges: []candidate{
		{min: 0.8, max: 5, unit: "V", part: true},
		{min: 0, max: 100, unit: "pct"},
		{min: 1000, max: 60000, unit: "mV", whole: true},
	}},
	{any: one("pressure", "baro", "barometer", "barometric", "pres"), ranges: []candidate{
		{min: 800, max: 1100, unit: "hPa"},
		{min: 80000, max: 110000, unit: "Pa"},
		{min: 80, max: 110, unit: "kPa"},
		{min: 0, max: 16, unit: "bar"},
	}},
	{any: append(one("illuminance", "light"), []string{"light", "level"}), ranges: []candidate{{min: 0, max: 200000, unit: "lux"}}},
	{any: one("brightness", "position", "valve", "dimmer", "shutter", "blind", "soil", "rel"), ranges: []candidate{
		{min: 0, max: 100, unit: "pct"},
	}},
	{any: append(one("co2", "eco2"), []string{"carbon", "dioxide"}), ranges: []candidate{{min: 0, max: 50000, unit: "ppm"}}},
	{any: one("tvoc", "voc"), ranges: []candidate{{min: 0, max: 60000, unit: "ppb"}}},
	{any: one("pm1", "pm2", "pm4", "pm10", "pm25"), ranges: []candidate{{min: 0, max: 5000, unit: "ug_m3"}}},
	{any: append(one("gust", "windspeed", "windgust"), []string{"wind", "speed"}), ranges: []candidate{
		{min: 0, max: 30, unit: "m_s", note: "or km_h?"},
		{min: 0, max: 400, unit: "km_h", note: "or m_s?"},
	}},
	{any: append(one("direction", "bearing", "heading", "azimuth", "winddir", "course"), []string{"wind", "dir"}), ranges: []candidate{{min: -360, max: 360, unit: "deg"}}},
	{any: [][]string{{"rain", "rate"}, {"rain", "intensity"}, {"precipitation", "rate"}}, ranges: []candidate{{min: 0, max: 500, unit: "mm_h"}}},
	{any: one("rain", "rainfall", "precipitation", "precip"), ranges: []candidate{{min: 0, max: 5000, unit: "mm"}}},
	{any: one("frequency", "freq"), ranges: []candidate{
		{min: 40, max: 65, unit: "Hz"},
		{min: 1e6, max: 1e11, unit: "Hz"},
		{min: 100, max: 6000, unit: "MHz"},
	}},
	{any: append(one("irradiance", "ghi"), []string{"solar", "radiation"}), ranges: []candidate{{min: 0, max: 1500, unit: "W_m2"}}},
	{any: one("uptime", "duration", "interval", "elapsed", "age", "runtime", "timeout", "period"), ranges: []candidate{{min: 0, max: 1e10, unit: "s"}}},
	{any: one("latency", "ping", "rtt"), ranges: []candidate{{min: 0, max: 1e6, unit: "ms"}}},
	{any: one("weight", "mass"), ranges: []candidate{{min: 0, max: 500, unit: "kg"}, {min: 0, max: 1e6, unit: "g", whole: true}}},
	{any: one("resistance"), ranges: []candidate{{min: 0, max: 1e9, unit: "ohm"}}},
	{any: [][]string{{"flow", "rate"}, {"flowrate"}}, ranges: []candidate{{min: 0, max: 1000, unit: "l_min"}}},
	{any: one("t"), ranges: []candidate{{min: -40, max: 60, unit: "C", part: true}}},
}
