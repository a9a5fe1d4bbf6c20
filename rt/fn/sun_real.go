//go:build !sim

package fn

// sunUp and sunStands are what the sky says: only a test puts the sun elsewhere.
func sunUp(is bool) bool { return is }

func sunStands(elevation, azimuth float64) (float64, float64) { return elevation, azimuth }
