package syntax

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
)

// findCommaMistake finds commas between settings, which end with their line.
func findCommaMistake(m *mistakeScan, i int) (*diag.Diagnostic, int) {
	w := m.word(i)
	if !w.is(hclsyntax.TokenComma) || w.place != inBody {
		return nil, 0
	}
	if w.open >= 0 && m.word(w.open).Range.Start.Line == w.Range.Start.Line {
		return m.oneLineBlock(i)
	}
	if m.types(i-1, hclsyntax.TokenNumberLit, hclsyntax.TokenComma, hclsyntax.TokenNumberLit) && m.adjacent(i-1, 3) {
		return m.number(i-1, i+1, m.word(i-1).text()+"."+m.word(i+1).text(), "decimals stand behind a point")
	}
	d := syntaxError("There is a comma too many", w.Range, "settings end with their line")
	if m.word(i + 1).is(hclsyntax.TokenNewline) {
		d.Hint = "take it away."
		d.Fix = m.replace(i, i, "")
	} else {
		d.Hint = "each setting stands on a line of its own."
	}
	return d, i + 1
}

// oneLineBlock finds `led a { pin = 1, on = x }`.
func (m *mistakeScan) oneLineBlock(i int) (*diag.Diagnostic, int) {
	w := m.word(i)
	end := m.closeOf(w.open)
	d := syntaxError("One line has room for one setting", w.Range, "a second one would follow")
	d.Hint = "give each setting a line of its own:"
	first := m.word(w.open).first
	if end < 0 || m.word(end).Range.Start.Line != w.Range.Start.Line {
		d.Example = "kind name {\n  first  = …\n  second = …\n}"
		return d, i + 1
	}
	settings := m.parted(w.open+1, end)
	if m.word(first).isName("enum") && !slices.ContainsFunc(settings, func(s string) bool { return !validName.MatchString(s) }) {
		d.Summary, d.Subject.Label = "Members stand in a list", "members follow each other in `[ ]`"
		d.Hint = "list them:"
		d.Example = m.text(first, w.open) + "\n  values = [" + strings.Join(settings, ", ") + "]\n}"
	} else {
		d.Example = m.text(first, w.open) + "\n  " + strings.Join(settings, "\n  ") + "\n}"
	}
	indent := strings.Repeat(" ", max(m.word(first).Range.Start.Column-1, 0))
	d.Fix = m.replace(first, end, strings.ReplaceAll(d.Example, "\n", "\n"+indent))
	return d, end + 1
}

// parted are the texts between the commas of a block.
func (m *mistakeScan) parted(from, end int) (list []string) {
	open := m.word(from).open
	for k := from; k <= end; k++ {
		if k < end && (!m.word(k).is(hclsyntax.TokenComma) || m.word(k).open != open) {
			continue
		}
		if from < k {
			list = append(list, m.text(from, k-1))
		}
		from = k + 1
	}
	return list
}
