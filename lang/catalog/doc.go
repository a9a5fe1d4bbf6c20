package catalog

import (
	"errors"
	"io"
	"slices"
	"strings"
)

// Doc writes the reference of everything called name (a kind, an operator, a function, a
// setting, a unit; some names are several) for a terminal of 80 columns; without a name it
// writes the overview. The error for an unknown name says what was probably
// meant.
func Doc(c *Catalog, name string, w io.Writer) error {
	out := &terminal{}
	if name == "" {
		out.overview(c.groups())
	} else {
		pages := c.pages(name)
		if p := c.settingPage(name); p != nil {
			pages = append(pages, p)
		}
		if p := unitPage(name, len(pages) > 0); p != nil {
			pages = append(pages, p)
		}
		if len(pages) == 0 {
			return c.unknown(name)
		}
		for i, p := range pages {
			if i > 0 {
				out.line("")
			}
			out.page(p)
		}
	}
	_, err := io.WriteString(w, out.text.String())
	return err
}

// Markdown writes the whole reference as one page.
func Markdown(c *Catalog, w io.Writer) error {
	out := &markdown{}
	out.line("# Reference", "")
	for _, g := range c.groups() {
		out.line("## "+g.title, "")
		for _, e := range g.entries {
			for _, build := range e.pages {
				out.page(build())
			}
		}
	}
	_, err := io.WriteString(w, out.text.String())
	return err
}

func (c *Catalog) unknown(name string) error {
	text := "There is no kind, operator, function, component, setting or unit `" + name + "`."
	if near := Nearest(name, append(c.Names(), c.settingNames()...)); len(near) > 0 {
		text += " Did you mean `" + near[0] + "`?"
	}
	return errors.New(text)
}

// Has reports whether there is a page for a name.
func (c *Catalog) Has(name string) bool {
	return slices.Contains(c.Names(), name) || slices.Contains(c.settingNames(), name)
}

// Names are the names of all kinds, operators and functions, sorted, each once.
func (c *Catalog) Names() []string {
	var names []string
	for _, g := range c.groups() {
		for _, e := range g.entries {
			names = append(names, e.name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Synopsis is the first sentence of a comment, without the name it begins with.
func Synopsis(name, doc string) string {
	text, _, _ := strings.Cut(doc, "\n\n")
	text = strings.ReplaceAll(text, "\n", " ")
	if i := strings.Index(text, ". "); i >= 0 {
		text = text[:i+1]
	}
	text = strings.TrimPrefix(text, "`"+name+"` ")
	return strings.TrimSuffix(strings.TrimPrefix(text, "is "), ".")
}

// block is a paragraph of a comment, or an example.
type block struct {
	code  bool
	lines []string
}

// Examples are the examples of a comment, each as it may be pasted.
func Examples(doc string) []string {
	var list []string
	for _, b := range blocks(doc) {
		if b.code {
			list = append(list, strings.Join(b.lines, "\n")+"\n")
		}
	}
	return list
}

// blocks takes a comment apart: what is indented is an example.
func blocks(doc string) []block {
	var list []block
	open := false
	for line := range strings.SplitSeq(doc, "\n") {
		code := strings.HasPrefix(line, "\t")
		last := len(list) - 1
		switch {
		case line == "" && last >= 0 && list[last].code:
			list[last].lines = append(list[last].lines, "")
		case line == "":
			open = false
		case last >= 0 && list[last].code && code, open && !code && !list[last].code:
			list[last].lines = append(list[last].lines, strings.TrimPrefix(line, "\t"))
		default:
			list = append(list, block{code: code, lines: []string{strings.TrimPrefix(line, "\t")}})
			open = true
		}
	}
	for i := range list {
		list[i].lines = trimEnd(list[i].lines)
	}
	return list
}

func trimEnd(lines []string) []string {
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}
