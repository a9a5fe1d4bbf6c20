package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// dateLiteral is a constant date or time of day: fn.TimeOfDay{Hour: 7, Minute: 30}.
func dateLiteral(typ *types.Type, parts ...int64) *jen.Statement {
	name := "Date"
	if typ.Kind == types.TimeOfDay {
		name = "TimeOfDay"
	}
	var values []jen.Code
	for n, f := range typ.Fields {
		if parts[n] != 0 {
			values = append(values, jen.Id(exportedField(f.Name)).Op(":").Add(integer(parts[n])))
		}
	}
	return jen.Qual(fnPath, name).Values(values...)
}

// compareDates is < <= > or >= of dates or times of day.
func (b *body) compareDates(x *typed.Binary) *jen.Statement {
	return b.operand(x.L).Dot("Compare").Call(b.expr(x.R)).Op(x.Op).Lit(0)
}
