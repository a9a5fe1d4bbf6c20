package fn

import (
	"math"
	"time"
)

// The position of the sun after Jean Meeus, Astronomical Algorithms, 2nd edition,
// chapter 25 (low accuracy, 0.01 degrees), as the solar calculator of NOAA uses it.

// horizon is the elevation of the sun's centre at sunrise and sunset: its upper edge
// touches the horizon, seen through the air (34' of refraction, 16' of radius).
const horizon = -0.833

// SunAt is where the sun stands: its elevation above the horizon in degrees, without
// refraction, and its azimuth in degrees from north over east.
func (s Site) SunAt(t time.Time) (elevation, azimuth float64) { return sunStands(s.sky(t)) }

// sky is SunAt whatever a test says.
func (s Site) sky(t time.Time) (elevation, azimuth float64) {
	declination, equation := sunDeclination(t)
	ofDay := t.UTC().Sub(time.Date(t.UTC().Year(), t.UTC().Month(), t.UTC().Day(), 0, 0, 0, 0, time.UTC)).Minutes()
	hour := (ofDay+equation+4*s.Longitude)/4 - 180
	sinLat, cosLat := math.Sincos(radians(s.Latitude))
	sinDec, cosDec := math.Sincos(radians(declination))
	sinHour, cosHour := math.Sincos(radians(hour))
	elevation = degrees(math.Asin(min(1, max(-1, float64(sinLat*sinDec)+float64(cosLat*cosDec*cosHour)))))
	azimuth = degrees(math.Atan2(-float64(cosDec*sinHour), float64(sinDec*cosLat)-float64(cosDec*sinLat*cosHour)))
	return elevation, math.Mod(azimuth+360, 360)
}

// sunDeclination is the sun's declination in degrees and the equation of time in
// minutes.
func sunDeclination(t time.Time) (declination, equation float64) {
	century := (float64(t.Unix())/86400 + 2440587.5 - 2451545) / 36525
	meanLong := math.Mod(280.46646+float64(century*(36000.76983+float64(century*0.0003032))), 360)
	anomaly := 357.52911 + float64(century*(35999.05029-float64(0.0001537*century)))
	eccentric := 0.016708634 - float64(century*(0.000042037+float64(0.0000001267*century)))
	m := radians(anomaly)
	centre := float64(math.Sin(m)*(1.914602-float64(century*(0.004817+float64(0.000014*century))))) +
		float64(math.Sin(2*m)*(0.019993-float64(0.000101*century))) + float64(math.Sin(3*m)*0.000289)
	omega := radians(125.04 - float64(1934.136*century))
	apparent := radians(meanLong + centre - 0.00569 - float64(0.00478*math.Sin(omega)))
	oblique := 23 + (26+(21.448-float64(century*(46.815+float64(century*(0.00059-float64(century*0.001813))))))/60)/60
	tilt := radians(oblique + float64(0.00256*math.Cos(omega)))
	declination = degrees(math.Asin(float64(math.Sin(tilt) * math.Sin(apparent))))
	y := math.Tan(tilt/2) * math.Tan(tilt/2)
	l := radians(meanLong)
	equation = 4 * degrees(float64(y*math.Sin(2*l))-float64(2*eccentric*math.Sin(m))+
		float64(4*eccentric*y*math.Sin(m)*math.Cos(2*l))-float64(0.5*y*y*math.Sin(4*l))-
		float64(1.25*eccentric*eccentric*math.Sin(2*m)))
	return declination, equation
}

func radians(d float64) float64 { return d * math.Pi / 180 }

func degrees(r float64) float64 { return r * 180 / math.Pi }

// noon is the first moment after a given one at which the sun stands highest, or with
// night lowest, to the second.
func (s Site) noon(after time.Time, night bool) time.Time {
	t := after.Truncate(24 * time.Hour)
	for n := -1; ; n++ {
		day := t.AddDate(0, 0, n).Add(12 * time.Hour)
		if night {
			day = day.Add(12 * time.Hour)
		}
		_, equation := sunDeclination(day)
		at := day.Add(-time.Duration((equation + 4*s.Longitude) * float64(time.Minute)))
		if at = at.Truncate(time.Second); at.After(after) {
			return at
		}
	}
}

// sunDays is how long the sun may stay up or down: half a year at the poles.
const sunDays = 400

// NextSunrise is the first sunrise after a given moment, to the second; near the poles
// that may be months away, and at them the zero moment.
func (s Site) NextSunrise(after time.Time) time.Time { return s.crossing(after, true) }

// NextSunset is the first sunset after a given moment.
func (s Site) NextSunset(after time.Time) time.Time { return s.crossing(after, false) }

// crossing looks for the sun at the horizon between its lowest and highest places.
func (s Site) crossing(after time.Time, rises bool) time.Time {
	from := after.Add(-24 * time.Hour)
	for range sunDays {
		begin := s.noon(from, rises)
		end := s.noon(begin, !rises)
		from = end.Add(-time.Second)
		low, _ := s.sky(begin)
		high, _ := s.sky(end)
		if !rises {
			low, high = high, low
		}
		if low >= horizon || high < horizon {
			continue
		}
		if t := s.between(begin, end, rises); t.After(after) {
			return t
		}
	}
	return time.Time{}
}

// between halves the time in which the sun crosses the horizon.
func (s Site) between(a, b time.Time, rises bool) time.Time {
	for b.Sub(a) > time.Second {
		mid := a.Add(b.Sub(a) / 2).Truncate(time.Second)
		if !mid.After(a) {
			break
		}
		if e, _ := s.sky(mid); (e >= horizon) == rises {
			b = mid
		} else {
			a = mid
		}
	}
	return b
}

// SunIsUp reports whether the sun's upper edge is above the horizon.
func (s Site) SunIsUp(t time.Time) bool {
	e, _ := s.sky(t.Truncate(time.Second))
	return sunUp(e >= horizon)
}
