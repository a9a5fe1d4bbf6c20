package scan

import (
	"strings"

	"flowc/lang/catalog"
)

// readDims applies //flow:dim: `R T/s` says that R is T for each second. What it is
// made of are type parameters that stand before it, and s, with * and / between.
func (o *opScan) readDims() {
	for _, dir := range o.d.list {
		if dir.name != "dim" {
			continue
		}
		name, made, _ := strings.Cut(dir.rest, " ")
		known := map[string]bool{"s": true}
		var found *catalog.TypeParam
		for i := range o.op.TypeParams {
			if p := &o.op.TypeParams[i]; p.Name == name {
				found = p
				break
			} else {
				known[p.Name] = true
			}
		}
		if found == nil {
			o.bad(dir.pos, "//flow:dim names `", name, "`, which is no type parameter of ", o.d.obj.Name(), ".")
			continue
		}
		found.Dim = strings.TrimSpace(made)
		for _, part := range strings.FieldsFunc(found.Dim, func(r rune) bool { return r == '*' || r == '/' }) {
			if !known[part] {
				o.bad(dir.pos, "//flow:dim ", name, " is made of `", part, "`, which is neither s nor a type parameter before it.")
			}
		}
	}
}
