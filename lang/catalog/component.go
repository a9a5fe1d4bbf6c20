package catalog

// Component is a component of a flow or a library, as the reference shows it.
type Component struct {
	Name, Doc string
	// Calls show how an instance is written.
	Calls           []string
	Inputs, Outputs []Port
	// Pos is where it is declared: "lib/zone.hcl:3".
	Pos string
}

// Port is an input or an output of a component.
type Port struct {
	Name string
	// Default is what an input is when nobody says, "…" when somebody must; What is
	// its shape and type, Doc the comment beside it.
	Default, What, Doc string
}

func (c *Component) page() *page {
	p := &page{name: c.Name, sort: "component", calls: c.Calls, doc: c.Doc}
	p.add(section{title: "Inputs", rows: portRows(c.Inputs)})
	p.add(section{title: "Outputs", rows: portRows(c.Outputs)})
	p.add(section{title: "Declared", notes: []string{c.Pos}})
	return p
}

func portRows(ports []Port) []row {
	var rows []row
	for _, p := range ports {
		rows = append(rows, row{p.Name, p.Default, p.What, p.Doc})
	}
	return rows
}
