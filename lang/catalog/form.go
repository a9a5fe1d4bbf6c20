package catalog

// Form is a call that the language itself knows by name, since no operator or
// function could be it: `where`, `try`, `optional`. lang/check tells which there are.
type Form struct {
	Name string
	// Sort is "form", "type" for what stands in a type, or "block".
	Sort string
	// Calls show how it is written.
	Calls []string
	// Doc is written like a comment of Go; what is indented is an example.
	Doc string
}

func (f *Form) page() *page {
	return &page{name: f.Name, sort: f.Sort, calls: f.Calls, doc: f.Doc}
}
