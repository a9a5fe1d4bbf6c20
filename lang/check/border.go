package check

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// border reads the settings of a thing that say how its payload is spelled: those
// given, by name. Of one with a mistake, which was told, there is none.
func (c *checker) border(d *decl) map[string]*typed.Const {
	given := map[string]*typed.Const{}
	for _, f := range d.kind.Fields {
		a := d.block.Attr(f.Name)
		if f.Role != catalog.RoleBorder || a == nil {
			continue
		}
		want := c.fieldType(f, nil)
		x := c.expr(a.Expr, want)
		if isBad(x) || !c.suits(x, f, a, want) {
			continue
		}
		if k, ok := c.convert(x, want).(*typed.Const); ok {
			given[f.Name] = k
		}
	}
	return given
}

// extras lets the setting `extra` decide about the records of a payload that do not
// say themselves what happens to other fields.
func (c *checker) extras(d *decl, border map[string]*typed.Const) {
	k := border["extra"]
	if k == nil {
		return
	}
	if !d.thing.Codec.HasFields() {
		c.report(errNoExtras(d.block.Attr("extra")))
		return
	}
	if k.V == "reject" && d.thing.Param != nil {
		d.thing.Param = d.thing.Param.Rejecting()
	}
}

// extraWord reads `extra = reject` or `extra = ignore` in a record type; any other
// `extra` is a field of that name.
func (c *checker) extraWord(name string, e hclsyntax.Expression) types.Extra {
	word := keyword(e)
	if name != "extra" || c.lookup(word) != nil || c.within {
		return types.ExtraUnsaid
	}
	return map[string]types.Extra{"ignore": types.ExtraIgnored, "reject": types.ExtraRejected}[word]
}

// declaredFields reads the fields of a `type` or `variant` block.
func (c *checker) declaredFields(t *types.Type, attrs []*syntax.Attr, name string) {
	for _, a := range attrs {
		if extra := c.extraWord(a.Name, a.Expr); extra != types.ExtraUnsaid {
			t.Extra = extra
			continue
		}
		t.Fields = c.addField(t.Fields, a.Name, a.NameRange, a.Expr, name)
	}
}
