package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// tables prints flow.Tables{{Name: "weather", Columns: []flow.Column{{…}}}}.
func tables(list []*typed.Table) *jen.Statement {
	var all []jen.Code
	for _, t := range list {
		var columns []jen.Code
		for _, f := range t.Row.Fields {
			inner := f.Type
			if inner.Kind == types.Optional {
				inner = inner.Elem
			}
			column := []jen.Code{
				jen.Id("Name").Op(":").Lit(f.Name), jen.Id("Stored").Op(":").Lit(stored(inner)), jen.Id("Type").Op(":").Lit(typed.ColumnType(inner)),
			}
			if f.Type.Kind == types.Optional {
				column = append(column, jen.Id("Optional").Op(":").True())
			}
			columns = append(columns, jen.Values(column...))
		}
		values := []jen.Code{
			jen.Id("Name").Op(":").Lit(t.Name),
			jen.Id("Columns").Op(":").Index().Add(flowName("Column")).Custom(multiline, columns...),
		}
		if t.Keep > 0 {
			values = append(values, jen.Id("Keep").Op(":").Add(duration(t.Keep)), jen.Id("Age").Op(":").Lit(t.Age))
		}
		all = append(all, jen.Custom(multiline, values...))
	}
	return flowName("Tables").Custom(multiline, all...)
}

// stored is what SQLite stores values of a type as; see rt/wiresql.
func stored(t *types.Type) string {
	switch t.Kind {
	case types.Bool, types.Int, types.Time:
		return "INTEGER"
	case types.Number, types.Quantity, types.Duration:
		return "REAL"
	case types.Bytes:
		return "BLOB"
	}
	return "TEXT"
}

// rowEncoder is the name of the function that appends a record as the cells of a row.
func (t *goTypes) rowEncoder(typ *types.Type) *jen.Statement {
	return jen.Id(t.codecFor(codec{name: "appendRow" + t.stem(typ), typ: typ, form: typed.SQL}).name)
}

// printRowEncoder prints
//
//	func appendRowWeather(dst []byte, v weather) []byte {
//		dst = wiresql.AppendTime(dst, v.At)
//		if v.Temp.OK {
//			dst = wiresql.AppendFloat(dst, float64(v.Temp.V))
//		} else {
//			dst = wiresql.AppendNull(dst)
//		}
//		return dst
//	}
func (c *codec) printRowEncoder(t *goTypes, f *jen.File) {
	var code []jen.Code
	for _, fl := range c.typ.Fields {
		v := jen.Id("v").Dot(t.field(c.typ, fl.Name))
		if fl.Type.Kind == types.Optional {
			code = append(code, jen.If(v.Clone().Dot("OK")).Block(assignDst(appendCell(v.Clone().Dot("V"), fl.Type.Elem))).Else().Block(
				assignDst(jen.Qual(sqlPath, "AppendNull").Call(jen.Id("dst")))))
			continue
		}
		code = append(code, assignDst(appendCell(v, fl.Type)))
	}
	last := jen.Id("dst")
	if n := len(c.typ.Fields) - 1; n >= 0 && c.typ.Fields[n].Type.Kind != types.Optional {
		fl := c.typ.Fields[n]
		code, last = code[:n], appendCell(jen.Id("v").Dot(t.field(c.typ, fl.Name)), fl.Type)
	}
	f.Comment(c.name + " writes the cells of a row.")
	f.Func().Id(c.name).Params(jen.Id("dst").Index().Byte(), jen.Id("v").Add(t.goType(c.typ))).Index().Byte().Block(
		append(code, jen.Return(last))...)
}

// appendCell appends one value.
func appendCell(v *jen.Statement, typ *types.Type) *jen.Statement {
	return appendCellTo(jen.Id("dst"), v, typ)
}

func appendCellTo(dst jen.Code, v *jen.Statement, typ *types.Type) *jen.Statement {
	name := "AppendText"
	switch typ.Kind {
	case types.Bool:
		name = "AppendBool"
	case types.Int:
		name = "AppendInt"
	case types.Number:
		name = "AppendFloat"
	case types.Quantity:
		name, v = "AppendFloat", jen.Float64().Parens(v)
	case types.Duration:
		name, v = "AppendFloat", v.Dot("Seconds").Call()
		if u := durationUnit(typ); u.Seconds() != 1 {
			v = v.Op("/").Add(float(u.Seconds()))
		}
	case types.Bytes:
		name = "AppendBytes"
	case types.Time:
		name = "AppendTime"
	case types.Date:
		name = "AppendDate"
	case types.TimeOfDay:
		name = "AppendTimeOfDay"
	case types.Enum:
		if typ.GoType != "" {
			v = jen.String().Parens(v)
		}
	}
	return jen.Qual(sqlPath, name).Call(dst, v)
}
