package check

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// thing settles what a thing is to others: its payload, its key, whether it
// happens or is. Its own inputs are typed by wire.
func (c *checker) thing(d *decl) {
	if d.state != untouched || d.kind == nil {
		return
	}
	d.state = running
	saved := c.scope
	c.scope = scopeOf(d)
	d.thing = &typed.Thing{Name: d.name, Doc: d.block.Doc, Kind: d.kind, Pos: pos(d.at), Self: types.Reading}
	c.tables(d)
	c.payload(d)
	c.nature(d)
	c.pattern(d)
	c.scope = saved
	d.state = finished
}

// payload finds the type of what comes in: `json = …`, `text = …`.
func (c *checker) payload(d *decl) {
	self := fieldOfRole(d.kind, catalog.RoleSelf)
	border := c.border(d)
	given := c.formOf(d)
	if answers(d.kind) {
		c.answeredAt(d)
	}
	if self == nil {
		return
	}
	c.request(d)
	c.answer(d, given)
	if d.thing.Param == nil && len(d.kind.TypeParams) > 0 {
		d.thing.Param, d.thing.Codec = c.rawPayload(d, border["bytes"])
	} else if a := d.block.Attr("bytes"); a != nil && given != nil && isOn(border["bytes"]) {
		c.report(errTwoPayloads(a, given))
	}
	c.lines(d, border)
	c.extras(d, border)
	d.self = c.catalogType(self.Type, d.bind(), self.Tags["unit"])
	if d.self.Origin.Range.Filename == "" {
		d.self = d.self.From(types.Origin{Range: d.at, Text: "`" + d.name + "`"})
	}
	if self.Type.Name == "unit" || self.Happens {
		d.thing.Self = types.Event
	}
	c.ownTime(d, border)
}

// bind gives the type parameters of a thing's kind their type, as far as the
// settings tell it.
func (d *decl) bind() map[string]*types.Type {
	bind := map[string]*types.Type{}
	if d.thing == nil || d.thing.Param == nil {
		return bind
	}
	if len(d.kind.TypeParams) > 0 {
		bind[d.kind.TypeParams[0]] = d.thing.Param
	}
	return bind
}

// formOf reads the setting that says which form a message has: the one that was
// given, or that which the kind has when none is.
func (c *checker) formOf(d *decl) (given *syntax.Attr) {
	for _, f := range d.kind.Fields {
		if f.Role != catalog.RoleTypeOf {
			continue
		}
		a := d.block.Attr(f.Name)
		switch {
		case a == nil:
		case given != nil:
			c.report(errTwoPayloads(a, given))
		default:
			given = a
			d.thing.Codec = payloadCodec(f.Name)
			d.thing.Param = c.borderType(a, f, d)
		}
	}
	if given != nil {
		return given
	}
	for _, f := range d.kind.Fields {
		if f.Role == catalog.RoleTypeOf && f.Default != "" {
			d.thing.Codec = payloadCodec(f.Name)
			d.thing.Param = c.typeName(f.Default, types.Origin{Range: d.at, Text: "`" + d.name + "`"})
		}
	}
	return nil
}

// rawPayload is what comes in undecoded: text, or bytes if the kind has been told so.
func (c *checker) rawPayload(d *decl, bytes *typed.Const) (*types.Type, typed.Codec) {
	origin := types.Origin{Range: d.at, Text: "`" + d.name + "`"}
	if isOn(bytes) {
		return types.TBytes.From(origin), typed.RawBytes
	}
	return types.TString.From(origin), typed.RawText
}

func isOn(k *typed.Const) bool { return k != nil && k.V == true }

// borderType reads `json =`, `text =` or `payload =`.
func (c *checker) borderType(a *syntax.Attr, f *catalog.Field, d *decl) *types.Type {
	if payloadCodec(a.Name) == typed.SQL {
		return c.rowType(a.Expr, d.name)
	}
	if e := c.sentAsType(a, d); e != nil {
		c.report(errAnswerType(a, e))
		return types.TBad
	}
	t := c.typeExpr(a.Expr, d.name)
	if t.Kind == types.Bad {
		return t
	}
	if u := untagged(t); u != nil {
		c.report(errUntagged(a.Expr.Range(), u))
		return types.TBad
	}
	switch codec := payloadCodec(a.Name); {
	case a.Name == "payload" && !c.fits(t, f):
		c.report(errPayloadType(a, t, f.Type.Name == "bool"))
		return types.TBad
	case codec == typed.Text && !oneText(t):
		c.report(errTextType(a, t))
		return types.TBad
	case (codec == typed.CSV || codec == typed.Pattern) && !c.columns(a.Expr, t, codec):
		return types.TBad
	}
	return t
}

// sentAsType is data that stands where a call says what its answer looks like, nil where
// none does: it is what the call should send.
func (c *checker) sentAsType(a *syntax.Attr, d *decl) hclsyntax.Expression {
	body := settingField(d.kind, "body")
	object, ok := a.Expr.(*hclsyntax.ObjectConsExpr)
	if body == nil || !ok || d.block.Attr("body") != nil {
		return nil
	}
	for _, item := range object.Items {
		switch e := item.ValueExpr.(type) {
		case *hclsyntax.TemplateWrapExpr, *hclsyntax.LiteralValueExpr:
			return e
		case *hclsyntax.TemplateExpr:
			text := c.src(c.unquoted(e.Range()))
			if typeWords[text] == "" && plainTypes[text] == nil && unitType(text) == nil {
				return e
			}
		case *hclsyntax.ScopeTraversalExpr:
			if t := c.lookup(e.Traversal.RootName()); t != nil && hasValue(t) {
				return e
			}
		}
	}
	return nil
}

// fits reports whether what an actuator sends can be of a type: a switch, or
// something that measures, as the kind says.
func (c *checker) fits(t *types.Type, f *catalog.Field) bool {
	if t.Form != nil && t.Form.Kind != types.Scaled && t.Form.Kind != types.Words {
		return false
	}
	if f.Type.Name == "bool" {
		return t.Kind == types.Bool
	}
	return t.Kind == types.Int || t.Kind == types.Number || t.Kind == types.Quantity
}

// nature reads `kind = command`: then it only happens.
func (c *checker) nature(d *decl) {
	f := fieldOfRole(d.kind, catalog.RoleNature)
	if f == nil {
		return
	}
	a := d.block.Attr(f.Name)
	if a == nil {
		return
	}
	x := c.expr(a.Expr, natureType)
	if isBad(x) {
		return
	}
	if k, ok := x.(*typed.Const); ok && k.Type.Kind == types.Enum && k.V == "command" {
		d.thing.Self = types.Event
	} else if !ok || k.Type.Kind != types.Enum {
		c.report(c.errWrongType(x, natureType, "`"+f.Name+"`", a.NameRange))
	}
}

var natureType = &types.Type{Kind: types.Enum, Name: "nature", GoType: "flow.Nature", Values: []string{"reading", "command"}}
