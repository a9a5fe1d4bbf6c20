package diag

import (
	"cmp"
	"embed"
	"slices"
	"strings"
)

//go:embed stories/*.txt
var stories embed.FS

// Story is the long story of a code, as `flowc explain E0501` prints it. The case of the letters does not matter.
func Story(code string) (string, bool) {
	text, err := stories.ReadFile("stories/" + strings.ToUpper(code) + ".txt")
	if err != nil {
		return "", false
	}
	return string(text), true
}

// Codes lists the codes that have a story, in order of their number: E0601, W0602, E0603.
func Codes() []string {
	entries, err := stories.ReadDir("stories")
	if err != nil {
		return nil
	}
	var codes []string
	for _, e := range entries {
		codes = append(codes, strings.TrimSuffix(e.Name(), ".txt"))
	}
	slices.SortFunc(codes, func(a, b string) int { return cmp.Compare(a[1:], b[1:]) })
	return codes
}
