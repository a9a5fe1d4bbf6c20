package check

import (
	"path/filepath"
	"time"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// wire types a thing's settings and inputs.
func (c *checker) wire(d *decl) {
	if d.wired || d.thing == nil {
		return
	}
	d.wired = true
	saved := c.scope
	c.scope = scopeOf(d)
	w := &wiring{c: c, d: d, t: d.thing, bind: d.bind()}
	w.unknown()
	for _, f := range d.kind.Fields {
		w.field(f)
	}
	w.needed()
	w.trigger()
	w.delivery()
	w.answer()
	if len(d.kind.TypeParams) > 1 && w.t.Sent == nil {
		w.t.Sent = types.TNothing
	}
	w.limits()
	c.scope = saved
}

// wiring is the work on one thing.
type wiring struct {
	c *checker
	d *decl
	t *typed.Thing
	// bind are the kind's type parameters, as its inputs decide.
	bind map[string]*types.Type
	// shot is the input that happens, with where it stands; each are those that are
	// evaluated with it.
	shot, when *wired
	each       []*wired
	failed     bool
}

// wired is an attribute with its typed expression.
type wired struct {
	attr  *syntax.Attr
	field *catalog.Field
	x     typed.Expr
}

// unknown reports attributes and blocks that the kind does not have.
func (w *wiring) unknown() {
	for _, a := range w.d.block.Attrs {
		f := settingField(w.d.kind, a.Name)
		switch {
		case f == nil && (a.Name == "when" || a.Name == deliverySetting) && w.hasShot():
		case f == nil && a.Name == "renamed_from" && fieldOfRole(w.d.kind, catalog.RoleBuffer) != nil:
			if w.d.block.Attr("buffer") == nil {
				w.c.report(errNothingRenamed(a))
			}
		case f == nil:
			w.c.report(w.c.errUnknownSetting(a, w.d))
		case f.Role == catalog.RoleBlock, f.Role == catalog.RoleTables:
			w.c.report(errBlockWanted(a, f))
		}
	}
	for _, b := range w.d.block.Blocks {
		if f := settingField(w.d.kind, b.Kind); f == nil || f.Role != catalog.RoleBlock && f.Role != catalog.RoleTables {
			w.c.report(w.c.errUnknownBlock(b, w.d.kind.Name, w.d.kind))
		}
	}
}

func (w *wiring) hasShot() bool {
	return fieldOfRole(w.d.kind, catalog.RoleShot) != nil || fieldOfRole(w.d.kind, catalog.RoleShow) != nil
}

// settingField is what a flow may write in a block of the kind under a name.
func settingField(k *catalog.Kind, name string) *catalog.Field {
	for _, f := range k.Fields {
		if f.Name == name && isSetting(f) {
			return f
		}
	}
	return nil
}

// isSetting reports whether a flow may write the field.
func isSetting(f *catalog.Field) bool {
	switch f.Role {
	case catalog.RoleEvent, catalog.RoleValue, catalog.RoleReading, catalog.RoleSelf, catalog.RoleMeta,
		catalog.RoleDecoder, catalog.RoleEncoder, catalog.RoleFormat, catalog.RoleParser, catalog.RoleCaptured,
		catalog.RoleTableName, catalog.RoleSQL, "":
		return false
	}
	return true
}

// field types what the flow says about one field of the kind.
func (w *wiring) field(f *catalog.Field) {
	if !isSetting(f) {
		return
	}
	if f.Role == catalog.RoleBlock {
		w.blocks(f)
		return
	}
	a := w.d.block.Attr(f.Name)
	if a == nil {
		w.absent(f)
		return
	}
	if other := w.d.block.Attr(f.Tags["instead"]); other != nil {
		w.c.report(errInstead(a, other))
		w.failed = true
		return
	}
	switch {
	case isPairs(f):
		w.pairs(f, a)
		return
	case f.Type != nil && f.Type.Name == "row":
		w.row(f, a)
		return
	case f.Type != nil && f.Type.Name == "statement":
		w.statementInput(f, a)
		return
	}
	switch f.Role {
	case catalog.RoleSetting, catalog.RoleConst, catalog.RoleStale, catalog.RoleMaxKeys, catalog.RoleForget:
		if s := w.c.settingValue(w.d, f, a); s != nil {
			w.t.Settings = append(w.t.Settings, s)
			w.known(f, s)
		}
	case catalog.RolePattern:
		w.patternSetting(f, a)
	case catalog.RoleNature:
		if w.t.Self == types.Event {
			w.t.Settings = append(w.t.Settings, &typed.Set{Field: f, X: w.c.constOf(a.Expr.Range(), natureType, "command"), Pos: pos(a.Range)})
		}
	case catalog.RoleThing:
		s := (*typed.Set)(nil)
		if f.Tags["table"] != "" {
			s = w.tableReference(f, a)
		} else {
			s = w.c.reference(w.d, f, a)
		}
		if s != nil {
			w.t.Settings = append(w.t.Settings, s)
		}
	case catalog.RoleLevel, catalog.RoleDrive:
		w.level(f, a)
	case catalog.RolePath:
		w.path(f, a)
	case catalog.RoleKeep:
		w.keep(a)
	case catalog.RoleBuffer:
		w.buffer(f, a)
	case catalog.RoleShot, catalog.RoleShow, catalog.RoleEach, catalog.RoleAnswer:
		w.input(f, a)
	}
}

// known copies what the rest of the compiler asks for by name.
func (w *wiring) known(f *catalog.Field, s *typed.Set) {
	k, ok := s.X.(*typed.Const)
	if !ok {
		return
	}
	d, isDuration := duration(k.V)
	n, isInt := k.V.(int64)
	if text, isText := k.V.(string); isText && f.Name == "file" && w.d.kind.Name == "sqlite" && !filepath.IsLocal(text) {
		w.c.report(errFileOutside(k.Range, text))
	}
	switch {
	case f.Role == catalog.RoleStale && isDuration:
		w.t.Stale = d
	case f.Role == catalog.RoleForget && isDuration:
		w.t.ForgetAfter = d
	case f.Role == catalog.RoleMaxKeys && isInt:
		w.t.MaxKeys = int(n)
	}
}

func duration(v any) (time.Duration, bool) {
	d, ok := v.(time.Duration)
	return d, ok
}

// absent handles a setting that was not given: its default, or an error.
func (w *wiring) absent(f *catalog.Field) {
	if f.Required && f.Tags["implicit"] == "" {
		if !meant(w.d.block, f.Name, settingNames(w.d.kind)) {
			w.c.report(w.c.errMissingSetting(w.d, f))
		}
		w.failed = true
		return
	}
	switch {
	case f.Tags["periods"] != "":
		w.periods(f)
		return
	case f.Tags["implicit"] != "":
		w.implicit(f)
		return
	}
	if f.Default == "" {
		return
	}
	switch f.Role {
	case catalog.RoleSetting, catalog.RoleConst, catalog.RoleStale, catalog.RoleMaxKeys, catalog.RoleForget:
	case catalog.RoleEach, catalog.RoleLevel, catalog.RoleAnswer:
		w.defaultInput(f)
		return
	default:
		return
	}
	x := w.c.defaultOf(f.Default, w.c.fieldType(f, w.bind), w.d.at)
	k, ok := x.(*typed.Const)
	if !ok || isBad(x) || zeroValue(k) {
		return
	}
	s := &typed.Set{Field: f, X: x, Pos: w.t.Pos}
	w.t.Settings = append(w.t.Settings, s)
	w.known(f, s)
}

func (w *wiring) defaultInput(f *catalog.Field) {
	x := w.c.defaultOf(f.Default, w.c.fieldType(f, w.bind), w.d.at)
	if !isBad(x) {
		w.t.Inputs = append(w.t.Inputs, &typed.Input{Field: f, X: x, Pos: w.t.Pos})
	}
}

// zeroValue reports whether a constant is what Go has anyway. An enumeration is
// not: its zero value is no member.
func zeroValue(k *typed.Const) bool {
	if k.Type.Kind == types.Optional {
		return k.V == nil
	}
	switch v := k.V.(type) {
	case nil:
		return true
	case bool:
		return !v
	case int64:
		return v == 0
	case float64:
		return v == 0
	case time.Duration:
		return v == 0
	case string:
		return v == "" && k.Type.Kind != types.Enum
	}
	return false
}

// needed reports settings that mean nothing without another one.
func (w *wiring) needed() {
	for _, f := range w.d.kind.Fields {
		a := w.d.block.Attr(f.Name)
		if needs := f.Tags["needs"]; a != nil && needs != "" && w.d.block.Attr(needs) == nil {
			w.c.report(w.c.errNeedsSetting(w.d, settingField(w.d.kind, needs), a.NameRange, "`"+f.Name+"`"))
		}
	}
}

// limits holds settings against each other.
func (w *wiring) limits() {
	w.silence()
	maxOn := w.d.block.Attr("max_on")
	if maxOn == nil || settingField(w.d.kind, "safe") == nil {
		return
	}
	for _, s := range w.t.Settings {
		if k, ok := s.X.(*typed.Const); ok && s.Field.Name == "safe" && k.V == true {
			w.c.report(errMaxOnSafe(w.d, maxOn, w.d.block.Attr("safe")))
		}
	}
}

// silence holds `stale` and `forget_after` against what they are for.
func (w *wiring) silence() {
	stale, forget := fieldOfRole(w.d.kind, catalog.RoleStale), fieldOfRole(w.d.kind, catalog.RoleForget)
	if stale == nil {
		return
	}
	a := w.d.block.Attr(stale.Name)
	if a == nil {
		return
	}
	if w.t.Self == types.Event {
		w.c.report(errStaleEvent(w.d, a))
	}
	if forget == nil {
		return
	}
	if f := w.d.block.Attr(forget.Name); f != nil && w.t.Stale > w.t.ForgetAfter && w.t.ForgetAfter > 0 {
		w.c.report(errForgetsEarly(w.d, f, a))
	}
}
