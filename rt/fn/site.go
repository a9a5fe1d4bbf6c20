package fn

// A Site is where on earth the flow runs. An operator whose Step takes one is given
// that of the flow's `site`.
type Site struct {
	// Latitude is in degrees, north positive; Longitude in degrees, east positive.
	Latitude, Longitude float64
}
