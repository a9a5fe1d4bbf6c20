package emit

import (
	"go/token"
	"math"
	"sort"
	"strconv"
	"time"

	"github.com/dave/jennifer/jen"

	"flowc/lang/types"
	"flowc/rt/fn"
)

// literal is a constant as Go writes it. Numbers are untyped where bare holds.
func (t *goTypes) literal(v any, typ *types.Type, bare bool) *jen.Statement {
	switch typ.Kind {
	case types.Optional:
		if v == nil {
			return of(flowName("Opt"), t.goType(typ.Elem)).Values()
		}
		return flowName("Some").Call(t.literal(v, typ.Elem, false))
	case types.List:
		return t.goType(typ).Values(t.elements(v, typ)...)
	case types.Map, types.Record:
		return t.composite(v, typ)
	}
	switch v := v.(type) {
	case bool:
		return jen.Lit(v)
	case string:
		return t.text(v, typ)
	case time.Duration:
		return duration(v)
	case int64:
		return wrapNumber(t, integer(v), typ, bare)
	case float64:
		return wrapNumber(t, float(v), typ, bare)
	case fn.Date:
		return dateLiteral(typ, v.Year, v.Month, v.Day)
	case fn.TimeOfDay:
		return dateLiteral(typ, v.Hour, v.Minute, v.Second)
	case time.Time:
		return jen.Qual("time", "Unix").Call(jen.Lit(v.Unix()), jen.Lit(v.Nanosecond())).Dot("UTC").Call()
	}
	return t.goType(typ).Values()
}

func wrapNumber(t *goTypes, s *jen.Statement, typ *types.Type, bare bool) *jen.Statement {
	if bare {
		return s
	}
	return t.goType(typ).Parens(s)
}

func (t *goTypes) text(v string, typ *types.Type) *jen.Statement {
	if typ.Kind == types.Enum && typ.GoType != "" {
		return t.member(typ.GoType, v)
	}
	return quoted(v)
}

// member names a constant of an enumeration in Go: gpio.PullUp.
func (t *goTypes) member(enum, name string) *jen.Statement {
	if e := t.plan.Flow.Catalog.Enum(enum); e != nil {
		for _, v := range e.Values {
			if v.Name == name && token.IsExported(v.Go) {
				return jen.Qual(e.Package, v.Go)
			}
		}
	}
	return t.qualified(enum).Parens(jen.Lit(name))
}

func (t *goTypes) elements(v any, typ *types.Type) []jen.Code {
	var list []jen.Code
	elems, _ := v.([]any)
	for _, e := range elems {
		list = append(list, t.literal(e, typ.Elem, true))
	}
	return list
}

func (t *goTypes) composite(v any, typ *types.Type) *jen.Statement {
	m, _ := v.(map[string]any)
	if typ.Kind == types.Map {
		keys := make([]string, 0, len(m))
		for k := range m {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		return t.goType(typ).CustomFunc(multiline, func(g *jen.Group) {
			for _, k := range keys {
				g.Lit(k).Op(":").Add(t.literal(m[k], typ.Elem, true))
			}
		})
	}
	var list []jen.Code
	for _, f := range typ.Fields {
		list = append(list, jen.Id(t.field(typ, f.Name)).Op(":").Add(t.literal(m[f.Name], f.Type, true)))
	}
	return t.goType(typ).Values(list...)
}

// multiline prints a composite literal with an element a line, in the order
// given (jennifer's Dict would sort).
var multiline = jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}

func integer(v int64) *jen.Statement {
	if v == math.MinInt64 {
		return jen.Qual("math", "MinInt64")
	}
	return jen.Id(strconv.FormatInt(v, 10))
}

// float writes the shortest decimal that gives the same bits.
func float(v float64) *jen.Statement {
	if v == 0 {
		return jen.Id("0") // also for -0, which the language does not know
	}
	format := byte('f')
	if a := math.Abs(v); a >= 1e15 || a < 1e-5 {
		format = 'e'
	}
	return jen.Id(strconv.FormatFloat(v, format, -1, 64))
}

// duration writes 2 * time.Hour.
func duration(d time.Duration) *jen.Statement {
	for _, u := range []struct {
		name string
		size time.Duration
	}{
		{"Hour", time.Hour}, {"Minute", time.Minute}, {"Second", time.Second},
		{"Millisecond", time.Millisecond}, {"Microsecond", time.Microsecond},
	} {
		if d == u.size {
			return jen.Qual("time", u.name)
		}
		if d != 0 && d%u.size == 0 {
			return integer(int64(d/u.size)).Op("*").Qual("time", u.name)
		}
	}
	if d == 0 {
		return jen.Id("0")
	}
	return integer(int64(d)).Op("*").Qual("time", "Nanosecond")
}

// members are the names of an enumeration as arguments.
func members(typ *types.Type) []jen.Code {
	var list []jen.Code
	for _, v := range typ.Values {
		list = append(list, jen.Lit(v))
	}
	return list
}
