package catalog

import "slices"

// Packages are the import paths of everything in the catalogue, each once, sorted.
func (c *Catalog) Packages() []string {
	var list []string
	for _, k := range c.Kinds {
		list = append(list, k.Package)
	}
	for _, o := range c.Operators {
		list = append(list, o.Package)
	}
	for _, f := range c.Functions {
		list = append(list, f.Package)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
