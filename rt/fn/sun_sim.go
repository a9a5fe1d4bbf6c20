//go:build sim

package fn

func sunUp(is bool) bool {
	if held.Elevation.OK {
		return held.Elevation.V >= horizon
	}
	return held.Up.Or(is)
}

// sunStands keeps an elevation that nobody held on the side of the horizon where the
// sun was put.
func sunStands(elevation, azimuth float64) (float64, float64) {
	if up := held.Up; up.OK && up.V {
		elevation = max(elevation, horizon)
	} else if up.OK {
		elevation = min(elevation, horizon-0.001)
	}
	return held.Elevation.Or(elevation), held.Azimuth.Or(azimuth)
}
