package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"
)

// wide is how many characters the parts of a list or sum may have before they stand on
// lines of their own.
const wide = 90

// arguments prints what a call is given with a part a line, as multiline does for a
// literal.
var arguments = jen.Options{Open: "(", Close: ")", Separator: ",", Multi: true}

// listOf is t{a, b}, a part a line where the line would be too long.
func listOf(t *jen.Statement, parts []jen.Code) *jen.Statement {
	if length(parts) > wide {
		return t.Custom(multiline, parts...)
	}
	return t.Values(parts...)
}

// callOf is f(a, b), a part a line where the line would be too long.
func callOf(f *jen.Statement, parts []jen.Code) *jen.Statement {
	if length(parts) > wide {
		return f.Custom(arguments, parts...)
	}
	return f.Call(parts...)
}

// sumOf is a + b + c, with a line break after an operator where the line would be too
// long; nil without parts.
func sumOf(op string, parts []*jen.Statement) *jen.Statement {
	var sum *jen.Statement
	used := 0
	for _, part := range parts {
		n := len(source(part)) + len(op) + 2
		switch {
		case sum == nil:
			sum = part
		case used+n > wide:
			sum = sum.Op(op).Line().Add(part)
			used = 0
		default:
			sum = sum.Op(op).Add(part)
		}
		used += n
	}
	return sum
}

// length is how many characters the parts of a list have on one line.
func length(parts []jen.Code) int {
	n := 0
	for _, part := range parts {
		if s, ok := part.(*jen.Statement); ok {
			n += len(partSource(s)) + len(", ")
		}
	}
	return n
}

// partSource is a part of a list as text: a key and its value too, which stand in no
// expression alone.
func partSource(s *jen.Statement) string {
	text := source(jen.Id("_").Values(s.Clone()))
	return strings.TrimSuffix(strings.TrimPrefix(text, "_{"), "}")
}
