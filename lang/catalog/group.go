package catalog

import (
	"path"
	"slices"
	"strings"
)

// group is a heading of the overview: a package of kinds, the operators, a file
// of functions.
type group struct {
	title   string
	entries []*entry
}

// entry is a line of the overview, with a page for each overload.
type entry struct {
	name, text string
	pages      []func() *page
}

// groups sort everything by where it is declared; nothing is listed by hand.
func (c *Catalog) groups() []*group {
	var components, kinds, forms, operators, functions grouping
	for _, k := range c.Components {
		components.add("Components of this flow", k.Name, k.Doc, k.page)
	}
	for _, k := range c.Kinds {
		kinds.add("Kinds: "+path.Base(k.Package), k.Name, k.Doc, func() *page { return c.kindPage(k) })
	}
	for _, f := range c.Forms {
		forms.add("The language's own ("+f.Sort+"s)", f.Name, f.Doc, f.page)
	}
	for _, o := range c.Operators {
		operators.add("Operators (they remember)", o.Name, o.Doc, func() *page { return c.operatorPage(o) })
	}
	for _, f := range c.Functions {
		stem := strings.TrimSuffix(path.Base(f.Pos), ".go")
		functions.add("Functions: "+stem, f.Name, f.Doc, func() *page { return c.functionPage(f) })
	}
	return slices.Concat(components.sorted(), kinds.sorted(), forms.sorted(), operators.sorted(), functions.sorted())
}

type grouping struct{ list []*group }

func (g *grouping) sorted() []*group {
	slices.SortFunc(g.list, func(a, b *group) int { return strings.Compare(a.title, b.title) })
	return g.list
}

func (g *grouping) add(title, name, doc string, build func() *page) {
	in := g.find(title)
	if in == nil {
		in = &group{title: title}
		g.list = append(g.list, in)
	}
	for _, e := range in.entries {
		if e.name == name {
			e.pages = append(e.pages, build)
			return
		}
	}
	in.entries = append(in.entries, &entry{name, Synopsis(name, doc), []func() *page{build}})
}

func (g *grouping) find(title string) *group {
	for _, in := range g.list {
		if in.title == title {
			return in
		}
	}
	return nil
}
