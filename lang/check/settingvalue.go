package check

import (
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// fieldType is the type that a setting or input of a kind has; bind gives the kind's
// type parameters.
func (c *checker) fieldType(f *catalog.Field, bind map[string]*types.Type) *types.Type {
	switch f.Role {
	case catalog.RoleStale, catalog.RoleForget:
		return types.TDuration
	case catalog.RoleMaxKeys:
		return types.TInt
	case catalog.RolePattern, catalog.RolePath:
		return types.TString
	case catalog.RoleNature:
		return natureType
	}
	return c.catalogType(f.Type, bind, f.Tags["unit"])
}

// settingValue types a setting: known at start, or at compile time for
// flow.Const and its like.
func (c *checker) settingValue(d *decl, f *catalog.Field, a *syntax.Attr) *typed.Set {
	want := c.fieldType(f, d.bind())
	if want.Kind == types.Bad {
		return nil // the setting that decides it has an error
	}
	if f.Role == catalog.RoleStale && hcl.ExprAsKeyword(a.Expr) == "never" {
		i := c.info(a.Expr.Range(), types.TDuration)
		return &typed.Set{Field: f, X: &typed.Const{Info: i, V: never}, Pos: pos(a.Range)}
	}
	x := c.expr(a.Expr, want)
	if isBad(x) {
		return nil
	}
	if !c.suits(x, f, a, want) {
		return nil
	}
	if c.isSecretSetting(x, want, f) {
		return &typed.Set{Field: f, X: x, Pos: pos(a.Range)}
	}
	x = c.convert(x, want)
	if !c.inRange(x, f, a) {
		return nil
	}
	if k, ok := x.(*typed.Const); ok && f.Tags["topic"] != "" {
		c.constantTopic(k, a)
	}
	return &typed.Set{Field: f, X: x, Pos: pos(a.Range)}
}

// never is `stale = never`.
const never = -1 * nanosecond

// suits checks the type and the constancy of a setting.
func (c *checker) suits(x typed.Expr, f *catalog.Field, a *syntax.Attr, want *types.Type) bool {
	b := x.Base()
	if !c.isSecretSetting(x, want, f) {
		if want.Kind == types.Secret && b.Shape == types.Constant && b.Type.Kind == types.String {
			c.report(c.errSecretLiteral(x, a))
			return false
		}
		if b.Type.Kind == types.Optional && want.Kind != types.Optional {
			c.report(c.errMissingHanded(x))
			return false
		}
		if _, ok := convertible(b.Type, want); !ok {
			c.report(c.errWrongType(x, want, "`"+f.Name+"`", a.NameRange))
			return false
		}
	}
	if b.Shape != types.Constant {
		c.report(c.errMustNotMove(x, f, a.NameRange))
		return false
	}
	constantRole := f.Role != catalog.RoleSetting || f.Tags["claim"] != "" || f.Tags["const"] != ""
	if constantRole && !isConst(x) {
		c.report(c.errNotConstant(x, "`"+f.Name+"`"))
		return false
	}
	return true
}

// isSecretSetting reports whether a secret goes where one may go.
func (c *checker) isSecretSetting(x typed.Expr, want *types.Type, f *catalog.Field) bool {
	t := x.Base().Type
	if t.Kind != types.Secret {
		return false
	}
	want = elemOrSelf(want)
	return want.Kind == types.Secret || want.Kind == types.String && f.Tags["secret"] != ""
}

// inRange holds a constant against the range in the catalogue: "0,27".
func (c *checker) inRange(x typed.Expr, f *catalog.Field, a *syntax.Attr) bool {
	tag := f.Tags["range"]
	k, ok := x.(*typed.Const)
	if tag == "" || !ok {
		return true
	}
	v, ok := plainNumber(k.V)
	if !ok {
		return true
	}
	low, high, _ := strings.Cut(strings.Trim(tag, "[]"), ",")
	lo, okLow := c.bound(low, k.Type)
	hi, okHigh := c.bound(high, k.Type)
	if okLow && v < lo || okHigh && v > hi {
		c.report(errOutOfRange(x, f, withUnit(low, k.Type), withUnit(high, k.Type)))
		return false
	}
	return true
}

// withUnit is one end of a range as a flow writes it.
func withUnit(text string, t *types.Type) string {
	text = strings.TrimSpace(text)
	if _, err := strconv.ParseFloat(text, 64); err == nil && elemOrSelf(t).Kind == types.Quantity {
		if elemOrSelf(t).Unit.Name == "B" && rounder(text) != "" {
			return rounder(text)
		}
		text += "." + elemOrSelf(t).Unit.Name
	}
	return text
}

// bound is one end of a range, written as in a flow or as a bare number.
func (c *checker) bound(text string, t *types.Type) (float64, bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, false
	}
	if v, err := strconv.ParseFloat(text, 64); err == nil && t.Kind != types.Duration {
		return v, true
	}
	k, ok := c.defaultOf(text, elemOrSelf(t), rangeT{}).(*typed.Const)
	if !ok || isBad(k) {
		return 0, false
	}
	return plainNumber(k.V)
}

// reference is `via = home`: another thing of the right kind.
func (c *checker) reference(d *decl, f *catalog.Field, a *syntax.Attr) *typed.Set {
	t, ok := a.Expr.(*hclsyntax.ScopeTraversalExpr)
	if !ok || len(t.Traversal) != 1 {
		c.report(c.errWantsThing(f, a))
		return nil
	}
	name := t.Traversal.RootName()
	to := c.lookup(name)
	if to == nil {
		c.report(c.errNoSuchThing(f, a, name))
		return nil
	}
	c.use(to, "", nil)
	if to.sort == sortThing && to.kind == nil {
		return nil // its kind is unknown, which was told
	}
	if to.sort != sortThing || !contains(f.Kinds, to.kind.Name) {
		c.report(c.errWrongThing(f, a, to))
		return nil
	}
	c.thing(to)
	x := &typed.ThingRef{Info: c.info(a.Expr.Range(), types.TNothing), Thing: to.thing}
	return &typed.Set{Field: f, X: x, Pos: pos(a.Range)}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// blocks types the nested blocks of one name.
func (w *wiring) blocks(f *catalog.Field) {
	set := &typed.Set{Field: f, Pos: w.t.Pos}
	for _, b := range w.d.block.Blocks {
		if b.Kind != f.Name {
			continue
		}
		set.Block = append(set.Block, w.c.nested(w.d, f, b))
	}
	switch {
	case len(set.Block) > 0:
		w.t.Settings = append(w.t.Settings, set)
	case f.Required:
		w.c.report(w.c.errMissingSetting(w.d, f))
	}
}

// nested types one nested block.
func (c *checker) nested(d *decl, f *catalog.Field, b *syntax.Block) []*typed.Set {
	var list []*typed.Set
	names := fieldNames(f.Fields)
	for _, a := range b.Attrs {
		if !contains(names, a.Name) {
			c.report(c.errUnknownAttr(a, b.Kind, names))
		}
	}
	for _, inner := range b.Blocks {
		c.report(c.errUnknownBlock(inner, b.Kind, nil))
	}
	for _, g := range f.Fields {
		a := b.Attr(g.Name)
		if a != nil {
			if s := c.settingValue(d, g, a); s != nil {
				list = append(list, s)
			}
			continue
		}
		if g.Required {
			c.report(errMissingInBlock(b, g))
			continue
		}
		if g.Default == "" {
			continue
		}
		x := c.defaultOf(g.Default, c.fieldType(g, nil), b.KindRange)
		if k, ok := x.(*typed.Const); ok && !isBad(x) && !zeroValue(k) {
			list = append(list, &typed.Set{Field: g, X: x, Pos: pos(b.KindRange)})
		}
	}
	return list
}

func fieldNames(list []*catalog.Field) []string {
	var names []string
	for _, f := range list {
		names = append(names, f.Name)
	}
	return names
}

// defaultOf reads a default of the catalogue, written as a flow would.
func (c *checker) defaultOf(text string, want *types.Type, at rangeT) typed.Expr {
	inner := elemOrSelf(want)
	if text == "never" && want.Kind == types.Duration {
		return &typed.Const{Info: typed.Info{Type: want, Pos: pos(at), Range: at, Text: text}, V: never}
	}
	e, found := hclsyntax.ParseExpression([]byte(text), "default", hcl.InitialPos)
	if found.HasErrors() {
		e = nil
	}
	var x typed.Expr
	if e != nil {
		c.guessing++ // the catalogue's own tests hold its defaults
		sources, decls := c.sources, c.decls
		c.decls = nil // no name of the flow means anything there
		c.sources = map[string][]byte{"default": []byte(text)}
		x = c.with(scope{}, func() typed.Expr { return c.expr(e, inner) })
		c.sources, c.decls = sources, decls
		c.guessing--
	}
	if inner.Kind == types.String && (x == nil || isBad(x) || x.Base().Type.Kind != types.String) {
		x = c.constOf(at, types.TString, text)
	}
	if x == nil || isBad(x) {
		return c.bad(at)
	}
	if _, ok := convertible(x.Base().Type, want); !ok {
		return c.bad(at)
	}
	x = c.convert(x, want)
	b := x.Base()
	b.Pos, b.Range, b.Text = pos(at), at, text
	return x
}
