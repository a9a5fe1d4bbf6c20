package check

import (
	"time"

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
		{sort: typed.StepStored, free: true, read: (*testWriting).stored},
		{sort: typed.StepRequest, thing: true, loose: true, free: true, read: (*testWriting).request},
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
		w.c.report(errStepCount(b, a, least))
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
