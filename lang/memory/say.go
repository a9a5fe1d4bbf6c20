package memory

import (
	"math"
	"strings"

	"flowc/lang/rate"
)

// Size is a number of bytes as people say it: "16 MB", "3.4 kB".
func Size(bytes float64) string {
	switch {
	case math.IsInf(bytes, 1):
		return "no bound"
	case bytes >= 1e6:
		return rate.Number(bytes/1e6) + " MB"
	case bytes >= 1e3:
		return rate.Number(bytes/1e3) + " kB"
	}
	return rate.Number(bytes) + " B"
}

// Text is what a part is for: "delay(order, 5.s), for each of 256 beds".
func (p Part) Text() string {
	text := p.What
	if p.X != nil {
		if text = p.X.Base().Text; len(text) > 50 || strings.Contains(text, "\n") {
			text = p.What + "(…)"
		}
	}
	if p.Keys > 1 {
		text += ", for each of " + rate.Number(p.Keys) + " keys"
	}
	return text
}

// Largest are the parts that matter: those of at least a hundredth of all, at most n.
func (b Bound) Largest(n int) []Part {
	for i, p := range b.Parts {
		if i == n || p.Bytes < b.Total/100 {
			return b.Parts[:i]
		}
	}
	return b.Parts
}
