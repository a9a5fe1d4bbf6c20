package check

import (
	"strings"

	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// setting reads a `setting` or `secret` block.
func (c *checker) setting(d *decl) {
	if d.state != untouched {
		return
	}
	d.state = running
	saved := c.scope
	c.scope = scope{by: d}
	if d.block.Kind == "secret" {
		c.secretBlock(d)
	} else {
		c.settingBlock(d)
	}
	c.scope = saved
	d.state = finished
	c.ownVariable(d)
}

// ownVariable holds that no two settings read one variable.
func (c *checker) ownVariable(d *decl) {
	if d.setting == nil || d.setting.Env == "" {
		return
	}
	for _, other := range c.order {
		if other != d && other.setting != nil && other.setting.Env == d.setting.Env && c.decls[other.name] == other {
			first, second := other, d
			if comparePlaces(d.at, other.at) < 0 {
				first, second = d, other
			}
			c.report(errEnvTaken(second, first))
			return
		}
	}
}

func (c *checker) secretBlock(d *decl) {
	s := &typed.Setting{Name: d.name, Env: strings.ToUpper(d.name), Doc: d.block.Doc, Pos: pos(d.at)}
	s.Type = types.TSecret.From(types.Origin{Range: d.at, Text: "`" + d.name + "`"})
	for _, a := range d.block.Attrs {
		switch a.Name {
		case "env":
			s.Env = c.envName(a)
		default:
			c.report(c.errUnknownAttr(a, "secret", []string{"env"}))
		}
	}
	c.noBlocks(d.block, "secret")
	d.setting = s
}

var settingAttrs = []string{"type", "default", "range", "env"}

func (c *checker) settingBlock(d *decl) {
	s := &typed.Setting{Name: d.name, Env: "FLOW_" + strings.ToUpper(d.name), Doc: d.block.Doc, Pos: pos(d.at)}
	c.noBlocks(d.block, "setting")
	for _, a := range d.block.Attrs {
		switch a.Name {
		case "type":
			s.Type = c.settingType(a)
		case "env":
			s.Env = c.envName(a)
		case "default", "range":
		default:
			c.report(c.errUnknownAttr(a, "setting", settingAttrs))
		}
	}
	def := d.block.Attr("default")
	if s.Type == nil && def != nil {
		if x := c.expr(def.Expr, nil); !isBad(x) {
			s.Type = x.Base().Type
		}
	} else if s.Type == nil {
		c.report(errSettingType(d))
	}
	if s.Type == nil || s.Type.Kind == types.Bad {
		return
	}
	s.Type = s.Type.From(types.Origin{Range: d.at, Text: "`" + d.name + "`"})
	if !c.settable(d, s.Type) {
		return
	}
	if def != nil {
		s.Default = c.fieldDefault(def.Expr, s.Type, d.name)
	}
	if a := d.block.Attr("range"); a != nil {
		c.settingRange(d, s, a)
	}
	d.setting = s
}

// settingType is the type of a setting: `duration` counts as one there, since its
// unit is written with each value.
func (c *checker) settingType(a *syntax.Attr) *types.Type {
	return c.innerType(a.Expr, a.Name)
}

func (c *checker) settable(d *decl, t *types.Type) bool {
	switch t.Kind {
	case types.Bool, types.Int, types.Number, types.String, types.Quantity, types.Duration, types.Enum, types.Date, types.TimeOfDay:
		return true
	}
	c.report(errSettingSort(d, t))
	return false
}

// settingRange reads `range = [low, high]`.
func (c *checker) settingRange(d *decl, s *typed.Setting, a *syntax.Attr) {
	if s.Type.Is(types.Bool, types.String, types.Enum, types.Date, types.TimeOfDay) {
		c.report(errNoRange(d, s.Type, a))
		return
	}
	x := c.expr(a.Expr, types.ListOf(s.Type))
	if isBad(x) {
		return
	}
	k, ok := x.(*typed.Const)
	if ok && k.Type.Kind == types.List {
		if _, fits := convertible(k.Type.Elem, s.Type); fits {
			k, ok = c.convert(k, types.ListOf(s.Type)).(*typed.Const)
		} else {
			ok = false
		}
	}
	if !ok || k.Type.Kind != types.List || len(k.V.([]any)) != 2 {
		c.report(errSettingRange(d, s.Type, a))
		return
	}
	list := k.V.([]any)
	low, okLow := plainNumber(list[0])
	high, okHigh := plainNumber(list[1])
	if !okLow || !okHigh || low > high {
		c.report(errSettingRange(d, s.Type, a))
		return
	}
	s.Min, s.Max, s.HasRange = low, high, true
	if v, ok := plainNumber(s.Default); ok && (v < low || v > high) {
		c.report(errDefaultOutside(d, d.block.Attr("default"), a))
	}
}

// plainNumber is a constant as a number: a duration counts in nanoseconds.
func plainNumber(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	if d, ok := duration(v); ok {
		return float64(d), true
	}
	return 0, false
}

func (c *checker) envName(a *syntax.Attr) string {
	x := c.expr(a.Expr, types.TString)
	if isBad(x) {
		return ""
	}
	k, ok := x.(*typed.Const)
	if ok {
		if s, isText := k.V.(string); isText && validEnv(s) {
			return s
		}
	}
	c.report(errEnvName(a))
	return ""
}

func validEnv(s string) bool {
	for i, r := range s {
		letter := r == '_' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}

func (c *checker) noBlocks(b *syntax.Block, kind string) {
	for _, inner := range b.Blocks {
		c.report(c.errUnknownBlock(inner, kind, nil))
	}
}

// settingRef reads a setting or secret.
func (c *checker) settingRef(d *decl, at rangeT) typed.Expr {
	c.setting(d)
	if d.setting == nil {
		return c.bad(at)
	}
	d.setting.Used = true
	return &typed.SettingRef{Info: c.info(at, d.setting.Type), Setting: d.setting}
}
