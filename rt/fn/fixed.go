package fn

import (
	"strconv"
	"strings"
)

// FormatFixed writes a number with so many digits after the point, 0 to 100. It is
// what `%.2f` in the form `format` is made of.
func FormatFixed(v float64, digits int64) string {
	text := strconv.FormatFloat(v, 'f', int(min(max(digits, 0), 100)), 64)
	if strings.HasPrefix(text, "-") && strings.Trim(text, "-0.") == "" {
		return text[1:] // it rounds to zero
	}
	return text
}

// FormatWide fills a text up with spaces until it has width characters, on the left,
// or for a negative width on the right. It is what `%5s` and `%-5s` are made of.
func FormatWide(s string, width int64) string {
	missing := max(width, -width) - Length(s)
	switch {
	case missing <= 0:
		return s
	case width < 0:
		return s + strings.Repeat(" ", int(missing))
	}
	return strings.Repeat(" ", int(missing)) + s
}

// FormatZeros fills a number up with zeros behind its sign until it has width
// characters. It is what `%05d` is made of.
func FormatZeros(s string, width int64) string {
	missing := width - Length(s)
	if missing <= 0 {
		return s
	}
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	return sign + strings.Repeat("0", int(missing)) + s
}
