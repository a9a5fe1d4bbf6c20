package fn

import (
	"strings"
	"time"

	"flowc/rt/unit"
)

// readDuration reads "1 h 30 min" and "90s". It counts nanoseconds in whole
// numbers, so that everything that FormatDuration writes reads back the same.
func readDuration(s string) (time.Duration, error) {
	rest := strings.TrimSpace(s)
	rest, negative := strings.CutPrefix(rest, "-")
	total := uint64(0)
	for first := true; first || rest != ""; first = false {
		n, after, why := readPart(rest)
		if why != "" {
			return 0, Failure(shorten(s) + " is not a duration: " + why)
		}
		sum := total + n
		if sum < total || sum > 1<<63 {
			return 0, durationTooLong
		}
		total, rest = sum, strings.TrimLeft(after, " ")
	}
	switch {
	case negative:
		return time.Duration(-total), nil // also the smallest, which has no opposite
	case total == 1<<63:
		return 0, durationTooLong
	}
	return time.Duration(total), nil
}

// readPart reads a number and its unit off the beginning of s, in nanoseconds.
func readPart(s string) (ns uint64, rest, why string) {
	end := strings.IndexFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != '.' })
	if end <= 0 {
		if s != "" && end < 0 {
			return 0, "", "the number has no unit, as in 30 s"
		}
		return 0, "", "a number was expected, as in 30 s"
	}
	whole, part, _ := strings.Cut(s[:end], ".")
	s = strings.TrimLeft(s[end:], " ")
	end = strings.IndexAny(s, " 0123456789.-")
	if end < 0 {
		end = len(s)
	}
	size, why := unitOfTime(s[:end])
	if why != "" {
		return 0, "", why
	}
	ns, ok := decimal(whole, part, size)
	if !ok {
		return 0, "", "the number is too large, or is none"
	}
	return ns, s[end:], ""
}

func unitOfTime(name string) (size uint64, why string) {
	for _, u := range unit.Durations() {
		if name == u.Name || name == u.Symbol {
			return uint64(u.Nanoseconds), ""
		}
	}
	switch name {
	case "m":
		return 0, "m is a metre; a minute is min"
	case "":
		return 0, "the number has no unit, as in 30 s"
	}
	return 0, shorten(name) + " is no unit of time; there are d, h, min, s, ms and us"
}

// decimal is whole.part times size, rounded down; ok is false where that is too
// much, or there are no digits.
func decimal(whole, part string, size uint64) (ns uint64, ok bool) {
	if whole == "" || strings.Contains(part, ".") {
		return 0, false
	}
	for _, c := range []byte(whole) {
		if ns > 1<<59 {
			return 0, false
		}
		ns = ns*10 + uint64(c-'0')
	}
	if ns > (1<<63)/size {
		return 0, false
	}
	ns *= size
	rest := size
	digits := uint64(0)
	for _, c := range []byte(part) {
		if rest%10 != 0 || digits > 1<<59 {
			break
		}
		rest /= 10
		digits += uint64(c-'0') * rest
	}
	return ns + digits, true
}
