package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"flowc/lang/catalog"
	"flowc/lang/check"
	"flowc/lang/syntax"
)

func docCommand() command {
	return command{
		name: "doc", args: "[NAME [PATH]] | PATH", summary: "show the reference of a kind, operator, function, component, setting or unit",
		details: `
Without a name, all kinds, operators and functions are listed. The name of a setting or an output shows which kinds and
blocks have it, and that of a unit or of what it measures (C, temperature) which units go with it. What the flow at PATH
(or in the current folder) declares in Go of its own is part of it, and so are its components and those of the libraries
that it uses. With a PATH alone, the folder of a flow or a library, its components are shown.

  flowc doc pump
  flowc doc hysteresis
  flowc doc event_time
  flowc doc units
  flowc doc zone garden
  flowc doc lib/watering
  flowc doc go::volume tank
`,
		run: runDoc,
	}
}

func runDoc(c *console, args []string) int {
	o := newOptions("doc")
	if code, done := o.parse(c, args, 2); done {
		return code
	}
	name, path := "", ""
	if len(o.rest) > 0 {
		name = o.rest[0]
	}
	if len(o.rest) > 1 {
		path = o.rest[1]
	}
	cat, err := catalogAt(path)
	if err != nil {
		return c.fail(err)
	}
	cat = withComponents(cat, componentsAt(path, cat))
	if _, missing := os.Stat(name); name != "" && path == "" && missing == nil && !cat.Has(name) {
		return c.docFolder(name)
	}
	if err := catalog.Doc(check.Reference(cat), name, c.out); err != nil {
		return c.fail(err)
	}
	return exitFine
}

// docFolder shows the components of a flow or a library.
func (c *console) docFolder(path string) int {
	cat, err := catalogAt(path)
	if err != nil {
		return c.fail(err)
	}
	list := componentsAt(path, cat)
	if len(list) == 0 {
		return c.fail(errors.New(path + " declares and uses no components."))
	}
	cat = withComponents(cat, list)
	for n, k := range list {
		if n > 0 {
			fmt.Fprintf(c.out, "\n%s\n\n", strings.Repeat("─", 80))
		}
		if err := catalog.Doc(cat, k.Name, c.out); err != nil {
			return c.fail(err)
		}
	}
	return exitFine
}

func withComponents(cat *catalog.Catalog, list []*catalog.Component) *catalog.Catalog {
	whole := *cat
	whole.Components = list
	return &whole
}

// componentsAt are the components of the flow at path; none where there is no flow
// that can be read.
func componentsAt(path string, cat *catalog.Catalog) []*catalog.Component {
	p, found := syntax.Load(path)
	if found.HasErrors() {
		return nil
	}
	return check.Components(p, cat)
}
