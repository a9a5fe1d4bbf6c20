package wirejson

import (
	"testing"
	"time"
)

func TestParseInt(t *testing.T) {
	for _, c := range []struct {
		text string
		want int64
	}{
		{"12", 12}, {" 12\r\n", 12}, {"+12", 12}, {"-0012", -12}, {"0", 0}, {"-0", 0}, {"00", 0}, {"12.0", 12}, {"-1.2e1", -12},
		{"9223372036854775807", 9223372036854775807}, {"-9223372036854775808", -9223372036854775808},
		{"9007199254740993.0", 9007199254740993},
	} {
		if got, err := ParseInt([]byte(c.text)); err != nil || got != c.want {
			t.Errorf("ParseInt(%q) = %d, %v; want %d", c.text, got, err, c.want)
		}
	}
	for text, want := range map[string]string{
		"":                    "expected a whole number, found nothing",
		"12.5":                `expected a whole number, found "12.5"`,
		"+-5":                 `expected a whole number, found "+-5"`,
		"1 2":                 `expected a whole number, found "1 2"`,
		"0x10":                `expected a whole number, found "0x10"`,
		"9223372036854775808": `expected a whole number, found "9223372036854775808"`,
	} {
		if got, err := ParseInt([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("ParseInt(%q) = %d, %v; want %s", text, got, err, want)
		}
	}
}

func TestDuration(t *testing.T) {
	for _, c := range []struct {
		text string
		unit time.Duration
		want time.Duration
	}{
		{"90", time.Second, 90 * time.Second}, {"0.5", time.Minute, 30 * time.Second}, {"-1", time.Hour, -time.Hour},
		{"0.1", time.Millisecond, 100 * time.Microsecond}, {"1e-10", time.Second, 0},
	} {
		var s Scanner
		s.Reset([]byte(c.text))
		if got := s.Duration(c.unit); s.End() != nil || got != c.want {
			t.Errorf("%s × %v = %v, %v; want %v", c.text, c.unit, got, s.End(), c.want)
		}
	}
	var s Scanner
	s.Reset([]byte("1e10"))
	s.Duration(time.Second)
	if err := s.End(); err == nil || err.Error() != "expected a duration of at most 292 years, found 1e10" {
		t.Errorf("1e10 s: %v", err)
	}
}
