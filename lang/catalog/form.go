package catalog

// Form is a call that the language itself knows by name, since no operator or
// function could be it: `where`, `try`, `optional`. lang/check tells which there are.
type Form struct {
	Name string
	// Sort is "form", "type" for what stands in a type, "word" for a name that has a
	// meaning, or "block".
	Sort string
	// Calls show how it is written.
	Calls []string
	// Doc is written like a comment of Go; what is indented is an example.
	Doc string
	// Settings are what stands in a block.
	Settings []FormSetting
}

// FormSetting is a line of a block. Value is what it is when nobody says, "…" when
// somebody must, and empty where neither makes sense.
type FormSetting struct {
	Name, Value, What, Doc string
}

func (f *Form) page() *page {
	p := &page{name: f.Name, sort: f.Sort, calls: f.Calls, doc: f.Doc}
	p.add(section{title: "Settings", rows: f.rows()})
	return p
}

func (f *Form) rows() (rows []row) {
	for _, s := range f.Settings {
		rows = append(rows, row{s.Name, s.Value, s.What, s.Doc})
	}
	return rows
}
