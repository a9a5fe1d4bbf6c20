package emit

import (
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"
)

// quoted is a text as a person would write it in Go: in its lines, and with its
// quotation marks as they are, where Go can write it so.
func quoted(text string) *jen.Statement {
	if strings.ContainsAny(text, "\n\"\\") && strconv.CanBackquote(strings.ReplaceAll(text, "\n", "")) {
		return jen.Op("`" + text + "`")
	}
	return jen.Lit(text)
}
