package flow

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// Limits bound a setting, in its own unit, a duration in seconds; both ends belong to the
// range.
type Limits struct{ Min, Max float64 }

// ParseString takes any text.
func ParseString(p *string) func(string) error {
	return parser(func(s string) error {
		*p = s
		return nil
	})
}

// ParseSecret takes any text and never shows it.
func ParseSecret(p *Secret) func(string) error {
	return parser(func(s string) error {
		*p = NewSecret(s)
		return nil
	})
}

// ParseBool takes on, off, true and false.
func ParseBool(p *bool) func(string) error {
	return parser(func(s string) error {
		switch s {
		case "on", "true":
			*p = true
		case "off", "false":
			*p = false
		default:
			return errors.New("on or off")
		}
		return nil
	})
}

// ParseInt takes a whole number, within limits if they are given.
func ParseInt(p *int64, limits ...Limits) func(string) error {
	return parser(func(s string) error {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || !within(float64(n), limits) {
			return errors.New("a whole number" + between(limits, ""))
		}
		*p = n
		return nil
	})
}

// ParseNumber takes a number, within limits if they are given.
func ParseNumber(p *float64, limits ...Limits) func(string) error {
	return parser(func(s string) error {
		v, ok := parseFinite(s)
		if !ok || !within(v, limits) {
			return errors.New("a number" + between(limits, ""))
		}
		*p = v
		return nil
	})
}

// ParseQuantity takes a number in the unit that a flow writes as unit and people
// as symbol: "21.5", "21.5 °C", "21.5.C". Limits are in that unit.
func ParseQuantity[T ~float64](p *T, unit, symbol string, limits ...Limits) func(string) error {
	return parser(func(s string) error {
		v, ok := parseFinite(withoutUnit(s, unit, symbol))
		if !ok || !within(v, limits) {
			return errors.New("a number in " + symbol + between(limits, " "+symbol) + ", such as " + example(limits) + "." + unit)
		}
		*p = T(v)
		return nil
	})
}

func withoutUnit(s, unit, symbol string) string {
	for _, suffix := range []string{"." + unit, symbol, unit} {
		if n, ok := strings.CutSuffix(s, suffix); ok && suffix != "" && suffix != "." {
			return strings.TrimSpace(n)
		}
	}
	return s
}

// ParseWith takes what read makes a T of; want says what that is, for people.
func ParseWith[T any](p *T, want string, read func(string) (T, error)) func(string) error {
	return parser(func(s string) error {
		v, err := read(s)
		if err != nil {
			return errors.New(want)
		}
		*p = v
		return nil
	})
}

// ParseDuration takes 30s, 30.s, 5min, 1.5.h, 1h30m, with limits in seconds.
func ParseDuration(p *time.Duration, limits ...Limits) func(string) error {
	return parser(func(s string) error {
		d, ok := parseDuration(s)
		if !ok || !within(d.Seconds(), limits) {
			return errors.New("a duration" + between(limits, " s") + ", such as 30s, 5min or 1h30m")
		}
		*p = d
		return nil
	})
}

// ParseEnum takes one of the members of an enumeration that a flow declares;
// its Go value is the member's place.
func ParseEnum[T ~uint8](p *T, members ...string) func(string) error {
	return parser(func(s string) error {
		for i, m := range members {
			if m == s {
				*p = T(i)
				return nil
			}
		}
		return errors.New("one of " + strings.Join(members, ", "))
	})
}

// ParseChoice takes one of the members of a kind's enumeration; its Go value is
// the member's name.
func ParseChoice[T ~string](p *T, members ...string) func(string) error {
	return parser(func(s string) error {
		for _, m := range members {
			if m == s {
				*p = T(m)
				return nil
			}
		}
		return errors.New("one of " + strings.Join(members, ", "))
	})
}

func parseFinite(s string) (float64, bool) {
	v, err := strconv.ParseFloat(s, 64)
	// Go's own spellings (0x1p3, 1_000, Inf) are no numbers of the language.
	return v, err == nil && !math.IsInf(v, 0) && strings.Trim(s, "+-.0123456789eE") == ""
}

func within(v float64, limits []Limits) bool {
	for _, l := range limits {
		if v < l.Min || v > l.Max {
			return false
		}
	}
	return true
}

// between is " between 1 and 10 °C", or "" without limits.
func between(limits []Limits, unit string) string {
	if len(limits) == 0 {
		return ""
	}
	min, max := limits[0].Min, limits[0].Max
	switch {
	case math.IsInf(min, -1):
		return " of at most " + plain(max) + unit
	case math.IsInf(max, 1):
		return " of at least " + plain(min) + unit
	}
	return " between " + plain(min) + " and " + plain(max) + unit
}

// example is a number that would be accepted.
func example(limits []Limits) string {
	if within(20, limits) {
		return "20"
	}
	if math.IsInf(limits[0].Min, -1) {
		return plain(limits[0].Max)
	}
	return plain(limits[0].Min)
}

func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// durationUnits are those of the language, and `m` as the world writes it.
var durationUnits = []struct {
	name string
	is   time.Duration
}{
	{"us", time.Microsecond}, {"ms", time.Millisecond}, {"s", time.Second},
	{"min", time.Minute}, {"m", time.Minute}, {"h", time.Hour}, {"d", 24 * time.Hour},
}

// parseDuration reads numbers with their units, one after the other.
func parseDuration(s string) (total time.Duration, ok bool) {
	s, negative := strings.CutPrefix(s, "-")
	for s != "" {
		number, rest := splitAt(s, "0123456789.")
		name, rest := splitAt(strings.TrimLeft(rest, " "), "abcdefghijklmnopqrstuvwxyz")
		v, err := strconv.ParseFloat(strings.TrimSuffix(number, "."), 64)
		unit := durationUnit(name)
		if err != nil || unit == 0 || math.Abs(v)*float64(unit)+float64(total) >= math.MaxInt64 {
			return 0, false
		}
		total += time.Duration(math.Round(v * float64(unit)))
		ok, s = true, strings.TrimLeft(rest, " ")
	}
	if negative {
		total = -total
	}
	return total, ok
}

func durationUnit(name string) time.Duration {
	for _, u := range durationUnits {
		if u.name == name {
			return u.is
		}
	}
	return 0
}

// splitAt cuts s behind its leading characters of set.
func splitAt(s, set string) (head, rest string) {
	rest = strings.TrimLeft(s, set)
	return s[:len(s)-len(rest)], rest
}
