// Package diag holds the findings of the compiler: what is wrong, where, why, and what to write instead.
// It prints them for people (Text), for programs (JSON), and tells the long story behind a code (Story).
package diag

import (
	"cmp"
	"slices"

	"github.com/hashicorp/hcl/v2"
)

// Severity says whether a finding stops a build.
type Severity int

const (
	// Error stops check and build.
	Error Severity = iota
	// Warning is shown and stops only a strict build.
	Warning
)

// String is "error" or "warning", as the JSON form has it.
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Span is a place in a source file with the words printed behind its underline.
type Span struct {
	Range hcl.Range
	Label string
}

// Edit replaces the text at Range by Text; an empty Range inserts.
type Edit struct {
	Range hcl.Range
	Text  string
}

// Diagnostic is one finding: one problem under one code that never changes.
type Diagnostic struct {
	Code     string // "E0501" or "W0602"
	Severity Severity
	Summary  string // a short sentence in words of the home, without a full stop
	Subject  Span   // underlined with ^^^; a zero Range means there is no place to show
	Related  []Span // underlined with ───: where a type, a limit or an owner comes from
	Why      string // paragraphs between snippet and hint; each line is wrapped by itself
	Hint     string // what to do, printed after "Hint: "; may be empty
	Example  string // lines to paste, printed as they are below the hint
	Fix      []Edit // the edit that mends it, if there is exactly one answer
}

// List is what a step of the compiler found.
type List []*Diagnostic

// HasErrors reports whether anything in the list is more than a warning.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d *Diagnostic) bool { return d.Severity == Error })
}

// Sort orders by file, line, column and severity (errors first). Equal places keep their order.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b *Diagnostic) int {
		p, q := a.Subject.Range, b.Subject.Range
		return cmp.Or(
			cmp.Compare(p.Filename, q.Filename),
			cmp.Compare(p.Start.Line, q.Start.Line),
			cmp.Compare(p.Start.Column, q.Start.Column),
			cmp.Compare(a.Severity, b.Severity),
		)
	})
}
