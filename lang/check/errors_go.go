package check

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/diag"
)

// GoProblem is something in a flow's own Go file that keeps the whole folder from
// being used.
func GoProblem(at catalog.Place, text string) *diag.Diagnostic {
	f := finding("E0112", "This Go cannot be part of the flow", placeRange(at), lowerFirst(strings.TrimSuffix(text, ".")))
	f.Why = "The Go files in the folder `go` become part of the program."
	return f
}

// GoCompileError is what Go's compiler says of a flow's own Go file.
func GoCompileError(at catalog.Place, text string) *diag.Diagnostic {
	f := finding("E0112", "This Go does not compile", placeRange(at), text)
	f.Why = "flowc reads only what the Go files declare; what is inside their functions is compiled with the program."
	return f
}

// lowerFirst begins a label with a small letter, unless the word is a Go name.
func lowerFirst(s string) string {
	first, _, _ := strings.Cut(s, " ")
	switch first {
	case "This", "The", "There", "A", "Above", "Programs", "Only":
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}

// placeRange is the place of a name in a Go file; where only a position is known, of
// one character.
func placeRange(p catalog.Place) hcl.Range {
	n := max(len(p.Name), 1)
	start := hcl.Pos{Line: p.Line, Column: max(p.Col, 1), Byte: p.Byte}
	return hcl.Range{Filename: p.File, Start: start, End: hcl.Pos{Line: p.Line, Column: start.Column + n, Byte: p.Byte + n}}
}

// errUnknownGo is a call of a Go function that the flow's folder does not have, or
// that no flow can call.
func (c *checker) errUnknownGo(e *hclsyntax.FunctionCallExpr, f *diag.Diagnostic) *diag.Diagnostic {
	name := strings.TrimPrefix(e.Name, catalog.OwnPrefix)
	if r := c.catalog.RefusedAs(e.Name); r != nil {
		return errRefusedGo("E0113", "This Go function cannot be called from a flow", e.NameRange, r)
	}
	if c.catalog.Own == nil {
		f.Subject.Label = "this flow has no folder `go` beside it"
		f.Hint = "put a Go file into the folder `go`, with an exported function:"
		f.Example = fmt.Sprintf("package own\n\nfunc %s(x float64) float64 { return x }", goName(name))
		return f
	}
	f.Subject.Label = fmt.Sprintf("no exported function in `go` would be `%s`", e.Name)
	if !didYouMean(f, e.Name, c.ownNames(), e.NameRange) {
		f.Hint = fmt.Sprintf("a Go function is called by its name in small letters: `func %s` is `%s`.", goName(name), e.Name)
	}
	return f
}

// ownNames are the functions and operators of the flow's own Go.
func (c *checker) ownNames() []string {
	var names []string
	for _, o := range c.catalog.Operators {
		if o.Place != nil {
			names = append(names, o.Name)
		}
	}
	for _, f := range c.catalog.Functions {
		if f.Place != nil {
			names = append(names, f.Name)
		}
	}
	return names
}

// errRefusedGo points at the use and at the declaration.
func errRefusedGo(code, summary string, at hcl.Range, r *catalog.Refused) *diag.Diagnostic {
	f := finding(code, summary, at, "used here")
	place := r.At
	if place.Line == r.Place.Line {
		place = r.Place
	}
	also(f, placeRange(place), "declared here")
	f.Why = r.Why
	return f
}

// goName is an exported Go name for a name of a flow: air_density is AirDensity.
func goName(name string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		b.WriteString(upperFirst(word))
	}
	return b.String()
}
