package catalog

import (
	"slices"
	"strings"
)

// settingPage tells of every setting and output called name, of kinds and of blocks, with
// what stands in it; nil where there is none. What is the same in several is told once.
func (c *Catalog) settingPage(name string) *page {
	p := &page{name: name, sort: "setting"}
	own, inner := c.uses(name)
	for _, list := range [][]used{own, inner} {
		for _, u := range merged(list) {
			p.add(section{title: u.as + " of " + strings.Join(u.of, ", "), rows: u.rows})
		}
	}
	if len(p.sections) == 0 {
		return nil
	}
	if !slices.ContainsFunc(own, func(u used) bool { return u.as != "Output" }) {
		p.sort = "output"
	}
	return p
}

// used are settings or outputs of things and blocks.
type used struct {
	as   string
	of   []string
	rows []row
}

// uses are the settings and outputs of that name of all blocks and kinds, and those that
// stand inside them.
func (c *Catalog) uses(name string) (own, inner []used) {
	look := func(as, of string, rows []row) {
		within := used{as: "In `" + name + "`", of: []string{"`" + of + "`"}}
		for _, r := range rows {
			switch {
			case r.last() == name:
				as := as
				if r.what == stepOfTest {
					as = "Step"
				}
				own = append(own, used{as, within.of, []row{r}})
			case strings.HasPrefix(r.name, name+"."):
				within.rows = append(within.rows, r)
			}
		}
		if len(within.rows) > 0 {
			inner = append(inner, within)
		}
	}
	c.eachRows(look)
	return own, inner
}

// stepOfTest is what a step of a test takes, as its row says.
const stepOfTest = "step"

// eachRows calls look with the settings and the outputs of every block and kind.
func (c *Catalog) eachRows(look func(as, of string, rows []row)) {
	for _, f := range c.Forms {
		look("Setting", f.Name, f.rows())
	}
	for _, k := range c.Kinds {
		var settings, outputs []row
		for _, f := range k.Fields {
			settings = append(settings, c.settingRows(f, "")...)
			if f.Role != RoleDrive { // told where it is set
				outputs = append(outputs, c.outputRows(f)...)
			}
		}
		look("Setting", k.Name, settings)
		look("Output", k.Name, outputs)
	}
}

// merged puts together what is the same of several.
func merged(list []used) (out []used) {
	for _, u := range list {
		same := slices.IndexFunc(out, func(o used) bool { return o.as == u.as && slices.Equal(o.rows, u.rows) })
		switch {
		case same < 0:
			out = append(out, u)
		case !slices.Contains(out[same].of, u.of[0]):
			out[same].of = append(out[same].of, u.of...)
		}
	}
	return out
}

// settingNames are the names of all settings and outputs.
func (c *Catalog) settingNames() (names []string) {
	c.eachRows(func(_, _ string, rows []row) {
		for _, r := range rows {
			names = append(names, r.last())
		}
	})
	return names
}

// last is the name of a row without the blocks around it.
func (r row) last() string { return r.name[strings.LastIndexByte(r.name, '.')+1:] }
