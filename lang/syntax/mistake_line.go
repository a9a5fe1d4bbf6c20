package syntax

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
)

// findLineMistake finds values that go on in the next line without parentheses (E0004).
func findLineMistake(m *mistakeScan, i int) (*diag.Diagnostic, int) {
	switch {
	case m.opensComment(i):
	case m.starts(i) && i > 0 && goesOn(m.words, i):
		return m.lineBreak(i, "a line cannot begin with this")
	case breaksOff(m.words, i):
		return m.lineBreak(i, "a line cannot end with this")
	case valueBelow(m.words, i):
		return m.lineBreak(i, "the value must begin on this line")
	}
	return nil, 0
}

// lineBreak tells of the value around word i, which needs parentheses.
func (m *mistakeScan) lineBreak(i int, label string) (*diag.Diagnostic, int) {
	start, end := m.longValue(i)
	d := &diag.Diagnostic{
		Code:    "E0004",
		Summary: "A line end ends the value",
		Subject: diag.Span{Range: m.word(i).Range, Label: label},
		Hint:    "put the whole value in parentheses; inside them it may take several lines.",
	}
	if k := lastWord(m.words, i); m.starts(i) && m.word(k).Range.Start.Line < m.word(i).Range.Start.Line {
		at := m.word(k)
		d.Related = []diag.Span{{Range: at.Range, Label: "the value ended here"}}
	}
	if start < 0 {
		return d, max(end, i) + 1
	}
	d.Hint = "put the whole value in parentheses; inside them it may take several lines:"
	d.Example = m.inParentheses(start, end)
	equal, last := m.word(lastWord(m.words, start)).Range, m.word(end).Range
	d.Fix = []diag.Edit{
		{Range: hcl.Range{Filename: equal.Filename, Start: equal.End, End: equal.End}, Text: " ("},
		{Range: hcl.Range{Filename: last.Filename, Start: last.End, End: last.End}, Text: ")"},
	}
	if start == lastWord(m.words, start)+1 { // on the same line: the space is there
		first := m.word(start).Range
		d.Fix[0] = diag.Edit{Range: hcl.Range{Filename: first.Filename, Start: first.Start, End: first.Start}, Text: "("}
	}
	return d, end + 1
}

// longValue finds the first and the last word of the value that word i wants to continue; start is -1 if there is none.
func (m *mistakeScan) longValue(i int) (start, end int) {
	open := m.word(i).open
	first := m.word(i).first
	for first > 0 && goesOn(m.words, first) { // go back to the statement that has the name
		before := lastWord(m.words, first)
		if before >= first || m.word(before).open != open && m.word(before).close < 0 && m.openOf(before) < 0 {
			break
		}
		if isCloser(m.word(before).Type) {
			before = max(m.openOf(before), 0)
		}
		if m.word(before).first >= first {
			break
		}
		first = m.word(before).first
	}
	start = -1
	if m.types(first, hclsyntax.TokenIdent, hclsyntax.TokenEqual) {
		start = skipLines(m.words, first+2)
	}
	end = m.longEnd(max(first, i))
	if start > end {
		start = -1
	}
	return start, end
}

// longEnd is the last word of a value with its continuation lines.
func (m *mistakeScan) longEnd(i int) int {
	open := m.word(i).open
	for {
		stop := m.statementEnd(i)
		last := lastWord(m.words, stop)
		next := skipLines(m.words, stop)
		inside := next < len(m.words) && m.word(next).open == open && next != m.closeOf(open) && !m.word(next).is(hclsyntax.TokenEOF)
		if !inside || !goesOn(m.words, next) && !breaksOff(m.words, last) && !m.word(last).is(hclsyntax.TokenEqual) {
			return last
		}
		i = next
	}
}

// maxExample is how many lines of the flow's own text an example repeats.
const maxExample = 8

// inParentheses shows the value as it should be written.
func (m *mistakeScan) inParentheses(start, end int) string {
	lead := "= ("
	if k := lastWord(m.words, start); m.types(k-1, hclsyntax.TokenIdent, hclsyntax.TokenEqual) {
		lead = m.word(k-1).text() + " = ("
	}
	lines := strings.Split(m.text(start, end), "\n")
	if len(lines) > maxExample {
		lines = append(lines[:maxExample-1], "…")
	}
	for k, line := range lines {
		lines[k] = "  " + strings.TrimSpace(line)
	}
	return lead + "\n" + strings.Join(lines, "\n") + "\n)"
}
