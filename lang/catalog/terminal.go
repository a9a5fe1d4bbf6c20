package catalog

import (
	"strings"
	"unicode/utf8"
)

// columns is the width of the reference: that of the smallest usual terminal.
const columns = 80

// terminal lays pages out as plain text.
type terminal struct{ text strings.Builder }

func (t *terminal) line(s string) {
	t.text.WriteString(strings.TrimRight(s, " "))
	t.text.WriteByte('\n')
}

func (t *terminal) page(p *page) {
	t.line(p.name + " · " + p.sort)
	if len(p.calls) > 0 || p.doc != "" {
		t.line("")
	}
	for _, c := range p.calls {
		t.line("  " + c)
	}
	if len(p.calls) > 0 && p.doc != "" {
		t.line("")
	}
	for i, b := range blocks(p.doc) {
		if i > 0 {
			t.line("")
		}
		t.block(b)
	}
	for _, s := range p.sections {
		t.section(s)
	}
}

func (t *terminal) block(b block) {
	if !b.code {
		t.wrap("  ", strings.Join(b.lines, " "))
		return
	}
	for _, l := range b.lines {
		t.line("      " + l)
	}
}

func (t *terminal) section(s section) {
	t.line("")
	t.wrap("", s.title)
	wide := 0
	for _, r := range s.rows {
		wide = max(wide, utf8.RuneCountInString(r.head()))
	}
	wide = min(wide, 28)
	for _, r := range s.rows {
		head := r.head()
		t.line("  " + head + strings.Repeat(" ", max(wide-utf8.RuneCountInString(head), 0)+3) + r.what)
		if r.doc != "" {
			t.doc(r.doc)
		}
	}
	for _, n := range s.notes {
		t.wrap("  ", n)
	}
}

// doc is a setting's comment, paragraph by paragraph.
func (t *terminal) doc(text string) {
	for _, b := range blocks(text) {
		if !b.code {
			t.wrap("      ", strings.Join(b.lines, " "))
			continue
		}
		for _, l := range b.lines {
			t.line("          " + l)
		}
	}
}

// head is `name`, or `name = default` as a flow writes it.
func (r row) head() string {
	if r.value == "" {
		return r.name
	}
	return r.name + " = " + r.value
}

func (t *terminal) wrap(indent, text string) {
	row := indent
	for _, word := range strings.Fields(text) {
		if row != indent && utf8.RuneCountInString(row)+1+utf8.RuneCountInString(word) > columns {
			t.line(row)
			row = indent
		}
		if row != indent {
			row += " "
		}
		row += word
	}
	t.line(row)
}

func (t *terminal) overview(groups []*group) {
	wide := 0
	for _, g := range groups {
		for _, e := range g.entries {
			wide = max(wide, utf8.RuneCountInString(e.name))
		}
	}
	for i, g := range groups {
		if i > 0 {
			t.line("")
		}
		t.line(g.title)
		for _, e := range g.entries {
			room := columns - wide - 4
			t.line("  " + e.name + strings.Repeat(" ", wide-utf8.RuneCountInString(e.name)+2) + cut(e.text, room))
		}
	}
}

// cut shortens a line at a space.
func cut(text string, room int) string {
	runes := []rune(text)
	if len(runes) <= room {
		return text
	}
	short := string(runes[:room-2])
	if i := strings.LastIndexByte(short, ' '); i > 0 {
		short = short[:i]
	}
	return short + " …"
}
