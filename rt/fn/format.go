package fn

import (
	"strconv"
	"time"

	"flowc/rt/unit"
)

// FormatNumber writes the shortest decimal that reads back as v, never with an
// exponent; minus zero is 0.
func FormatNumber(v float64) string { return unit.Format(v, "") }

// FormatInt writes a whole number.
func FormatInt(v int64) string { return strconv.FormatInt(v, 10) }

// FormatBool writes true or false.
func FormatBool(v bool) string { return strconv.FormatBool(v) }

// FormatTime writes a moment as ISO 8601 in UTC, with milliseconds only where
// they are not zero: 2026-06-01T12:00:00Z.
func FormatTime(t time.Time) string { return string(AppendTime(nil, t)) }

// AppendTime appends what FormatTime writes to dst.
func AppendTime(dst []byte, t time.Time) []byte {
	t = t.UTC()
	if t.Nanosecond() < int(time.Millisecond) {
		return t.AppendFormat(dst, "2006-01-02T15:04:05Z")
	}
	return t.AppendFormat(dst, "2006-01-02T15:04:05.000Z")
}

// FormatDuration writes a duration for people, without the parts that are
// zero: 1 h 30 min, 2 d, 1.5 s, 20 ms.
func FormatDuration(d time.Duration) string {
	if d == 0 {
		return "0 s"
	}
	var dst []byte
	// Unsigned, because the shortest duration has no opposite.
	rest := uint64(d)
	if d < 0 {
		dst = append(dst, '-')
		rest = -rest
	}
	if rest < uint64(time.Second) {
		return string(appendSubSecond(dst, rest))
	}
	sign := len(dst)
	for _, part := range [...]struct {
		symbol string
		length uint64
	}{{" d", 24 * uint64(time.Hour)}, {" h", uint64(time.Hour)}, {" min", uint64(time.Minute)}} {
		if n := rest / part.length; n > 0 {
			dst = appendPart(dst, sign)
			dst = strconv.AppendUint(dst, n, 10)
			dst = append(dst, part.symbol...)
			rest %= part.length
		}
	}
	if rest > 0 {
		dst = appendPart(dst, sign)
		dst = unit.AppendFormat(dst, float64(rest)/1e9, "s")
	}
	return string(dst)
}

func appendPart(dst []byte, sign int) []byte {
	if len(dst) > sign {
		dst = append(dst, ' ')
	}
	return dst
}

func appendSubSecond(dst []byte, ns uint64) []byte {
	if ns < uint64(time.Millisecond) {
		return unit.AppendFormat(dst, float64(ns)/1e3, "µs")
	}
	return unit.AppendFormat(dst, float64(ns)/1e6, "ms")
}
