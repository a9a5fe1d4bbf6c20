package check

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"strings"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// send is a message that comes to a source, as a record of its type.
func (w *testWriting) send(s *typed.TestStep, b *syntax.Block, d *decl) {
	c := w.c
	if !hears(d) {
		c.report(c.errCannot(b, d, "a thing that messages come to", hears))
		return
	}
	s.Thing = d.thing
	if d.thing.Param == nil || d.thing.Param.Kind == types.Bad || d.self != nil && d.self.Kind == types.Bad {
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
	switch {
	case t.Kind == types.Record:
		return w.record(b, d, t, given)
	case t.Kind == types.Variant && given["value"] == nil:
		return w.oneCase(b, d, t, given)
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

// oneCase is a variant by one of its cases: `dim = { level = 30.pct }`, `open = {}`.
func (w *testWriting) oneCase(b *syntax.Block, d *decl, t *types.Type, given map[string]*syntax.Attr) typed.Expr {
	c := w.c
	var chosen *syntax.Attr
	for _, a := range b.Attrs {
		_, is := t.Field(a.Name)
		switch {
		case given[a.Name] == nil: // a capture, or the topic
		case !is:
			c.report(c.errUnknownAttr(a, d.name, append(t.Cases(), "value")))
			return nil
		case chosen != nil:
			c.report(errTwoCases(a, chosen))
			return nil
		default:
			chosen = a
		}
	}
	if chosen == nil {
		c.report(errNoCaseSent(b, t))
		return nil
	}
	data := t.CaseType(chosen.Name)
	if data.Kind == types.Nothing {
		if o, ok := chosen.Expr.(*hclsyntax.ObjectConsExpr); !ok || len(o.Items) > 0 {
			c.report(errCaseHoldsNothing(chosen))
			return nil
		}
		return c.madeCase(chosen.Expr.Range(), t, chosen.Name, c.constOf(chosen.Expr.Range(), data, nil))
	}
	x := w.momentary(chosen, data)
	if x == nil {
		return nil
	}
	return c.madeCase(chosen.Expr.Range(), t, chosen.Name, x)
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
