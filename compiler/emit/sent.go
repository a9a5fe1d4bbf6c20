package emit

import (
	"flowc/compiler/plan"
	"flowc/lang/catalog"
	"flowc/lang/types"
)

// sentBy is what an encoder of a thing writes, nil where the flow gives it nothing.
func sentBy(th *plan.Thing, f *catalog.Field) *types.Type {
	if f.Type == nil || f.Type.Name != "param" {
		return th.Param
	}
	t := th.Arg(f.Type.Ref)
	if t == nil || t.Kind == types.Nothing && len(th.Kind.TypeParams) > 1 {
		return nil
	}
	return t
}

// formatOf is the constant of rt/flow for what a thing's encoder writes, "" where it
// writes nothing.
func formatOf(th *plan.Thing) string {
	for _, f := range th.Kind.Fields {
		if f.Role != catalog.RoleEncoder {
			continue
		}
		t := sentBy(th, f)
		if t == nil {
			return ""
		}
		switch t.Kind {
		case types.Record, types.List, types.Map, types.Variant, types.JSON:
			return "FormatJSON"
		case types.Bytes:
			return "FormatBytes"
		}
		return "FormatText"
	}
	return ""
}

// happens reports whether a wire is what a thing is itself, and only happens: its
// kind is told whether anybody listens.
func happens(th *plan.Thing, w *plan.Wire) bool {
	for _, f := range th.Kind.Fields {
		if f.Role == catalog.RoleSelf {
			return f.Happens && w.Output == ""
		}
	}
	return false
}
