package check

import (
	"slices"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// expect is a condition that must hold at this moment.
func (w *testWriting) expect(s *typed.TestStep, b *syntax.Block, _ *decl) {
	w.asks = true
	if a := b.Attr("message"); a != nil {
		s.Message, _ = w.text(a)
	}
	a := b.Attr("that")
	if a == nil {
		w.c.report(errStepNeeds(b, "that", "pump.on"))
		return
	}
	s.Range = a.Expr.Range()
	s.X = w.momentary(a, types.TBool)
	if k, ok := s.X.(*typed.Const); ok && s.X != nil {
		w.c.report(errCannotFail(a, k.V == true))
	}
}

// expectSent is about what a sink has sent since the test last looked at it.
func (w *testWriting) expectSent(s *typed.TestStep, b *syntax.Block, d *decl) {
	w.asks = true
	if !sends(d) {
		w.c.report(w.c.errCannot(b, d, "a thing that sends or shows something", sends))
		return
	}
	s.Thing = d.thing
	s.Times = w.count(b, "times", 1)
	for _, a := range b.Attrs {
		if a.Name != "times" {
			if want := w.want(a, d); want != nil {
				s.Wants = append(s.Wants, *want)
			}
		}
	}
}

// want is one attribute of expect_sent: the topic, the text as it goes out, the whole
// under the thing's own word for it (`send`, `on`), or a field of the record that is sent.
func (w *testWriting) want(a *syntax.Attr, d *decl) *typed.Want {
	out := &typed.Want{Range: a.Expr.Range()}
	var t *types.Type
	shot := shotField(d.kind)
	topic := topicField(d.kind)
	switch {
	case topic != nil && a.Name == topic.Name:
		out.Sort, t = typed.WantTopic, types.TString
	case topic != nil && a.Name == "payload":
		out.Sort, t = typed.WantText, types.TString
	case shot != nil && a.Name == shot.Name && shot.Role == catalog.RoleShow:
		out.Sort, t = typed.WantText, types.TString
	case shot != nil && a.Name == shot.Name && sentType(d.thing).Kind != types.Bad:
		out.Sort, t = typed.WantWhole, sentType(d.thing)
	case d.thing.Table != nil:
		out.Sort = typed.WantColumn
		out.Column = slices.IndexFunc(d.thing.Table.Row.Fields, func(f types.Field) bool { return f.Name == a.Name })
		if out.Column < 0 {
			w.c.report(w.c.errUnknownWant(a, d, w.wants(d)))
			return nil
		}
		out.Field = d.thing.Table.Row.Fields[out.Column]
		t = out.Field.Type
	default:
		f, ok := recordType(sentType(d.thing)).Field(a.Name)
		if !ok {
			w.c.report(w.c.errUnknownWant(a, d, w.wants(d)))
			return nil
		}
		out.Sort, out.Field, t = typed.WantField, f, f.Type
	}
	if out.X = w.momentary(a, t); out.X == nil {
		return nil
	}
	return out
}

// sentType is the type of what a sink sends, Bad where that is not known.
func sentType(t *typed.Thing) *types.Type {
	switch {
	case t.Sent != nil:
		return t.Sent
	case t.Param != nil:
		return t.Param
	}
	return types.TBad
}

// wants are the names that expect_sent knows for a sink.
func (w *testWriting) wants(d *decl) (names []string) {
	if f := topicField(d.kind); f != nil {
		names = append(names, f.Name, "payload")
	}
	if f := shotField(d.kind); f != nil {
		names = append(names, f.Name)
	}
	sent := recordType(sentType(d.thing))
	if d.thing.Table != nil {
		names, sent = nil, d.thing.Table.Row
	}
	for _, f := range sent.Fields {
		names = append(names, f.Name)
	}
	return append(names, "times")
}

// shotField is what a thing sends or shows: what is commanded, for an actuator that is
// far away.
func shotField(k *catalog.Kind) *catalog.Field {
	for _, f := range k.Fields {
		if f.Role == catalog.RoleShot || f.Role == catalog.RoleShow || f.Role == catalog.RoleDrive && commands(k) {
			return f
		}
	}
	return nil
}

// commands reports whether an actuator is commanded by messages.
func commands(k *catalog.Kind) bool { return k.Decides && topicField(k) != nil }

// topicField is the topic that a thing publishes on.
func topicField(k *catalog.Kind) *catalog.Field {
	for _, f := range k.Fields {
		if f.Tags["topic"] == "out" {
			return f
		}
	}
	return nil
}

func (w *testWriting) expectNothing(s *typed.TestStep, b *syntax.Block, d *decl) {
	w.asks = true
	if !sends(d) {
		w.c.report(w.c.errCannot(b, d, "a thing that sends or shows something", sends))
		return
	}
	s.Thing = d.thing
}

// expectFault is about the faults of a thing, of an equation, or of anything, since
// the test last looked at them.
func (w *testWriting) expectFault(s *typed.TestStep, b *syntax.Block, d *decl) {
	w.asks = true
	if d != nil {
		s.Thing, s.Eq = d.thing, d.eq
		if d.sort != sortThing && d.sort != sortEquation {
			w.c.report(w.c.errCannot(b, d, "a thing or an equation", func(d *decl) bool { return d.sort == sortThing || d.sort == sortEquation }))
			return
		}
	}
	s.Times = w.count(b, "times", 1)
	if a := b.Attr("message"); a != nil {
		if k := w.constant(a, types.TString); k != nil {
			s.Message = k.V.(string)
			s.Wants = append(s.Wants, typed.Want{Sort: typed.WantMessage, X: k, Range: a.Expr.Range()})
		}
	}
}
