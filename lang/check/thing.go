package check

import (
	"time"

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
