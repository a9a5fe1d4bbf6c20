package plan

import (
	"flowc/lang/catalog"
	"flowc/lang/types"
)

// catalogType is the language's type of a kind's output; records and parameters
// are filled in from the expression that reads them.
func catalogType(t *catalog.Type) *types.Type {
	if t == nil {
		return types.TNothing
	}
	switch t.Name {
	case "bool":
		return types.TBool
	case "int":
		return types.TInt
	case "number":
		return types.TNumber
	case "string":
		return types.TString
	case "time":
		return types.TTime
	case "duration":
		return types.TDuration
	case "date":
		return types.TDate
	case "time_of_day":
		return types.TTimeOfDay
	case "unit":
		return types.TNothing
	}
	return nil
}

// outputType is the type of an output, with what the thing's settings decided.
func (th *Thing) outputType(f *catalog.Field) *types.Type {
	if f.Type != nil && f.Type.Name == "param" {
		return th.Param
	}
	return catalogType(f.Type)
}

func roleShape(r catalog.Role) types.Shape {
	switch r {
	case catalog.RoleEvent:
		return types.Event
	case catalog.RoleReading, catalog.RoleSelf:
		return types.Reading
	}
	return types.Value
}

func fieldOf(th *Thing, r catalog.Role) string {
	for _, f := range th.Kind.Fields {
		if f.Role == r {
			return f.Go
		}
	}
	return ""
}

// outputField finds an output by the flow's name of it.
func outputField(th *Thing, name string) *catalog.Field {
	for _, f := range th.Kind.Fields {
		switch f.Role {
		case catalog.RoleEvent, catalog.RoleValue, catalog.RoleReading, catalog.RoleDrive, catalog.RoleSelf:
			if f.Name == name {
				return f
			}
		}
	}
	return &catalog.Field{Name: name, Go: exported(name), Role: catalog.RoleValue}
}

// Levels are the outputs of a thing that are something at every moment.
func Levels(th *Thing) []*Wire {
	var list []*Wire
	for _, f := range th.Kind.Fields {
		if f.Role != catalog.RoleValue && f.Role != catalog.RoleDrive {
			continue
		}
		if t := th.outputType(f); t != nil {
			list = append(list, &Wire{
				Name: th.Name + "." + f.Name, Shape: types.Value, Type: t,
				Thing: th, Output: f.Name, Field: f.Go, Pos: th.Pos,
			})
		}
	}
	return list
}
