package fn

import (
	"math"
	"testing"

	"flowc/rt/unit"
)

// The values are those of the tables of saturated vapour in the WMO's guide.
func TestClimate(t *testing.T) {
	near := func(name string, got float64, err error, want, tolerance float64) {
		t.Helper()
		if err != nil || math.Abs(got-want) > tolerance {
			t.Errorf("%s = %v, %v, want %v ± %v", name, got, err, want, tolerance)
		}
	}
	for _, c := range []struct {
		air        unit.Temperature
		humidity   unit.Percent
		dew, water float64
	}{
		{20, 50, 9.27, 8.64},
		{25, 60, 16.7, 13.8},
		{0, 100, 0, 4.85},
		{30, 100, 30, 30.4},
		{-10, 80, -12.8, 1.89},
		{35, 10, -1.2, 3.96},
	} {
		dew, err := DewPoint(c.air, c.humidity)
		near("dew_point", float64(dew), err, c.dew, 0.1)
		water, err := AbsoluteHumidity(c.air, c.humidity)
		near("absolute_humidity", float64(water), err, c.water, c.water/100)
	}
	still, err := FeelsLike(20, 50, 0)
	near("feels_like", float64(still), err, 19.9, 0.1)
	windy, err := FeelsLike(0, 50, 10)
	near("feels_like in wind", float64(windy), err, -10, 0.1)
	check(t, []call{
		{"more than wet", try(DewPoint(12.5, 130)), unit.Temperature(12.5)},
		{"dry", try(DewPoint(20, 0)), "error: dew_point: air with a humidity of 0 % has none"},
		{"cold", try(DewPoint(-250, 50)), "error: dew_point: -250 °C is no temperature of air"},
		{"no humidity", try(AbsoluteHumidity(20, -1)), "error: absolute_humidity: -1 % is no humidity"},
		{"no wind", try(FeelsLike(20, 50, -1)), "error: feels_like: the speed of wind is not negative"},
	})
}

// The dew point lies below the air's temperature, and rises with humidity.
func TestDewPointRises(t *testing.T) {
	for air := unit.Temperature(-40); air <= 60; air += 5 {
		last := unit.Temperature(math.Inf(-1))
		for h := unit.Percent(1); h <= 100; h++ {
			dew, err := DewPoint(air, h)
			if err != nil || dew <= last || dew > air {
				t.Fatalf("dew_point(%v, %v) = %v, %v; at one per cent less it is %v", air, h, dew, err, last)
			}
			last = dew
		}
	}
}

// Whatever a sensor says, the results are numbers.
func TestClimateIsFinite(t *testing.T) {
	extremes := []float64{-math.MaxFloat64, -1e5, -273.15, -243.12, -240, -1, 0, 1e-300, 1, 100, 1e5, math.MaxFloat64}
	for _, a := range extremes {
		for _, h := range extremes {
			for _, w := range extremes {
				dew, err1 := DewPoint(unit.Temperature(a), unit.Percent(h))
				water, err2 := AbsoluteHumidity(unit.Temperature(a), unit.Percent(h))
				felt, err3 := FeelsLike(unit.Temperature(a), unit.Percent(h), unit.Speed(w))
				if err1 == nil && dew-dew != 0 || err2 == nil && water-water != 0 || err3 == nil && felt-felt != 0 {
					t.Errorf("at %v, %v, %v: %v, %v, %v", a, h, w, dew, water, felt)
				}
			}
		}
	}
}

func TestHeading(t *testing.T) {
	for angle, want := range map[unit.Angle]string{
		0: "N", 11.2: "N", 11.3: "NNE", 22.5: "NNE", 45: "NE", 90: "E", 135: "SE", 180: "S", 230: "SW", 270: "W",
		348.7: "NNW", 348.8: "N", 360: "N", -90: "W", 765: "NE", -1e-20: "N", 1e300: Heading(unit.Angle(math.Mod(1e300, 360))),
	} {
		if got := Heading(angle); got != want {
			t.Errorf("heading(%v) = %s, want %s", float64(angle), got, want)
		}
	}
}
