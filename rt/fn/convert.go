package fn

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// NumberToString writes a number as the shortest decimal, without an exponent.
//
//	to_string(0.1 + 0.2)  # "0.30000000000000004"
//
//flow:func to_string
func NumberToString(v float64) string { return FormatNumber(v) }

// IntToString writes a whole number.
//
//	to_string(42)  # "42"
//
//flow:func to_string
func IntToString(v int64) string { return FormatInt(v) }

// BoolToString writes a switch as true or false.
//
//	to_string(2 > 1)  # "true"
//
//flow:func to_string
func BoolToString(v bool) string { return FormatBool(v) }

// TextToString leaves a text as it is.
//
//	to_string("on")  # "on"
//
//flow:func to_string
func TextToString(v string) string { return v }

// DurationToString writes a duration for people.
//
//	to_string(90.min)  # "1 h 30 min"
//
//flow:func to_string
func DurationToString(v time.Duration) string { return FormatDuration(v) }

// TimeToString writes a moment as ISO 8601 in UTC.
//
//flow:func to_string
func TimeToString(v time.Time) string { return FormatTime(v) }

// ToInt reads a whole number from text: digits, and a sign before them. It
// fails for anything else, spaces included.
//
//	to_int("-12")  # -12
//
//flow:func to_int
func ToInt(s string) (int64, error) {
	v, err := strconv.ParseInt(s, 10, 64)
	if err == nil {
		return v, nil
	}
	if errors.Is(err, strconv.ErrRange) {
		return 0, Failure(shorten(s) + " is outside the range of whole numbers")
	}
	return 0, Failure(shorten(s) + " is not a whole number")
}

// NumberToInt makes an int of a number that is whole. It fails for one that is
// not; round, floor, ceil or trunc it first.
//
//	to_int(floor(2.7))  # 2
//
//flow:func to_int
func NumberToInt(v float64) (int64, error) {
	if v != math.Trunc(v) {
		return 0, Failure(FormatNumber(v) + " is not a whole number")
	}
	// The upper bound is 2⁶³, the first float64 that int64 cannot hold.
	if v < math.MinInt64 || v >= 1<<63 {
		return 0, Failure(FormatNumber(v) + " is outside the range of whole numbers")
	}
	return int64(v), nil
}

// ToNumber reads a decimal number from text, with or without an exponent. It
// fails for anything else, spaces included.
//
//	to_number("21.5")  # 21.5
//	to_number("1e3")   # 1000
//
//flow:func to_number
func ToNumber(s string) (float64, error) {
	// ParseFloat also reads words, hexadecimal and underscores.
	if strings.Trim(s, "0123456789+-.eE") != "" {
		return 0, notANumber(s)
	}
	v, err := strconv.ParseFloat(s, 64)
	if err == nil {
		return v, nil
	}
	if errors.Is(err, strconv.ErrRange) {
		return 0, Failure(shorten(s) + " is outside the range of numbers")
	}
	return 0, notANumber(s)
}

func notANumber(s string) error { return Failure(shorten(s) + " is not a number") }

// ToBool reads a switch from text: true, on, yes or 1, and false, off, no or
// 0, in small or capital letters. It fails for anything else.
//
//	to_bool("ON")  # true
//
//flow:func to_bool
func ToBool(s string) (bool, error) {
	switch strings.ToLower(s) {
	case "true", "on", "yes", "1":
		return true, nil
	case "false", "off", "no", "0":
		return false, nil
	}
	return false, Failure(shorten(s) + " is neither on nor off")
}

// ReadTime reads a moment as FormatTime writes it, also with another time zone
// than UTC, and gives it in UTC. It fails for anything else, spaces included.
func ReadTime(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}, Failure(shorten(s) + " is not a time like 2026-06-01T12:00:00Z")
	}
	return t.UTC(), nil
}

// shorten quotes text from outside for a message: its first characters, and
// nothing that could move the cursor of a terminal.
func shorten(s string) string {
	const longest = 24
	end := 0
	for n := 0; n < longest && end < len(s); n++ {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	short := strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7F && r < 0xA0 {
			return '?'
		}
		return r
	}, s[:end])
	if end < len(s) {
		short += "…"
	}
	return `"` + short + `"`
}
