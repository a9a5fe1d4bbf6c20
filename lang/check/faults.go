package check

import (
	"github.com/hashicorp/hcl/v2"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// faultType is what a fault carries: rt/flow's Fault.
var faultType = &types.Type{Kind: types.Record, GoType: "flow.Fault", Name: "fault", Fields: []types.Field{
	{Name: "node", Type: types.TString},
	{Name: "position", Type: types.TString},
	{Name: "message", Type: types.TString},
	{Name: "time", Type: types.TTime},
}}

// faultsOf is the port at which the failures of a thing or equation happen; of the
// whole program, for nil. They belong to a later instant than the failure.
func (c *checker) faultsOf(d *decl, at rangeT) typed.Expr {
	t := faultType.From(types.Origin{Range: at, Text: "`" + c.text(at) + "`"})
	w := &typed.Wire{Info: c.info(at, t), Output: typed.Faults}
	w.Shape = types.Event
	if d == nil {
		d = &decl{name: "faults"}
		if c.faults == nil {
			c.faults = d
		}
		d = c.faults
	} else {
		w.Thing, w.Eq = d.thing, d.eq
	}
	w.Source = c.sourceFor(d, typed.Faults)
	return w
}

func asksFaults(rest []hcl.Traverser) bool {
	if len(rest) == 0 {
		return false
	}
	a, ok := rest[0].(hcl.TraverseAttr)
	return ok && a.Name == typed.Faults
}

func hasField(t *types.Type, name string) bool {
	_, ok := t.Field(name)
	return t.Kind == types.Record && ok
}
