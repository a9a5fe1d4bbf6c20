package plan

import (
	"testing"
	"time"
	_ "time/tzdata"
)

// A zone's data gives the same clocks as the database, hour by hour.
func TestZoneData(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "UTC", "America/Santiago", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Apia", "Asia/Tokyo"} {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		data := zoneData(loc)
		got, err := time.LoadLocationFromTZData(name, []byte(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(data) > 3500 {
			t.Errorf("%s has %d bytes", name, len(data))
		}
		for at := time.Date(1970, 1, 1, 0, 15, 0, 0, time.UTC); at.Year() <= lastYear; at = at.Add(time.Hour) {
			n1, o1 := at.In(loc).Zone()
			n2, o2 := at.In(got).Zone()
			if n1 != n2 || o1 != o2 {
				t.Fatalf("%s: at %v clocks show %s %d, not %s %d", name, at, n2, o2, n1, o1)
			}
		}
	}
}
