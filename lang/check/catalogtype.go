package check

import (
	"strings"

	"flowc/lang/catalog"
	"flowc/lang/types"
)

// catalogType is a type of the catalogue as the language has it; bind gives the
// type parameters, unitName the unit of a quantity when a tag says so.
func (c *checker) catalogType(t *catalog.Type, bind map[string]*types.Type, unitName string) *types.Type {
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
	case "bytes":
		return types.TBytes
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
	case "secret":
		return types.TSecret
	case "quantity":
		return quantityOfGo(t.Ref, unitName)
	case "param":
		if b := bind[t.Ref]; b != nil {
			return b
		}
	case "enum":
		return c.catalogEnum(t.Ref)
	case "record":
		return c.catalogRecord(t, bind)
	case "list":
		return types.ListOf(c.catalogType(t.Elem, bind, unitName))
	case "map":
		return types.MapOf(c.catalogType(t.Elem, bind, unitName))
	case "optional":
		return types.OptionalOf(c.catalogType(t.Elem, bind, unitName))
	case "val", "hap", "func":
		return c.catalogType(t.Elem, bind, unitName)
	}
	return types.TBad
}

func quantityOfGo(goType, unitName string) *types.Type {
	if u, ok := types.LookupUnit(unitName); ok {
		return types.QuantityOf(u)
	}
	if u, ok := types.UnitOfGoType(goType); ok {
		return types.QuantityOf(u)
	}
	return types.TBad
}

func (c *checker) catalogEnum(ref string) *types.Type {
	e := c.catalog.Enum(ref)
	if e == nil {
		return types.TBad
	}
	t := &types.Type{Kind: types.Enum, GoType: ref, Name: strings.ToLower(ref[strings.LastIndex(ref, ".")+1:])}
	for _, v := range e.Values {
		t.Values = append(t.Values, v.Name)
	}
	return t
}

func (c *checker) catalogRecord(of *catalog.Type, bind map[string]*types.Type) *types.Type {
	r := c.catalog.Record(of.Ref)
	if r == nil {
		return types.TBad
	}
	t := &types.Type{Kind: types.Record, GoType: of.Ref}
	if len(r.TypeParams) > 0 {
		inner := map[string]*types.Type{}
		for i, p := range r.TypeParams {
			a := c.catalogType(of.Params[i], bind, "")
			inner[p] = a
			t.GoArgs = append(t.GoArgs, a)
		}
		bind = inner
	}
	if strings.HasPrefix(of.Ref, catalog.OwnName+".") {
		t.GoType = "" // one of the flow's records: generated code has this struct for all of its shape
	}
	for _, f := range r.Fields {
		t.Fields = append(t.Fields, types.Field{Name: f.Name, Type: c.catalogType(f.Type, bind, f.Tags["unit"])})
	}
	return t
}
