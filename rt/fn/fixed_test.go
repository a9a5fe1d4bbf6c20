package fn

import (
	"slices"
	"testing"

	"flowc/rt/flow"
)

func TestFormatFixed(t *testing.T) {
	for _, tc := range []struct {
		v      float64
		digits int64
		want   string
	}{
		{21.456, 1, "21.5"}, {21.456, 0, "21"}, {-0.04, 1, "0.0"}, {-0.06, 1, "-0.1"}, {1e21, 2, "1000000000000000000000.00"}, {3, 2, "3.00"},
	} {
		if got := FormatFixed(tc.v, tc.digits); got != tc.want {
			t.Errorf("%v with %d digits: got %s, want %s", tc.v, tc.digits, got, tc.want)
		}
	}
}

func TestFormatWidths(t *testing.T) {
	for _, tc := range []struct{ got, want string }{
		{FormatWide("é", 3), "  é"}, {FormatWide("ab", -4), "ab  "}, {FormatWide("abc", 2), "abc"},
		{FormatZeros("7", 3), "007"}, {FormatZeros("-7.5", 6), "-007.5"}, {FormatZeros("1234", 3), "1234"},
	} {
		if tc.got != tc.want {
			t.Errorf("got %q, want %q", tc.got, tc.want)
		}
	}
}

func TestCapture(t *testing.T) {
	p, err := ParsePattern(`(?P<n>[0-9]+)(?P<unit>[a-z]+)?`)
	if err != nil {
		t.Fatal(err)
	}
	some := flow.Some[string]
	for _, tc := range []struct {
		text string
		want []flow.Opt[string]
	}{
		{"a 12mm b", []flow.Opt[string]{some("12mm"), some("12"), some("mm")}},
		{"12", []flow.Opt[string]{some("12"), some("12"), {}}},
		{"none", []flow.Opt[string]{}},
	} {
		if got := Capture(tc.text, p); !slices.Equal(got, tc.want) {
			t.Errorf("%s: got %v", tc.text, got)
		}
	}
	if Capture("x", Pattern{}) != nil {
		t.Error("no pattern matches something")
	}
}
