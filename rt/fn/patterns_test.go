package fn

import (
	"strings"
	"testing"
)

func TestMatches(t *testing.T) {
	for _, c := range []struct {
		text, pattern string
		want          bool
	}{
		{"bed-12", "^bed-[0-9]+$", true},
		{"bed-12b", "^bed-[0-9]+$", false},
		{"low battery", "bat", true},
		{"ERROR 5", "(?i)error", true},
		{"", "^$", true},
		{"\xff", ".", true},
	} {
		p, err := ParsePattern(c.pattern)
		if err != nil || Matches(c.text, p) != c.want {
			t.Errorf("matches(%q, %q) is not %v (%v)", c.text, c.pattern, c.want, err)
		}
	}
	if Matches("a", Pattern{}) {
		t.Error("no pattern matches")
	}
}

func TestReplaceRe(t *testing.T) {
	replace := func(s, pattern, by string) any {
		return try(ReplaceRe(s, Known(ParsePattern(pattern)), by))
	}
	large := strings.Repeat("a", MaxItems)
	check(t, []call{
		{"groups", replace("21,5 °C", "([0-9]+),([0-9]+).*", "$1.$2"), "21.5"},
		{"named", replace("x=1", "(?P<k>[a-z])=(?P<v>[0-9])", "${v}=${k}"), "1=x"},
		{"spaces", replace("a  b   c", " +", " "), "a b c"},
		{"dollar", replace("5", "5", "$$5"), "$5"},
		{"none", replace("abc", "x", "y"), "abc"},
		{"empty matches", replace("ab", "", "-"), "-a-b-"},
		{"no pattern", try(ReplaceRe("a", Pattern{}, "b")), "a"},
		{"too long", replace(large, "a", strings.Repeat("b", 11)), "error: replace_re: the result would be longer than 1 MB"},
		{"too many", replace(large+"a", "a", ""), "error: replace_re: the pattern matches more than 100,000 times"},
		{"as many as may be", replace(large, "a", ""), ""},
	})
}

// What is wrong with a pattern is said in words of our own.
func TestWrongPatterns(t *testing.T) {
	for pattern, want := range map[string]string{
		"(a":                      "a ( in the pattern has no )",
		"a)":                      "a ) in the pattern has no (",
		"[a":                      `the [ in "[a" has no ]`,
		"*a":                      `"*" in the pattern repeats nothing: for the sign itself write a \ before it`,
		"a**":                     `"**" in the pattern repeats what is repeated already`,
		"a{1001}":                 `"{1001}" in the pattern is no number of times from 0 to 1000`,
		`\k`:                      `"\k" in the pattern has no meaning`,
		`a\`:                      `the pattern ends in a \ with nothing after it`,
		"[z-a]":                   `"z-a" is no range of characters`,
		"(?=a)":                   `"(?=" is no part of a pattern here: there is no looking ahead or back`,
		"(?P<é>a)":                `"(?P<é>" is no name for a group: write (?P<name>…)`,
		"\xff":                    "the pattern is not valid UTF-8",
		strings.Repeat("a", 1001): "a pattern has at most 1,000 characters",
	} {
		if _, err := ParsePattern(pattern); err == nil || err.Error() != want {
			t.Errorf("%.20q: %v, want %s", pattern, err, want)
		}
	}
}
