package fn

import (
	"math"

	"flowc/rt/unit"
)

// The Magnus formula over water, with the coefficients of the WMO's Guide to
// Meteorological Instruments (No. 8, annex 4.B, after Sonntag 1990): saturated
// vapour has a pressure of 6.112 hPa · exp(17.62 t / (243.12 °C + t)), to 0.5 %
// from -45 to 60 °C.
const (
	magnusPressure = 6.112  // hPa at 0 °C
	magnusFactor   = 17.62  // without a unit
	magnusPoint    = 243.12 // °C below 0 at which the formula ends
)

// DewPoint is the temperature to which air must cool until dew forms, by the
// Magnus formula of the World Meteorological Organization. It is right to 0.2 K
// from -45 to 60 °C. It fails below -240 °C, and for a humidity of zero, which has
// none; more than 100 % counts as 100 %.
//
//	near(dew_point(20.C, 50.pct), 9.3.C, 0.05.K)  # true
//
//flow:func dew_point
func DewPoint(air unit.Temperature, humidity unit.Percent) (unit.Temperature, error) {
	h := min(float64(humidity), 100)
	if h <= 0 {
		return 0, Failure("dew_point: air with a humidity of " + unit.Format(float64(humidity), "%") + " has none")
	}
	if h == 100 {
		return air, outsideMagnus("dew_point", air)
	}
	t := float64(air)
	x := math.Log(h/100) + magnusFactor*t/(magnusPoint+t)
	return unit.Temperature(magnusPoint * x / (magnusFactor - x)), outsideMagnus("dew_point", air)
}

// AbsoluteHumidity is how much water is in air: grams of vapour in a cubic metre.
// It takes the Magnus formula of the World Meteorological Organization and the law
// of ideal gases, which are right to 1 % from -45 to 60 °C. It fails below -240 °C
// and for a negative humidity.
//
//	near(absolute_humidity(20.C, 50.pct), 8.6.g_m3, 0.1.g_m3)  # true
//
//flow:func absolute_humidity
func AbsoluteHumidity(air unit.Temperature, humidity unit.Percent) (unit.Density, error) {
	// 216.7 g K/J is 100 Pa/hPa over the gas constant of vapour, 0.4615 J/(g K).
	const gramKelvinPerHectopascal = 216.7
	if humidity < 0 {
		return 0, Failure("absolute_humidity: " + unit.Format(float64(humidity), "%") + " is no humidity")
	}
	vapour := vapourPressure(float64(air), float64(humidity))
	return unit.Density(gramKelvinPerHectopascal * vapour / (float64(air) + 273.15)), outsideMagnus("absolute_humidity", air)
}

// FeelsLike is the temperature that people feel outdoors in the shade: humidity
// makes warm air warmer, wind makes air cooler. It is Steadman's apparent
// temperature (1994) as the Australian Bureau of Meteorology publishes it:
// t + 0.33 e - 0.70 v - 4, of the vapour's pressure e in hPa and the wind v in m/s.
// It fails below -240 °C, and for a negative humidity or wind.
//
//	near(feels_like(30.C, 70.pct, 10.km_h), 33.9.C, 0.1.K)  # true
//
//flow:func feels_like
func FeelsLike(air unit.Temperature, humidity unit.Percent, wind unit.Speed) (unit.Temperature, error) {
	switch {
	case humidity < 0:
		return 0, Failure("feels_like: " + unit.Format(float64(humidity), "%") + " is no humidity")
	case wind < 0:
		return 0, Failure("feels_like: the speed of wind is not negative")
	}
	vapour := vapourPressure(float64(air), float64(humidity))
	felt, err := Finite(float64(air) + float64(0.33*vapour) - float64(0.70*float64(wind)) - 4)
	if err == nil {
		err = outsideMagnus("feels_like", air)
	}
	return unit.Temperature(felt), err
}

// vapourPressure is in hPa; more than 100 % counts as 100 %.
func vapourPressure(celsius, percent float64) float64 {
	return min(percent, 100) / 100 * magnusPressure * math.Exp(magnusFactor*celsius/(magnusPoint+celsius))
}

func outsideMagnus(name string, air unit.Temperature) error {
	if air < -240 || air > 1000 {
		return Failure(name + ": " + unit.Format(float64(air), "°C") + " is no temperature of air")
	}
	return nil
}

// Heading names a direction by the nearest of the sixteen points of the compass:
// 0° is N, 90° is E. Of a wind it is where the wind comes from.
//
//	heading(230.deg)  # "SW"
//
//flow:func heading
func Heading(direction unit.Angle) string {
	points := [...]string{"N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"}
	x := math.Mod(float64(direction), 360)
	if x < 0 {
		x += 360
	}
	return points[int(x/22.5+0.5)%len(points)]
}
