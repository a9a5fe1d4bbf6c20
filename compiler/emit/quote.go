package emit

import (
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"
)

// quoted is a text as a person would write it in Go: in its lines, and with its
// quotation marks as they are, where Go can write it so.
func quoted(text string) *jen.Statement {
	switch {
	case strings.Contains(text, "//line"): // no directive, but a reader would take it for one
	case strings.ContainsAny(text, "\n\"\\") && strconv.CanBackquote(strings.ReplaceAll(text, "\n", "")):
		return jen.Op("`" + text + "`")
	case len(text) > wide:
		return inLines(text)
	}
	return jen.Lit(text)
}

// inLines is a text with a literal for each of its lines.
func inLines(text string) *jen.Statement {
	var sum *jen.Statement
	for line := range strings.Lines(text) {
		if sum == nil {
			sum = jen.Lit(line)
		} else {
			sum = sum.Op("+").Line().Lit(line)
		}
	}
	return sum
}
