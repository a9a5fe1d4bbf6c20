package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// thingLiteral is a thing with its settings, in the kind's order.
func (g *generator) thingLiteral(th *plan.Thing) *jen.Statement {
	var values []jen.Code
	for _, s := range th.Settings {
		if v := g.setting(s); v != nil {
			values = append(values, jen.Id(s.Field.Go).Op(":").Add(v))
		}
	}
	for _, f := range th.Kind.Fields {
		switch {
		case f.Role == catalog.RoleDecoder && th.Param != nil:
			values = append(values, jen.Id(f.Go).Op(":").Add(g.types.decoder(th.Thing)))
		case f.Role == catalog.RoleParser && th.Param != nil && th.Param.Kind == types.Record:
			values = append(values, jen.Id(f.Go).Op(":").Add(g.types.parser(th.Thing)))
		case f.Role == catalog.RoleEncoder:
			if t := sentBy(th, f); t != nil {
				values = append(values, jen.Id(f.Go).Op(":").Add(g.types.sender(t)))
			}
		case f.Role == catalog.RoleTables:
			values = append(values, jen.Id(f.Go).Op(":").Add(tables(th.Tables)))
		case f.Role == catalog.RoleBuffer && th.Buffer != nil:
			values = append(values, jen.Id(f.Go).Op(":").Add(buffer(th, f)))
		case f.Role == catalog.RoleSQL:
			values = append(values, jen.Id(f.Go).Op(":").Add(quoted(th.SQL)))
		case f.Role == catalog.RoleTableName && th.Table != nil:
			values = append(values, jen.Id(f.Go).Op(":").Lit(th.Table.Name))
		case f.Role == catalog.RoleFormat:
			if name := formatOf(th); name != "" {
				values = append(values, jen.Id(f.Go).Op(":").Add(flowName(name)))
			}
		}
	}
	if len(values) <= 2 {
		return listOf(g.kindType(th), values)
	}
	return g.kindType(th).Custom(multiline, values...)
}

// setting is the value of a setting; nil where the compiler alone uses it.
func (g *generator) setting(s *typed.Set) jen.Code {
	switch s.Field.Role {
	case catalog.RoleStale, catalog.RoleKeys, catalog.RoleMaxKeys, catalog.RoleForget, catalog.RoleTypeOf, catalog.RoleBorder, catalog.RoleForm:
		return nil
	case catalog.RoleBlock:
		return g.blocks(s)
	case catalog.RoleConst:
		return flowName("Const").Types(g.catalogGo(s.Field.Type)).Values(g.settingValue(s))
	}
	return g.settingValue(s)
}

func (g *generator) settingValue(s *typed.Set) jen.Code {
	b := g.newBody(nil, false, nil)
	if r, ok := s.X.(*typed.ThingRef); ok {
		return jen.Op("&").Add(p(g.thing(r.Thing).Go))
	}
	x := b.settingExpr(s)
	if s.Field.Type != nil && s.Field.Type.Name == "optional" && s.X.Base().Type.Kind != types.Optional {
		return flowName("Some").Call(x)
	}
	return x
}

// settingExpr fits the value to the Go type of the field: a secret is revealed
// where a kind takes text, a text becomes a secret or a name.
func (b *body) settingExpr(s *typed.Set) *jen.Statement {
	have := s.X.Base().Type
	want := s.Field.Type
	if want != nil && want.Name == "optional" {
		want = want.Elem
	}
	x := b.typedExpr(s.X)
	c, isConst := s.X.(*typed.Const)
	switch {
	case want == nil:
		return b.plainConst(s, x)
	case have.Kind == types.Secret && want.Name == "string":
		return x.Dot("Reveal").Call()
	case isConst && (want.Name == "int" || want.Name == "number" || want.Name == "quantity"):
		return b.g.types.literal(c.V, have, true)
	case isConst && want.Name == "enum":
		text, _ := c.V.(string)
		return b.g.types.member(want.Ref, text)
	}
	return b.plainConst(s, x)
}

// plainConst leaves numbers and texts bare: the field's type says the rest.
func (b *body) plainConst(s *typed.Set, x *jen.Statement) *jen.Statement {
	if c, ok := s.X.(*typed.Const); ok {
		switch c.Type.Kind {
		case types.Int, types.Number, types.Quantity, types.String:
			return b.g.types.literal(c.V, c.Type, true)
		case types.Enum:
			text, _ := c.V.(string)
			return jen.Lit(text)
		}
	}
	return x
}

// blocks prints nested blocks: flow.Blocks[mqtt.Will]{{Topic: "…"}}.
func (g *generator) blocks(s *typed.Set) jen.Code {
	if len(s.Block) == 0 {
		return nil
	}
	var list []jen.Code
	for _, b := range s.Block {
		var values []jen.Code
		for _, in := range b {
			if v := g.setting(in); v != nil {
				values = append(values, jen.Id(in.Field.Go).Op(":").Add(v))
			}
		}
		list = append(list, jen.Values(values...))
	}
	return flowName("Blocks").Types(g.catalogGo(s.Field.Type)).Values(list...)
}

// catalogGo is the Go type of a catalogue type.
func (g *generator) catalogGo(t *catalog.Type) *jen.Statement {
	if dot := strings.LastIndexByte(t.Go, '.'); dot >= 0 {
		return jen.Qual(t.Go[:dot], t.Go[dot+1:])
	}
	switch t.Name {
	case "bool":
		return jen.Bool()
	case "int":
		return jen.Int64()
	case "number":
		return jen.Float64()
	case "string":
		return jen.String()
	case "bytes":
		return jen.Index().Byte()
	case "time":
		return jen.Qual("time", "Time")
	case "duration":
		return jen.Qual("time", "Duration")
	case "quantity":
		return jen.Qual(unitPath, t.Ref)
	case "enum", "record":
		return g.types.qualified(t.Ref)
	case "list":
		return jen.Index().Add(g.catalogGo(t.Elem))
	case "map":
		return jen.Map(jen.String()).Add(g.catalogGo(t.Elem))
	case "optional":
		return of(flowName("Opt"), g.catalogGo(t.Elem))
	case "secret":
		return flowName("Secret")
	}
	return jen.String()
}

func (g *generator) thing(t *typed.Thing) *plan.Thing {
	for _, th := range g.plan.Things {
		if th.Thing == t {
			return th
		}
	}
	return nil
}

// metaField is the Go name of a field of a kind's meta record.
func (g *generator) metaField(x *typed.MetaOf) string {
	for _, f := range x.Thing.Kind.Fields {
		if f.Role == catalog.RoleMeta && f.Type != nil {
			return recordField(g.plan.Flow.Catalog, f.Type.Ref, x.Field)
		}
	}
	return exportedField(x.Field)
}

func recordField(c *catalog.Catalog, record, name string) string {
	if r := c.Record(record); r != nil {
		return fieldNamed(r, name)
	}
	return exportedField(name)
}
