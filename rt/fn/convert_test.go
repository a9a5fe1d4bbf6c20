package fn

import (
	"math"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/unit"
)

func TestFormat(t *testing.T) {
	berlin := time.FixedZone("CEST", 2*3600)
	noon := time.Date(2026, 6, 1, 14, 0, 0, 0, berlin)
	check(t, []call{
		{"number", FormatNumber(0.1 + 0.2 - 0.3 + 21.4), "21.4"},
		{"large number", FormatNumber(1e21), "1000000000000000000000"},
		{"minus zero", FormatNumber(math.Copysign(0, -1)), "0"},
		{"int", FormatInt(-42), "-42"},
		{"bool", FormatBool(true), "true"},
		{"time", FormatTime(noon), "2026-06-01T12:00:00Z"},
		{"time with ms", FormatTime(noon.Add(120 * time.Millisecond)), "2026-06-01T12:00:00.120Z"},
		{"time with ns", FormatTime(noon.Add(7)), "2026-06-01T12:00:00Z"},
	})
}

func TestFormatDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0:                                 "0 s",
		90 * time.Minute:                  "1 h 30 min",
		2 * 24 * time.Hour:                "2 d",
		1500 * time.Millisecond:           "1.5 s",
		61 * time.Second:                  "1 min 1 s",
		20 * time.Millisecond:             "20 ms",
		1500 * time.Microsecond:           "1.5 ms",
		500 * time.Nanosecond:             "0.5 µs",
		-90 * time.Second:                 "-1 min 30 s",
		-20 * time.Millisecond:            "-20 ms",
		25*time.Hour + 3*time.Millisecond: "1 d 1 h 0.003 s",
		math.MinInt64:                     "-106751 d 23 h 47 min 16.854775808 s",
	} {
		if got := FormatDuration(d); got != want {
			t.Errorf("FormatDuration(%d) = %q, want %q", d, got, want)
		}
	}
}

func TestConvert(t *testing.T) {
	check(t, []call{
		{"to_int", try(ToInt("-12")), int64(-12)},
		{"to_int space", try(ToInt(" 12")), `error: " 12" is not a whole number`},
		{"to_int point", try(ToInt("12.0")), `error: "12.0" is not a whole number`},
		{"to_int large", try(ToInt("9223372036854775808")), `error: "9223372036854775808" is outside the range of whole numbers`},
		{"to_int number", try(NumberToInt(-3)), int64(-3)},
		{"to_int 2.7", try(NumberToInt(2.7)), "error: 2.7 is not a whole number"},
		{"to_int 2⁶³", try(NumberToInt(1 << 63)), "error: 9223372036854776000 is outside the range of whole numbers"},
		{"to_int -2⁶³", try(NumberToInt(-1 << 63)), int64(math.MinInt64)},
		{"to_number", try(ToNumber("21.5")), 21.5},
		{"to_number exponent", try(ToNumber("-1.5e3")), -1500.0},
		{"to_number word", try(ToNumber("Infinity")), `error: "Infinity" is not a number`},
		{"to_number nan", try(ToNumber("nan")), `error: "nan" is not a number`},
		{"to_number hex", try(ToNumber("0x10p1")), `error: "0x10p1" is not a number`},
		{"to_number underscore", try(ToNumber("1_000")), `error: "1_000" is not a number`},
		{"to_number empty", try(ToNumber("")), `error: "" is not a number`},
		{"to_number e", try(ToNumber("e")), `error: "e" is not a number`},
		{"to_number large", try(ToNumber("1e400")), `error: "1e400" is outside the range of numbers`},
		{"to_bool", try(ToBool("On")), true},
		{"to_bool 0", try(ToBool("0")), false},
		{"to_bool other", try(ToBool("maybe")), `error: "maybe" is neither on nor off`},
		{"to_string number", NumberToString(0.1 + 0.2), "0.3"},
		{"to_string duration", DurationToString(90 * time.Minute), "1 h 30 min"},
	})
}

func TestMessagesAreShortAndHarmless(t *testing.T) {
	_, err := ToBool("\x1b[2J\u009b" + strings.Repeat("a\u0301", 1000))
	if got := err.Error(); len(got) > 100 || strings.ContainsAny(got, "\x1b\u009b") {
		t.Errorf("the message is %q", got)
	}
}

func TestMissing(t *testing.T) {
	none := flow.None[int64]()
	check(t, []call{
		{"default", Default(flow.Some(int64(4)), 0), int64(4)},
		{"default of none", Default(none, 7), int64(7)},
		{"first_of", FirstOf(none, none, flow.Some(int64(3)), flow.Some(int64(4))), flow.Some(int64(3))},
		{"first_of first", FirstOf(flow.Some(int64(1)), flow.Some(int64(4))), flow.Some(int64(1))},
		{"first_of none", FirstOf(none), none},
		{"show", Show(flow.Some("a"), "?"), "a"},
		{"show none", Show(flow.None[string](), "?"), "?"},
		{"show number", ShowNumber(flow.Some(1.5), "?"), "1.5"},
		{"show int", ShowInt(none, "?"), "?"},
		{"show bool", ShowBool(flow.Some(false), "?"), "false"},
		{"show duration", ShowDuration(flow.Some(time.Second), "?"), "1 s"},
		{"show time", ShowTime(flow.Some(time.Unix(0, 0)), "?"), "1970-01-01T00:00:00Z"},
		{"show as", ShowAs(flow.Some(unit.Power(5)), func(p unit.Power) string { return unit.Format(float64(p), "W") }, "?"), "5 W"},
	})
}

func TestTimes(t *testing.T) {
	a, b := time.Unix(1, 0), time.Unix(2, 0)
	check(t, []call{
		{"min", MinTime(b, a, b), a},
		{"max", MaxTime(a, b, a), b},
	})
}

func TestReadTime(t *testing.T) {
	want := time.Date(2026, 6, 1, 12, 0, 0, 250_000_000, time.UTC)
	got, err := ReadTime("2026-06-01T14:00:00.25+02:00")
	if err != nil || got != want {
		t.Errorf("got %v, %v", got, err)
	}
	for _, s := range []string{"", "now", "2026-06-01", "2026-06-31T12:00:00Z"} {
		if _, err := ReadTime(s); err == nil {
			t.Errorf("%q is a time", s)
		}
	}
}
