package unit

import (
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestConvertIsExactWhereItCanBe(t *testing.T) {
	cases := []struct {
		v        float64
		from, to Scale
		want     float64
	}{
		{70, Fahrenheit, Celsius, 21.11111111111111},
		{0, Celsius, Fahrenheit, 32},
		{-40, Celsius, Fahrenheit, -40},
		{-40, Fahrenheit, Celsius, -40},
		{100, Celsius, Fahrenheit, 212},
		{212, Fahrenheit, Celsius, 100},
		{1, Kelvin, FahrenheitStep, 1.8},
		{9, FahrenheitStep, Kelvin, 5},
		{36, KilometrePerHour, MetrePerSecond, 10},
		{0.1, Kilowatt, Watt, 100},
		{2.91, Volt, Millivolt, 2910},
		{1, KilowattHour, Joule, 3.6e6},
		{0.3, WattHour, KilowattHour, 0.0003},
		{1, Inch, Millimetre, 25.4},
		{1, Foot, Inch, 12},
		{1, Mile, Foot, 5280},
		{1013.25, Hectopascal, Kilopascal, 101.325},
		{1, Psi, Pascal, 6894.757293168362},
		{180, Degree, Radian, math.Pi},
		{60, RevolutionPerMinute, DegreePerSecond, 360},
		{1, MegabitPerSecond, BytePerSecond, 125000},
		{1, Hectare, SquareMetre, 10000},
		{60, LitrePerMinute, CubicMetrePerHour, 3.6},
		{1, Pound, Gram, 453.59237},
	}
	for _, c := range cases {
		if got := Convert(c.v, c.from, c.to); got != c.want {
			t.Errorf("Convert(%v, %v, %v) = %v, want %v", c.v, c.from, c.to, got, c.want)
		}
	}
}

func TestConvertToItselfIsTheIdentity(t *testing.T) {
	for _, u := range All() {
		for _, v := range []float64{0, 0.1, -21.4, 1e300, math.MaxFloat64, 5e-324} {
			if got := Convert(v, u.Scale, u.Scale); got != v {
				t.Errorf("%v %s became %v", v, u.Name, got)
			}
		}
	}
}

func TestConvertThereAndBack(t *testing.T) {
	for _, u := range All() {
		base, ok := Preferred(u.Dim, u.Point)
		if !ok {
			t.Fatalf("%s has no preferred unit", u.Name)
		}
		for _, v := range []float64{1, 21.4, -3.75} {
			got := Convert(Convert(v, u.Scale, base.Scale), base.Scale, u.Scale)
			if math.Abs(got-v) > 1e-13*math.Abs(v)+1e-13 {
				t.Errorf("%v %s came back from %s as %v", v, u.Name, base.Name, got)
			}
		}
	}
}

func TestFormat(t *testing.T) {
	cases := []struct {
		v      float64
		symbol string
		want   string
	}{
		{21.4, "°C", "21.4 °C"},
		{45, "%", "45 %"},
		{math.Copysign(0, -1), "W", "0 W"},
		{1e21, "", "1000000000000000000000"},
		{0.0000001, "m", "0.0000001 m"},
		{-12, "km/h", "-12 km/h"},
	}
	for _, c := range cases {
		if got := Format(c.v, c.symbol); got != c.want {
			t.Errorf("Format(%v, %q) = %q, want %q", c.v, c.symbol, got, c.want)
		}
	}
}

func TestTableIsSound(t *testing.T) {
	seen := map[string]bool{}
	goNames := map[string]bool{}
	kinds := map[string]string{}
	families := map[Dim]string{}
	for _, u := range All() {
		if seen[u.Name] || goNames[u.GoName] {
			t.Errorf("unit %s (%s) is there twice", u.Name, u.GoName)
		}
		seen[u.Name], goNames[u.GoName] = true, true
		if u.Symbol == "" || u.Label == "" || u.Dim.IsNumber() {
			t.Errorf("unit %s lacks a symbol, a label or a dimension", u.Name)
		}
		if u.Scale.Mul <= 0 || u.Scale.Div <= 0 || (u.Scale.Zero != 0 && !u.Point) {
			t.Errorf("unit %s has the scale %v", u.Name, u.Scale)
		}
		if other, ok := kinds[u.GoType]; ok && other != u.Label {
			t.Errorf("type %s is both %s and %s", u.GoType, other, u.Label)
		}
		kinds[u.GoType] = u.Label
		if other, ok := families[u.Dim]; ok && !u.Point && other != u.GoType {
			t.Errorf("%s and %s have one dimension", other, u.GoType)
		}
		if !u.Point {
			families[u.Dim] = u.GoType
		}
		step, ok := Lookup(u.Step)
		if !ok || step.Point || step.Dim != u.Dim {
			t.Errorf("the step of %s is %s", u.Name, u.Step)
		}
		if ratio := Convert(1, step.Scale, Scale{1, 1, 0}); u.Step != u.Name && ratio != u.Scale.Mul/u.Scale.Div {
			t.Errorf("a step of %s has another size than %s", u.Name, u.Step)
		}
	}
	for _, d := range Durations() {
		if seen[d.Name] {
			t.Errorf("%s is a quantity and a duration", d.Name)
		}
	}
	for _, a := range aliases {
		_, quantity := Lookup(a.name)
		_, duration := LookupDuration(a.name)
		if !quantity && !duration {
			t.Errorf("%s suggests %s, which is no unit", a.word, a.name)
		}
		if seen[a.word] {
			t.Errorf("%s is a unit, not another word for %s", a.word, a.name)
		}
	}
}

func TestLookup(t *testing.T) {
	u, ok := Lookup("F")
	if !ok || u.GoType != "Temperature" || !u.Point || u.Symbol != "°F" || u.GoName != "Fahrenheit" || u.Step != "dF" {
		t.Errorf("F is %+v", u)
	}
	if _, ok := Lookup("min"); ok {
		t.Error("min is a quantity")
	}
	if d, ok := LookupDuration("min"); !ok || d.Nanoseconds != 60e9 {
		t.Errorf("min is %+v", d)
	}
	if _, ok := LookupDuration("m"); ok {
		t.Error("m is a duration")
	}
}

func TestDimensionsMultiply(t *testing.T) {
	named := func(name string) Dim {
		u, ok := Lookup(name)
		if !ok {
			t.Fatalf("no unit %s", name)
		}
		return u.Dim
	}
	mul := func(a, b Dim) Dim {
		d, ok := a.Mul(b)
		if !ok {
			t.Fatalf("%v times %v left the range", a, b)
		}
		return d
	}
	div := func(a, b Dim) Dim {
		d, ok := a.Div(b)
		if !ok {
			t.Fatalf("%v over %v left the range", a, b)
		}
		return d
	}
	second := SecondsDim()
	cases := []struct {
		what      string
		got, want Dim
	}{
		{"kW h", mul(named("kW"), second), named("kWh")},
		{"V A", mul(named("V"), named("A")), named("W")},
		{"V / A", div(named("V"), named("A")), named("ohm")},
		{"A h", mul(named("A"), second), named("Ah")},
		{"Ah V", mul(named("Ah"), named("V")), named("Wh")},
		{"Ah / V", div(named("Ah"), named("V")), named("uF")},
		{"m / s", div(named("m"), second), named("km_h")},
		{"m/s / s", div(named("m_s"), second), named("m_s2")},
		{"kg m/s²", mul(named("kg"), named("m_s2")), named("N")},
		{"N / m²", div(named("N"), named("m2")), named("Pa")},
		{"N m", mul(named("N"), named("m")), named("J")},
		{"l / min", div(named("l"), second), named("l_min")},
		{"g / m³", div(named("g"), named("m3")), named("g_m3")},
		{"lm / m²", div(named("lm"), named("m2")), named("lux")},
		{"W / m²", div(named("W"), named("m2")), named("W_m2")},
		{"deg / s", div(named("deg"), second), named("rpm")},
		{"B / s", div(named("B"), second), named("bit_s")},
		{"1 / s", div(Dim{}, second), named("Hz")},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", c.what, c.got, c.want)
		}
	}
	if got := mul(named("W"), named("m2")).Symbol(); got != "m⁴ kg/s³" {
		t.Errorf("W m² is written %q", got)
	}
	if got := div(Dim{}, named("m")).Symbol(); got != "1/m" {
		t.Errorf("1/m is written %q", got)
	}
	if _, ok := (Dim{BaseMetre: 127}).Mul(Dim{BaseMetre: 1}); ok {
		t.Error("an exponent of 128 passed")
	}
}

func TestSuggest(t *testing.T) {
	for word, want := range map[string]string{
		"percent": "pct", "celsius": "C", "kwh": "kWh", "KW": "kW", "mhz": "MHz",
		"sec": "s", "Min": "min", "nonsense": "", "mw": "",
	} {
		if got := Suggest(word); got != want {
			t.Errorf("Suggest(%q) = %q, want %q", word, got, want)
		}
	}
}

const linkProbe = `package main

import "flowc/rt/unit"

func main() {
	x := unit.Temperature(len("seventy"))
	println(unit.Format(unit.Convert(float64(x), unit.Fahrenheit, unit.Celsius), "°C"))
}
`

// The table is a few kilobytes with all its strings; a program on a Pi Zero
// that converts one unit must not carry it.
func TestTableIsNotLinked(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	// An overlay lets the program stand in this module without a file in it.
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	source, exe, overlay := filepath.Join(dir, "main.go"), filepath.Join(dir, "prog"), filepath.Join(dir, "overlay.json")
	replace, err := json.Marshal(map[string]any{
		"Replace": map[string]string{filepath.Join(here, "linkprobe", "main.go"): source},
	})
	if err != nil {
		t.Fatal(err)
	}
	for file, text := range map[string]string{source: linkProbe, overlay: string(replace)} {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := exec.Command("go", "build", "-overlay", overlay, "-o", exe, "./linkprobe").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	symbols, err := exec.Command("go", "tool", "nm", exe).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, symbols)
	}
	if !strings.Contains(string(symbols), "flowc/rt/unit.Celsius") {
		t.Error("the program does not use the package at all")
	}
	for _, unwanted := range []string{"flowc/rt/unit.dimensions", "flowc/rt/unit.aliases", "flowc/rt/unit.init", "flowc/rt/unit.Kilowatt", "flowc/rt/unit.Psi"} {
		if strings.Contains(string(symbols), unwanted) {
			t.Errorf("the program carries %s", unwanted)
		}
	}
}

func BenchmarkConvert(b *testing.B) {
	x := 70.0
	for b.Loop() {
		x = Convert(x, Fahrenheit, Celsius) + 49
	}
	if x == 0 {
		b.Fatal(x)
	}
}
