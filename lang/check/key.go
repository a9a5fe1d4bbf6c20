package check

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// pattern reads the captures of a source: `garden/{bed}/soil` makes one stream
// per bed.
func (c *checker) pattern(d *decl) {
	f := fieldOfRole(d.kind, catalog.RolePattern)
	if f == nil {
		return
	}
	a := d.block.Attr(f.Name)
	if a == nil && f.Required {
		d.self = types.TBad // that it is missing is told, and what it would capture nobody knows
	}
	if a == nil {
		return
	}
	d.pattern = c.patternConst(d, f, a)
	if d.pattern == nil {
		d.self = types.TBad
		return
	}
	if why := badPattern(d.pattern.V.(string)); why != "" {
		c.report(errPattern(a, d.pattern.V.(string), why))
		d.self = types.TBad
		return
	}
	names, bad := captures(d.pattern.V.(string))
	if bad != "" {
		c.report(errCapture(a, d.pattern.V.(string), bad))
		d.self = types.TBad
		return
	}
	keys := c.keyTypes(d, names)
	var kinds []string
	for _, name := range names {
		t := keys[name]
		if t == nil {
			t = types.TString
		}
		d.thing.Captures = append(d.thing.Captures, typed.Capture{Name: name, Type: t})
		kinds = append(kinds, t.String())
	}
	if len(names) > 0 {
		d.thing.Key = types.Key{Names: strings.Join(names, ","), Types: strings.Join(kinds, ",")}
	}
	c.captureClash(d, names)
}

// patternConst types the pattern: a constant text.
func (c *checker) patternConst(d *decl, f *catalog.Field, a *syntax.Attr) *typed.Const {
	if name, at := c.valueAsCapture(a.Expr); name != "" {
		c.report(c.errCaptureWritten(at, name))
		return nil
	}
	x := c.expr(a.Expr, types.TString)
	if isBad(x) {
		return nil
	}
	if x.Base().Type.Kind != types.String {
		c.report(c.errWrongType(x, types.TString, "`"+f.Name+"`", a.NameRange))
		return nil
	}
	k, ok := x.(*typed.Const)
	if !ok {
		c.report(c.errNotConstant(x, "`"+f.Name+"`"))
		return nil
	}
	return k
}

func (c *checker) patternText(d *decl, _ *catalog.Field, _ *syntax.Attr) typed.Expr {
	if d.pattern == nil {
		return nil
	}
	return d.pattern
}

// badPattern says what is wrong with a topic that is listened to, if anything.
func badPattern(pattern string) string {
	levels := strings.Split(pattern, "/")
	for n, level := range levels {
		switch {
		case pattern == "":
			return "a topic has at least one level"
		case strings.Contains(level, "#") && level != "#":
			return "`#` stands for whole levels, alone between slashes"
		case level == "#" && n < len(levels)-1:
			return "`#` stands for all that follows, so it comes last"
		case strings.Contains(level, "+") && level != "+":
			return "`+` stands for one whole level, alone between slashes"
		case strings.ContainsRune(level, 0):
			return "a topic cannot hold the character NUL"
		}
	}
	return ""
}

// captures are the names in braces of a pattern; bad is a level that is no proper
// capture.
func captures(pattern string) (names []string, bad string) {
	for _, level := range strings.Split(pattern, "/") {
		if !strings.ContainsAny(level, "{}") {
			continue
		}
		name := strings.TrimSuffix(strings.TrimPrefix(level, "{"), "}")
		if "{"+name+"}" != level || !isName(name) || slices.Contains(names, name) {
			return nil, level
		}
		names = append(names, name)
	}
	return names, ""
}

func isName(s string) bool {
	for i, r := range s {
		letter := r == '_' || r >= 'a' && r <= 'z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}

// keyTypes reads `keys = { bed = bed_name }`.
func (c *checker) keyTypes(d *decl, names []string) map[string]*types.Type {
	out := map[string]*types.Type{}
	f := fieldOfRole(d.kind, catalog.RoleKeys)
	if f == nil {
		return out
	}
	a := d.block.Attr(f.Name)
	if a == nil {
		return out
	}
	o, ok := a.Expr.(*hclsyntax.ObjectConsExpr)
	if !ok {
		c.report(errKeysForm(a))
		return out
	}
	for _, item := range o.Items {
		name := hcl.ExprAsKeyword(item.KeyExpr)
		if !slices.Contains(names, name) {
			c.report(errNoCapture(item.KeyExpr.Range(), name, names, a))
			continue
		}
		t := c.typeExpr(item.ValueExpr, d.name+"."+name)
		switch t.Kind {
		case types.Bad, types.String, types.Int, types.Enum:
			out[name] = t
		default:
			c.report(errKeyType(item.ValueExpr.Range(), name, t))
		}
	}
	return out
}

// captureClash reports declared fields that a capture, the time or meta hides.
func (c *checker) captureClash(d *decl, names []string) {
	if d.self == nil || d.self.Kind != types.Record && d.self.Kind != types.Variant {
		return
	}
	taken := append([]string{"time"}, names...)
	if isVariant(d.self) {
		taken = append(taken, "faults")
	}
	if fieldOfRole(d.kind, catalog.RoleMeta) != nil {
		taken = append(taken, "meta")
	}
	for _, f := range d.self.Fields {
		if slices.Contains(taken, f.Name) {
			c.report(errFieldTaken(d, f, slices.Contains(names, f.Name)))
		}
	}
}
