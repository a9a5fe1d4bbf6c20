package catalog

import (
	"slices"
	"strings"
)

// markdown lays pages out for a document.
type markdown struct{ text strings.Builder }

func (m *markdown) line(lines ...string) {
	for _, l := range lines {
		m.text.WriteString(l)
		m.text.WriteByte('\n')
	}
}

func (m *markdown) page(p *page) {
	m.line("### "+p.name, "")
	if len(p.calls) > 0 {
		m.line("```text")
		m.line(p.calls...)
		m.line("```", "")
	}
	for _, b := range blocks(p.doc) {
		if b.code {
			m.line("```hcl")
			m.line(b.lines...)
			m.line("```", "")
			continue
		}
		m.line(b.lines...)
		m.line("")
	}
	for _, s := range p.sections {
		m.section(s)
	}
}

func (m *markdown) section(s section) {
	if len(s.rows) > 0 {
		m.table(s)
	}
	if len(s.notes) > 0 {
		m.line(s.title+": "+strings.Join(s.notes, " "), "")
	}
}

// table has a column of defaults only where there are any.
func (m *markdown) table(s section) {
	defaults := slices.ContainsFunc(s.rows, func(r row) bool { return r.value != "" })
	head, rule := "| "+s.title+" |", "|---|"
	if defaults {
		head, rule = head+" Default |", rule+"---|"
	}
	m.line(head+" Type | |", rule+"---|---|")
	for _, r := range s.rows {
		line := "| " + code(r.name) + " | "
		if defaults {
			line += code(r.value) + " | "
		}
		m.line(line + cell(r.what) + " | " + cell(r.doc) + " |")
	}
	m.line("")
}

func code(text string) string {
	switch text {
	case "":
		return ""
	case "…":
		return "required"
	}
	return "`" + text + "`"
}

// cell keeps text from ending a table's cell or row.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "\t", " ").Replace(text)
}
