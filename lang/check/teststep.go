package check

import (
	"strings"
	"time"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// stepForm is what a step of a test may hold: its attributes, whether it is about a
// thing, and how it is read. A step with free attributes reads them itself.
type stepForm struct {
	sort  typed.StepSort
	attrs []string
	free  bool
	// thing says that it names a thing, and must unless loose.
	thing, loose bool
	read         func(*testWriting, *typed.TestStep, *syntax.Block, *decl)
}

var stepForms []stepForm

func init() { // a repetition holds steps itself
	stepForms = []stepForm{
		{sort: typed.StepSend, thing: true, free: true, read: (*testWriting).send},
		{sort: typed.StepSendRaw, thing: true, attrs: []string{"topic", "payload"}, read: (*testWriting).sendRaw},
		{sort: typed.StepPress, thing: true, attrs: []string{"lasts", "times"}, read: (*testWriting).press},
		{sort: typed.StepSet, thing: true, free: true, read: (*testWriting).set},
		{sort: typed.StepAdvance, attrs: []string{"by", "to"}, read: (*testWriting).advance},
		{sort: typed.StepExpect, attrs: []string{"that", "message"}, read: (*testWriting).expect},
		{sort: typed.StepExpectSent, thing: true, free: true, read: (*testWriting).expectSent},
		{sort: typed.StepExpectNothing, thing: true, read: (*testWriting).expectNothing},
		{sort: typed.StepExpectFault, thing: true, loose: true, attrs: []string{"message", "times"}, read: (*testWriting).expectFault},
		{sort: typed.StepFail, thing: true, attrs: []string{"message", "times", "status"}, read: (*testWriting).fail},
		{sort: typed.StepConnect, thing: true, read: (*testWriting).connect},
		{sort: typed.StepDisconnect, thing: true, read: (*testWriting).connect},
		{sort: typed.StepRestart, attrs: []string{"after"}, read: (*testWriting).restart},
		{sort: typed.StepRepeat, attrs: []string{"times", "every"}, read: (*testWriting).repeat},
	}
}

func stepNames() (names []string) {
	for _, f := range stepForms {
		names = append(names, string(f.sort))
	}
	return names
}

// steps types the steps of a test, or of a repetition in it.
func (w *testWriting) steps(b *syntax.Block) (list []*typed.TestStep) {
	for _, inner := range b.Blocks {
		if s := w.step(inner); s != nil {
			list = append(list, s)
		}
	}
	return list
}

func (w *testWriting) step(b *syntax.Block) *typed.TestStep {
	c := w.c
	for _, f := range stepForms {
		if string(f.sort) != b.Kind {
			continue
		}
		s := &typed.TestStep{Sort: f.sort, Pos: pos(b.KindRange), Range: b.KindRange, Times: -1}
		d, ok := w.about(f, b)
		if !ok {
			return nil
		}
		if !f.free {
			for _, a := range b.Attrs {
				if !contains(f.attrs, a.Name) {
					c.report(c.errUnknownAttr(a, b.Kind, f.attrs))
				}
			}
		}
		if f.sort != typed.StepRepeat {
			c.noBlocks(b, b.Kind)
		}
		f.read(w, s, b, d)
		if f.sort != typed.StepSet || d == nil || d.sort != sortSetting {
			w.begun = true
		}
		return s
	}
	c.report(errUnknownStep(b, stepNames()))
	return nil
}

// about finds the thing that a step names.
func (w *testWriting) about(f stepForm, b *syntax.Block) (d *decl, ok bool) {
	c := w.c
	switch {
	case len(b.Labels) == 0 && (!f.thing || f.loose):
		return nil, true
	case len(b.Labels) == 0:
		c.report(errStepOfWhat(b))
		return nil, false
	case !f.thing:
		c.report(errStepLabel(b))
		return nil, false
	}
	name, at := b.Labels[0].Text, b.Labels[0].Range
	d = c.decls[name]
	if name == "sun" && f.sort == typed.StepSet {
		return nil, true
	}
	if d == nil {
		c.report(c.errStepName(name, at))
		return nil, false
	}
	c.use(d, "", nil)
	if d.sort == sortThing && d.thing == nil || d.sort == sortSetting && d.setting == nil {
		return nil, false // told where it stands
	}
	if d.sort == sortEquation && (d.x == nil || isBad(d.x)) {
		return nil, false
	}
	return d, true
}

// isSource reports whether messages come to a thing from outside.
func isSource(d *decl) bool {
	return d.sort == sortThing && d.kind != nil && fieldOfRole(d.kind, catalog.RoleSelf) != nil && fieldOfRole(d.kind, catalog.RolePattern) != nil
}

// hears reports whether messages come to a thing: it is a source, or a device that
// says what it does.
func hears(d *decl) bool {
	return isSource(d) || d.sort == sortThing && d.kind != nil && ownTopic(d) != nil
}

// ownTopic is where a device says what it does, nil where it does not.
func ownTopic(d *decl) typed.Expr {
	f := outputField(d.kind, "state")
	if f == nil || d.thing == nil {
		return nil
	}
	for _, s := range d.thing.Settings {
		if s.Field.Tags["topic"] == "in" && s.Field.Name == f.Tags["needs"] {
			return s.X
		}
	}
	return nil
}

// isAsked reports whether a thing asks the world again and again: what it is told
// holds until it is told something else.
func isAsked(d *decl) bool {
	return d.sort == sortThing && d.kind != nil && statementField(d.kind) == nil && fieldOfRole(d.kind, catalog.RoleSelf) != nil && fieldOfRole(d.kind, catalog.RolePattern) == nil && !answers(d.kind)
}

// isPin reports whether a thing listens to a pin: it has levels that tell of it.
func isPin(d *decl) bool { return d.sort == sortThing && len(pinLevels(d)) > 0 }

// pinLevels are the outputs that say how a pin is.
func pinLevels(d *decl) (list []*catalog.Field) {
	if d.kind == nil {
		return nil
	}
	for _, f := range d.kind.Fields {
		if f.Tags["pin"] != "" {
			list = append(list, f)
		}
	}
	return list
}

func isSink(d *decl) bool {
	return d.sort == sortThing && d.kind != nil && d.kind.Shoots
}

// sends reports whether something goes out by a thing: a sink, or an actuator that is
// commanded by messages.
func sends(d *decl) bool {
	return isSink(d) || d.sort == sortThing && d.kind != nil && commands(d.kind)
}

func isConnection(d *decl) bool {
	if d.sort != sortThing || d.kind == nil {
		return false
	}
	f := outputField(d.kind, "connected")
	return f != nil && f.Role == catalog.RoleValue
}

// send is a message that comes to a source, as a record of its type.
func (w *testWriting) send(s *typed.TestStep, b *syntax.Block, d *decl) {
	c := w.c
	if !hears(d) {
		c.report(c.errCannot(b, d, "a thing that messages come to", hears))
		return
	}
	s.Thing = d.thing
	if d.thing.Param == nil || d.thing.Param.Kind == types.Bad {
		return
	}
	if !writesItself(d.thing) {
		c.report(errLineNotWritten(b, d))
		return
	}
	t := d.thing.Param
	given := attrsByName(b)
	if !isSource(d) {
		s.Topic = ownTopic(d)
	}
	for _, k := range d.thing.Captures {
		a := given[k.Name]
		if a == nil {
			c.report(errCaptureNotSent(b, d, k))
			continue
		}
		delete(given, k.Name)
		if x := w.momentary(a, k.Type); x != nil {
			s.Keys = append(s.Keys, x)
		}
	}
	if d.pattern != nil && openPattern(d.pattern.V.(string)) {
		if a := given["topic"]; a == nil {
			c.report(errTopicNotSent(b, d))
		} else {
			delete(given, "topic")
			if k := w.constant(a, types.TString); k != nil {
				s.Topic = k
				if text := k.V.(string); !topicFits(d.pattern.V.(string), text) {
					c.report(errTopicOutside(a, text, d))
				}
			}
		}
	}
	s.X = w.content(b, d, t, given)
}

// writesItself reports whether a message of a thing can be made of its data: JSON, a
// text, one line of CSV. A pattern, a header and many lines are not written.
func writesItself(t *typed.Thing) bool {
	switch t.Codec {
	case typed.Pattern:
		return false
	case typed.CSV:
		return t.Param.Kind == types.Record && !t.Lines.Header
	}
	return true
}

// content is what a message holds: a record by its fields, anything else as `value`.
func (w *testWriting) content(b *syntax.Block, d *decl, t *types.Type, given map[string]*syntax.Attr) (x typed.Expr) {
	c := w.c
	if t.Kind == types.Record {
		return w.record(b, d, t, given)
	}
	if a := given["value"]; a == nil {
		c.report(errValueNotSent(b, t))
	} else {
		delete(given, "value")
		x = w.momentary(a, t)
	}
	for _, a := range b.Attrs {
		if given[a.Name] != nil {
			c.report(c.errUnknownAttr(a, d.name, []string{"value"}))
		}
	}
	return x
}

func attrsByName(b *syntax.Block) map[string]*syntax.Attr {
	given := map[string]*syntax.Attr{}
	for _, a := range b.Attrs {
		given[a.Name] = a
	}
	return given
}

// record is a record whose fields are the attributes of a block.
func (w *testWriting) record(b *syntax.Block, d *decl, t *types.Type, given map[string]*syntax.Attr) typed.Expr {
	c := w.c
	x := &typed.RecordOf{Info: c.info(b.KindRange, t)}
	x.Text = d.name
	fine := true
	for _, f := range t.Fields {
		a := given[f.Name]
		delete(given, f.Name)
		switch {
		case a != nil:
			v := w.momentary(a, f.Type)
			fine = fine && v != nil
			x.Elems = append(x.Elems, v)
		case f.Type.Kind == types.Optional:
			x.Elems = append(x.Elems, c.constOf(b.KindRange, f.Type, nil))
		case f.Default != nil:
			x.Elems = append(x.Elems, c.constOf(b.KindRange, f.Type, f.Default))
		default:
			c.report(errMissingField(t, f, b.KindRange))
			fine = false
		}
	}
	for _, a := range b.Attrs {
		if given[a.Name] != nil {
			c.report(c.errExtraField(t, a.Name, a.NameRange))
			fine = false
		}
	}
	if !fine {
		return nil
	}
	return x
}

func (w *testWriting) sendRaw(s *typed.TestStep, b *syntax.Block, d *decl) {
	c := w.c
	if isAsked(d) && fieldOfRole(d.kind, catalog.RoleDecoder) != nil && b.Attr("topic") == nil {
		s.Thing = d.thing
		s.Payload = w.needed(b, "payload", types.TString, `"{}"`)
		return
	}
	if !hears(d) {
		c.report(c.errCannot(b, d, "a thing that messages come to", hears))
		return
	}
	s.Thing = d.thing
	s.Topic = w.needed(b, "topic", types.TString, `"garden/beans/soil"`)
	s.Payload = w.needed(b, "payload", types.TString, `"{}"`)
	if k, ok := s.Topic.(*typed.Const); ok && d.pattern != nil && !topicFits(d.pattern.V.(string), k.V.(string)) {
		c.report(errTopicOutside(b.Attr("topic"), k.V.(string), d))
	}
}

// needed is an attribute that must be there.
func (w *testWriting) needed(b *syntax.Block, name string, t *types.Type, example string) typed.Expr {
	a := b.Attr(name)
	if a == nil {
		w.c.report(errStepNeeds(b, name, example))
		return nil
	}
	return w.momentary(a, t)
}

// count is a whole number of at least one; -1 where it is not given.
func (w *testWriting) count(b *syntax.Block, name string, least int64) int {
	a := b.Attr(name)
	if a == nil {
		return -1
	}
	k := w.constant(a, types.TInt)
	if k == nil {
		return -1
	}
	n := k.V.(int64)
	if n < least || n > 1<<31 {
		w.c.report(errStepCount(a, least))
		return -1
	}
	return int(n)
}

func (w *testWriting) press(s *typed.TestStep, b *syntax.Block, d *decl) {
	if !isPin(d) {
		w.c.report(w.c.errCannot(b, d, "an input on a pin", isPin))
		return
	}
	s.Thing = d.thing
	s.Times = w.count(b, "times", 1)
	if a := b.Attr("lasts"); a != nil {
		s.X = w.momentary(a, types.TDuration)
	}
	w.known = false
}

// set changes what the flow finds: a pin, the sun, an answer, or a setting.
func (w *testWriting) set(s *typed.TestStep, b *syntax.Block, d *decl) {
	c := w.c
	switch {
	case d == nil:
		s.Sun = w.setSun(b)
	case d.sort == sortSetting:
		w.setSetting(b, d)
	case isPin(d):
		s.Thing = d.thing
		w.setPin(s, b, d)
	case isDatabase(d):
		s.Thing = d.thing
		w.emptied(b)
	case isAsked(d) && !writesItself(d.thing):
		c.report(errLineNotWritten(b, d))
	case isAsked(d):
		s.Thing = d.thing
		if d.self != nil && d.self.Kind != types.Bad {
			s.X = w.content(b, d, d.self, attrsByName(b))
		}
	default:
		c.report(c.errCannot(b, d, "a setting, an input on a pin, what a thing is told when it asks, or a database", func(d *decl) bool {
			return d.sort == sortSetting || isPin(d) || isAsked(d) || isDatabase(d)
		}))
	}
}

// isDatabase reports whether a thing holds tables.
func isDatabase(d *decl) bool {
	return d.sort == sortThing && d.thing != nil && len(d.thing.Tables) > 0
}

// emptied is `rows = 0`: a database is emptied. Rows come into it as in the flow.
func (w *testWriting) emptied(b *syntax.Block) {
	for _, a := range b.Attrs {
		if a.Name != "rows" {
			w.c.report(w.c.errUnknownAttr(a, b.Kind, []string{"rows"}))
			continue
		}
		if k := w.constant(a, types.TInt); k != nil && k.V != int64(0) {
			w.c.report(errOnlyEmptied(k))
		}
	}
	if b.Attr("rows") == nil {
		w.c.report(errStepNeeds(b, "rows", "0"))
	}
}

func (w *testWriting) setPin(s *typed.TestStep, b *syntax.Block, d *decl) {
	var names []string
	for _, f := range pinLevels(d) {
		names = append(names, f.Name)
	}
	for _, a := range b.Attrs {
		if !contains(names, a.Name) {
			w.c.report(w.c.errUnknownAttr(a, d.name, names))
			continue
		}
		if s.Output != nil {
			w.c.report(errOnePin(a, d))
			continue
		}
		s.Output = outputField(d.kind, a.Name)
		s.X = w.momentary(a, types.TBool)
	}
	if len(b.Attrs) == 0 {
		w.c.report(errStepNeeds(b, names[0], "on"))
	}
	w.known = false // the level has to hold for a moment before it counts
}

func (w *testWriting) setSetting(b *syntax.Block, d *decl) {
	a := b.Attr("value")
	for _, other := range b.Attrs {
		if other != a {
			w.c.report(w.c.errUnknownAttr(other, "set", []string{"value"}))
		}
	}
	if a == nil {
		w.c.report(errStepNeeds(b, "value", exampleOf(d.setting.Type)))
		return
	}
	if w.begun {
		w.c.report(errSettingLate(b, d))
		return
	}
	t := d.setting.Type
	if t.Kind == types.Secret {
		t = types.TString
	}
	if k := w.constant(a, t); k != nil {
		w.t.Settings = append(w.t.Settings, typed.TestSetting{Setting: d.setting, V: k.V})
	}
}

func (w *testWriting) advance(s *typed.TestStep, b *syntax.Block, _ *decl) {
	by, to := b.Attr("by"), b.Attr("to")
	switch {
	case by != nil && to != nil:
		w.c.report(errByAndTo(by, to))
	case by != nil:
		w.advanceBy(s, by)
	case to != nil:
		w.advanceTo(s, to)
	default:
		w.c.report(errStepNeeds(b, "by", "10.min"))
	}
}

func (w *testWriting) advanceBy(s *typed.TestStep, a *syntax.Attr) {
	s.X = w.momentary(a, types.TDuration)
	k, ok := s.X.(*typed.Const)
	switch {
	case s.X == nil:
	case !ok:
		w.known = false
	case k.V.(time.Duration) <= 0:
		w.c.report(errNotForward(a))
	default:
		w.now = w.now.Add(k.V.(time.Duration))
	}
}

func (w *testWriting) advanceTo(s *typed.TestStep, a *syntax.Attr) {
	text, ok := w.text(a)
	if !ok {
		return
	}
	to, ok := w.moment(a, text)
	if !ok {
		return
	}
	if w.known && to.Before(w.now) {
		w.c.report(errPast(a, w.now.In(w.location())))
	}
	s.To, w.now, w.known = to, to, w.round == nil
}

func (w *testWriting) fail(s *typed.TestStep, b *syntax.Block, d *decl) {
	if d.sort != sortThing || d.kind == nil || outputField(d.kind, "failed") == nil {
		w.c.report(w.c.errCannot(b, d, "a thing that can fail", func(d *decl) bool {
			return d.sort == sortThing && d.kind != nil && outputField(d.kind, "failed") != nil
		}))
		return
	}
	s.Thing = d.thing
	if a := b.Attr("status"); a != nil {
		s.X = w.momentary(a, types.TInt)
		return
	}
	s.Times = w.count(b, "times", 1)
	s.Message = "failed by the test"
	if a := b.Attr("message"); a != nil {
		if text, ok := w.text(a); ok {
			s.Message = text
		}
	}
}

func (w *testWriting) connect(s *typed.TestStep, b *syntax.Block, d *decl) {
	if !isConnection(d) {
		w.c.report(w.c.errCannot(b, d, "a connection", isConnection))
		return
	}
	s.Thing = d.thing
}

func (w *testWriting) restart(s *typed.TestStep, b *syntax.Block, _ *decl) {
	if a := b.Attr("after"); a != nil {
		s.X = w.momentary(a, types.TDuration)
		w.known = false
	}
}

func (w *testWriting) repeat(s *typed.TestStep, b *syntax.Block, _ *decl) {
	if b.Attr("times") == nil {
		w.c.report(errStepNeeds(b, "times", "60"))
	}
	s.Times = w.count(b, "times", 1)
	outer, locals := w.round, w.c.scope.locals
	if a := b.Attr("every"); a != nil {
		s.Every = w.momentary(a, types.TDuration)
		if k, ok := s.Every.(*typed.Const); ok && k.V.(time.Duration) <= 0 {
			w.c.report(errNotForward(a))
		}
	}
	s.It = &typed.Local{Name: "it", Type: types.TInt}
	w.round, w.known = s.It, false
	w.c.scope.locals = &local{name: "it", v: s.It, next: locals}
	s.Steps = w.steps(b)
	w.round, w.c.scope.locals = outer, locals
}

// openPattern reports whether a topic has levels that stand for any, beside those
// that have a name.
func openPattern(pattern string) bool {
	for _, level := range strings.Split(pattern, "/") {
		if level == "+" || level == "#" {
			return true
		}
	}
	return false
}

// topicFits reports whether a message on a topic comes to who listens to a pattern.
func topicFits(pattern, topic string) bool {
	return topic != "" && !strings.ContainsAny(topic, "+#") && topicsMeet(strings.Split(topic, "/"), filterOf(pattern))
}
