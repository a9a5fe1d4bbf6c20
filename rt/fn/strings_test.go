package fn

import (
	"slices"
	"strings"
	"testing"
)

// try gives the result of a fallible function, or its error as text.
func try[T any](v T, err error) any {
	if err != nil {
		return "error: " + err.Error()
	}
	return v
}

type call struct {
	name      string
	got, want any
}

func check(t *testing.T, calls []call) {
	t.Helper()
	for _, c := range calls {
		if c.got != c.want {
			t.Errorf("%s = %#v, want %#v", c.name, c.got, c.want)
		}
	}
}

func TestLengthCountsWhatPeopleSee(t *testing.T) {
	for s, want := range map[string]int64{
		"":                 0,
		"abc":              3,
		"Grüße":            5,
		"Gru\u0308ße":      5,
		"a\r\nb":           3,
		"👩‍👩‍👧‍👦":          1,
		"👍🏽!":              2,
		"🇩🇪🇫🇷":             2,
		"🇩🇪🇫":              2,
		"☀\ufe0f 21 °C":    7,
		"\u0301":           1,
		"bad \xff\xfe end": 10,
		"👩\u200d":          1,
	} {
		if got := Length(s); got != want {
			t.Errorf("Length(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestSubstr(t *testing.T) {
	check(t, []call{
		{"middle", Substr("bed-tomatoes", 4, 3), "tom"},
		{"rest", Substr("bed-tomatoes", 4, -1), "tomatoes"},
		{"from the end", Substr("bed-tomatoes", -3, 2), "oe"},
		{"before the beginning", Substr("abc", -5, 3), "a"},
		{"all before the beginning", Substr("abc", -5, 2), ""},
		{"rest from before the beginning", Substr("abc", -5, -1), "abc"},
		{"beyond the end", Substr("abc", 1, 99), "bc"},
		{"after the end", Substr("abc", 7, 1), ""},
		{"none", Substr("abc", 1, 0), ""},
		{"accents stay whole", Substr("Gru\u0308ße", 2, 1), "u\u0308"},
		{"smallest start", Substr("abc", -1<<63, -1), "abc"},
		{"smallest start with count", Substr("abc", -1<<63, 1<<62), ""},
		{"largest count", Substr("abc", -1, 1<<63-1), "c"},
	})
}

func TestSplitAndJoin(t *testing.T) {
	for _, c := range []struct {
		s, separator string
		want         []string
	}{
		{"a;b;;c", ";", []string{"a", "b", "", "c"}},
		{"", ";", []string{""}},
		{"aü👍🏽", "", []string{"a", "ü", "👍🏽"}},
		{"", "", nil},
	} {
		if got := Split(c.s, c.separator); !slices.Equal(got, c.want) {
			t.Errorf("Split(%q, %q) = %q, want %q", c.s, c.separator, got, c.want)
		}
	}
	many := make([]string, 1000)
	check(t, []call{
		{"join", try(Join([]string{"a", "b"}, ", ")), "a, b"},
		{"join nothing", try(Join(nil, ", ")), ""},
		{"join too much", try(Join(many, strings.Repeat("x", 2000))), "error: join: the result would be longer than 1 MB"},
	})
}

func TestTextIsBounded(t *testing.T) {
	long := strings.Repeat("a", 1<<19)
	check(t, []call{
		{"replace", try(Replace("1,5,", ",", ".")), "1.5."},
		{"replace nothing", try(Replace("abc", "", "x")), "abc"},
		{"replace too much", try(Replace(long, "a", "bcd")), "error: replace: the result would be longer than 1 MB"},
		{"replace far too much", try(Replace(long, "a", long)), "error: replace: the result would be longer than 1 MB"},
		{"join far too much", try(Join(make([]string, 1<<14), long)), "error: join: the result would be longer than 1 MB"},
		{"pad_left negative", try(PadLeft("x", -1<<63, "ab")), "x"},
		{"repeat", try(Repeat("ab", 3)), "ababab"},
		{"repeat negative", try(Repeat("ab", -1)), ""},
		{"repeat nothing often", try(Repeat("", 1<<62)), ""},
		{"repeat too often", try(Repeat("ab", 1<<62)), "error: repeat: the result would be longer than 1 MB"},
		{"pad_left", try(PadLeft("7", 3, "0")), "007"},
		{"pad_left wide", try(PadLeft("1234", 3, "0")), "1234"},
		{"pad_left pattern", try(PadLeft("x", 6, "ab")), "ababax"},
		{"pad_right", try(PadRight("ü", 3, ".")), "ü.."},
		{"pad_right empty", try(PadRight("x", 3, "")), "error: pad_right: there is nothing to fill with"},
		{"pad_right too wide", try(PadRight("x", 1<<62, "ab")), "error: pad_right: the result would be longer than 1 MB"},
	})
	if s, err := PadLeft("x", 1<<62, "ab"); err == nil || s != "x" {
		t.Errorf("a failed pad_left gave %q, %v", s, err)
	}
}

func TestStrings(t *testing.T) {
	check(t, []call{
		{"upper", Upper("Küche 3"), "KÜCHE 3"},
		{"lower", Lower("KÜCHE 3"), "küche 3"},
		{"trim", Trim(" \t21.5\r\n"), "21.5"},
		{"contains", Contains("low battery", "batt"), true},
		{"starts_with", StartsWith("bed-7", "bed-"), true},
		{"ends_with", EndsWith("bed-7", "-8"), false},
		{"is_empty", IsEmpty(""), true},
		{"is_empty space", IsEmpty(" "), false},
		{"reverse", Reverse("au\u0308🇩🇪"), "🇩🇪u\u0308a"},
	})
}

func TestTitle(t *testing.T) {
	check(t, []call{
		{"words", Title("living room"), "Living Room"},
		{"capitals stay", Title("the BME280 upstairs"), "The BME280 Upstairs"},
		{"dashes", Title("bed-side  lamp"), "Bed-Side  Lamp"},
		{"accents", Title("élan école"), "Élan École"},
		{"apostrophe", Title("anna's room"), "Anna's Room"},
		{"digraph", Title("ǆ"), "ǅ"},
		{"empty", Title(""), ""},
	})
}

func TestTrimStartAndEnd(t *testing.T) {
	check(t, []call{
		{"start", TrimStart("bed-7", "bed-"), "7"},
		{"start often", TrimStart("0042", "0"), "42"},
		{"all of it", TrimStart("0000", "0"), ""},
		{"start elsewhere", TrimStart("a0", "0"), "a0"},
		{"nothing", TrimStart("abc", ""), "abc"},
		{"half", TrimStart("ababa", "ab"), "a"},
		{"end", TrimEnd("12.500", "0"), "12.5"},
		{"end of nothing", TrimEnd("", "x"), ""},
		{"no end", TrimEnd("abc", ""), "abc"},
	})
}

func TestLines(t *testing.T) {
	for s, want := range map[string][]string{
		"":             nil,
		"\n":           nil,
		"one":          {"one"},
		"one\n":        {"one"},
		"one\r\ntwo":   {"one", "two"},
		"one\n\ntwo\n": {"one", "", "two"},
		"\none":        {"", "one"},
		"one\n\n":      {"one", ""},
	} {
		if got := Lines(s); !slices.Equal(got, want) {
			t.Errorf("Lines(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestSlug(t *testing.T) {
	check(t, []call{
		{"umlauts", Slug("Küche: Fenster 3 (links)"), "kueche-fenster-3-links"},
		{"decomposed", Slug("Cafe\u0301 au lait"), "cafe-au-lait"},
		{"accents", Slug("Ñandú & Œuvre"), "nandu-oeuvre"},
		{"ends", Slug("  --a--  "), "a"},
		{"other scripts", Slug("Дом 5"), "5"},
		{"emoji", Slug("👍🏽 good"), "good"},
		{"not UTF-8", Slug("a\xffb"), "a-b"},
		{"empty", Slug(""), ""},
	})
}
