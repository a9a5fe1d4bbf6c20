package check

import (
	"time"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/unit"
)

// plainTypes are the types that have a name of their own.
var plainTypes = map[string]*types.Type{
	"bool": types.TBool, "int": types.TInt, "number": types.TNumber, "string": types.TString,
	"bytes": types.TBytes, "time": types.TTime, "iso8601": types.TTime, "json": types.TJSON,
	"date": types.TDate, "time_of_day": types.TTimeOfDay,
}

// unitType is the type that a unit's name stands for, nil if there is no such
// unit. A unit of time gives durations that are counted in it outside.
func unitType(name string) *types.Type {
	if u, ok := types.LookupUnit(name); ok {
		return types.QuantityOf(u)
	}
	d, ok := unit.LookupDuration(name)
	if !ok {
		return nil
	}
	t := *types.TDuration
	t.Unit = types.Unit{Name: d.Name, Symbol: d.Symbol, Scale: float64(d.Nanoseconds) / 1e9, Dim: unit.SecondsDim(), Label: "a duration (" + d.Symbol + ")"}
	return &t
}

func durationUnit(t *types.Type) time.Duration {
	d, ok := unit.LookupDuration(t.Unit.Name)
	if !ok {
		return time.Second
	}
	return time.Duration(d.Nanoseconds)
}

// typeExpr reads a type as `json =` and `type` blocks write it. path names what
// is being declared, for messages: `soil.moisture`.
func (c *checker) typeExpr(e hclsyntax.Expression, path string) *types.Type {
	origin := types.Origin{Range: e.Range(), Text: "`" + path + "`"}
	switch e := e.(type) {
	case *hclsyntax.ObjectConsExpr:
		return c.recordType(e, path)
	case *hclsyntax.FunctionCallExpr:
		return c.typeCall(e, path)
	case *hclsyntax.ParenthesesExpr:
		return c.typeExpr(e.Expression, path)
	case *hclsyntax.ScopeTraversalExpr:
		if len(e.Traversal) == 1 {
			return c.typeName(e.Traversal.RootName(), origin)
		}
	}
	c.report(c.errNotAType(e))
	return types.TBad
}

// innerType reads the type of data that crosses no border: there a duration needs no
// unit.
func (c *checker) innerType(e hclsyntax.Expression, path string) *types.Type {
	return c.insideFlow(func() *types.Type { return c.typeExpr(e, path) })
}

func (c *checker) insideFlow(read func() *types.Type) *types.Type {
	saved := c.within
	c.within = true
	t := read()
	c.within = saved
	return t
}

func (c *checker) typeName(name string, origin types.Origin) *types.Type {
	if name == "duration" && c.within {
		return types.TDuration.From(origin)
	}
	if t := plainTypes[name]; t != nil {
		return t.From(origin)
	}
	if d := c.decls[name]; d != nil && (d.sort == sortType || d.sort == sortEnum || d.sort == sortVariant) {
		c.use(d, "", nil)
		t := c.typeOf(d)
		if t.Kind == types.Record || t.Kind == types.Bad {
			return t // its fields have origins of their own
		}
		return t.From(types.Origin{Range: origin.Range, Text: origin.Text})
	}
	if t := unitType(name); t != nil {
		return t.From(origin)
	}
	c.report(c.errUnknownType(name, origin.Range))
	return types.TBad
}

// typeOf is the type that a `type` or `enum` block declares.
func (c *checker) typeOf(d *decl) *types.Type {
	saved := c.within
	c.within = false // the same type may be declared at a border
	defer func() { c.within = saved }()
	if d.sort == sortEnum || d.state == finished {
		if d.typ == nil {
			return types.TBad
		}
		return d.typ
	}
	if d.state == running {
		c.report(errTypeCircle(d))
		return types.TBad
	}
	d.state = running
	if d.sort == sortVariant {
		d.typ = c.variantType(d)
		d.state = finished
		return d.typ
	}
	t := &types.Type{Kind: types.Record, Name: d.name, Origin: types.Origin{Range: d.at, Text: "`" + d.name + "`"}}
	c.declaredFields(t, d.block.Attrs, d.name)
	for _, b := range d.block.Blocks {
		c.report(c.errUnknownBlock(b, "type", nil))
	}
	d.typ, d.state = t, finished
	if len(t.Fields) == 0 {
		c.report(errEmptyType(d))
	}
	return t
}

func (c *checker) recordType(e *hclsyntax.ObjectConsExpr, path string) *types.Type {
	t := &types.Type{Kind: types.Record, Origin: types.Origin{Range: e.Range(), Text: "`" + path + "`"}}
	for _, item := range e.Items {
		name, at := c.objectKey(item.KeyExpr)
		if name == "" {
			c.report(errObjectKey(at))
			continue
		}
		if extra := c.extraWord(name, item.ValueExpr); extra != types.ExtraUnsaid {
			t.Extra = extra
			continue
		}
		t.Fields = c.addField(t.Fields, name, at, item.ValueExpr, path)
	}
	return t
}

// maxFields is how many fields a record may have: a decoder counts those that came
// in two words.
const maxFields = 120

// addField reads one field of a record: its type, its name outside and what it is
// when missing.
func (c *checker) addField(list []types.Field, name string, at rangeT, e hclsyntax.Expression, path string) []types.Field {
	for _, f := range list {
		if f.Name == name {
			c.report(errKeyTwice(name, at, f.Range))
			return list
		}
	}
	if len(list) == maxFields {
		c.report(errManyFields(name, at))
	}
	f := types.Field{Name: name, Range: at}
	inner := path + "." + name
	if call, ok := e.(*hclsyntax.FunctionCallExpr); ok && call.Name == "named" {
		f.Wire, e = c.namedType(call)
		if e == nil {
			f.Type = types.TBad
			return append(list, f)
		}
	}
	if call, ok := e.(*hclsyntax.FunctionCallExpr); ok && call.Name == "optional" && len(call.Args) == 2 {
		f.Type = c.typeExpr(call.Args[0], inner)
		f.Default = c.fieldDefault(call.Args[1], f.Type, name)
		return append(list, f)
	}
	f.Type = c.typeExpr(e, inner)
	return append(list, f)
}

// namedType is `named("key", T)`.
func (c *checker) namedType(call *hclsyntax.FunctionCallExpr) (string, hclsyntax.Expression) {
	if len(call.Args) != 2 {
		c.report(errTypeArgs(call, `named("key", T)`))
		return "", nil
	}
	name, ok := call.Args[0].(*hclsyntax.TemplateExpr)
	if !ok || !name.IsStringLiteral() {
		c.report(errTypeArgs(call, `named("key", T)`))
		return "", nil
	}
	return name.Parts[0].(*hclsyntax.LiteralValueExpr).Val.AsString(), call.Args[1]
}

func (c *checker) fieldDefault(e hclsyntax.Expression, t *types.Type, name string) any {
	x := c.plain(e, t)
	if isBad(x) || t.Kind == types.Bad {
		return nil
	}
	if _, ok := convertible(x.Base().Type, t); !ok {
		c.report(c.errWrongType(x, t, "the default of `"+name+"`", rangeT{}))
		return nil
	}
	k, ok := c.convert(x, t).(*typed.Const)
	if !ok {
		c.report(c.errNotConstant(x, "the default of `"+name+"`"))
		return nil
	}
	return k.V
}

// typeCall is `optional(T)`, `list(T)` or `map(T)`.
func (c *checker) typeCall(e *hclsyntax.FunctionCallExpr, path string) *types.Type {
	if read := markers[e.Name]; read != nil {
		return read(c, e, path)
	}
	if e.Name == "tagged" {
		return c.taggedType(e, path)
	}
	wrap := map[string]func(*types.Type) *types.Type{
		"optional": types.OptionalOf, "list": types.ListOf, "map": types.MapOf,
	}[e.Name]
	if wrap == nil {
		c.report(c.errUnknownTypeCall(e))
		return types.TBad
	}
	if len(e.Args) != 1 {
		c.report(errTypeArgs(e, e.Name+"(T)"))
		return types.TBad
	}
	inner := c.typeExpr(e.Args[0], path)
	if inner.Kind == types.Bad {
		return inner
	}
	if e.Name == "optional" && inner.Kind == types.Optional {
		c.report(errTwiceOptional(e))
		return inner
	}
	return wrap(inner).From(types.Origin{Range: e.Range(), Text: "`" + path + "`"})
}
