package fn

import "time"

// A Zone is the rules by which a place sets its clocks; the zero Zone is UTC.
//
// A function whose first parameter is a Zone is given the zone of the flow's
// `site`: a flow does not write that argument. Elsewhere a Zone is a constant text
// of the flow, "Europe/Berlin".
type Zone struct{ loc *time.Location }

// ParseZone finds a zone by its name in the database of the machine. Only the
// compiler calls it; programs carry the zones that they use and call NewZone.
func ParseZone(name string) (Zone, error) {
	if name == "" || name == "Local" {
		return Zone{}, unknownZone(name)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return Zone{}, unknownZone(name)
	}
	return distinct(loc), nil
}

// NewZone reads a zone from the data that the database of zones has of it (TZif).
func NewZone(name, data string) (Zone, error) {
	loc, err := time.LoadLocationFromTZData(name, []byte(data))
	if err != nil {
		return Zone{}, unknownZone(name)
	}
	return distinct(loc), nil
}

func unknownZone(name string) error {
	return Failure("there is no time zone " + shorten(name) + "; one is called \"Europe/Berlin\"")
}

// distinct is a zone that is not time.UTC: a moment that was put into UTC by
// in_zone is told apart from one that was put nowhere.
func distinct(loc *time.Location) Zone {
	if loc == time.UTC {
		loc = time.FixedZone("UTC", 0)
	}
	return Zone{loc}
}

// local is a moment by the clocks of its zone: that of in_zone, or else the
// site's. All moments of a program are in UTC or Go's time.Local unless in_zone
// put them elsewhere; what reads moments from outside brings them to UTC.
func (z Zone) local(t time.Time) time.Time {
	if loc := t.Location(); loc != time.UTC && loc != time.Local {
		return t
	}
	if z.loc == nil {
		return t.UTC()
	}
	return t.In(z.loc)
}

// at is the moment when the clocks of t's zone show a time, of a day that may be
// beyond the end of its month. A time that is skipped when clocks go forward is the
// first moment after the gap; one that comes twice is the first of both.
func at(t time.Time, year, month, day int, clock time.Duration) time.Time {
	const day24 = 24 * time.Hour
	loc := t.Location()
	asUTC := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Add(clock)
	before := offset(asUTC.Add(-day24), loc)
	after := offset(asUTC.Add(day24), loc)
	early, late := asUTC.Add(-before), asUTC.Add(-after)
	switch {
	case offset(early, loc) == before:
		return early.In(loc)
	case offset(late, loc) == after:
		return late.In(loc)
	}
	change, _ := early.In(loc).ZoneBounds()
	return change
}

func offset(t time.Time, loc *time.Location) time.Duration {
	_, seconds := t.In(loc).Zone()
	return time.Duration(seconds) * time.Second
}

// asBefore takes a moment back to where t was: in the zone of in_zone, or in UTC.
func asBefore(t, result time.Time) time.Time {
	if loc := t.Location(); loc != time.UTC && loc != time.Local {
		return result.In(loc)
	}
	return result.UTC()
}

// changes reports whether clocks are changed at a moment. Of what Go calls the
// beginnings of a zone some are none: after the last change that the database
// lists, each first of January in UTC is one.
func changes(t time.Time) bool {
	loc := t.Location()
	return offset(t, loc) != offset(t.Add(-time.Second), loc)
}
