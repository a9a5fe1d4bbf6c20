package check

import (
	"time"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

const nanosecond = time.Nanosecond

// level types an input that needs something that is.
func (w *wiring) level(f *catalog.Field, a *syntax.Attr) {
	want := w.inputType(f)
	x := w.c.expr(a.Expr, want)
	if isBad(x) || want.Kind == types.Bad {
		return
	}
	b := x.Base()
	label := "`" + f.Name + "`"
	switch {
	case onlyFails(b.Type):
		w.c.report(errOpenType(x))
		return
	case b.Type.Kind == types.Optional && want.Kind != types.Optional:
		w.c.report(w.c.errMissingHanded(x))
		return
	case b.Shape == types.Event:
		w.c.report(w.c.errEventAsValue(x, label, a.NameRange, want))
		return
	}
	if _, ok := convertible(b.Type, want); !ok {
		w.c.report(w.c.errWrongType(x, want, label, a.NameRange))
		return
	}
	if b.Key.Keyed() {
		w.c.report(w.c.errManyValues(x))
		return
	}
	w.c.moving(x)
	w.t.Inputs = append(w.t.Inputs, &typed.Input{Field: f, X: w.c.convert(x, want), Pos: pos(a.Range)})
}

// inputType is the type that an input takes, Bad where its own type decides.
func (w *wiring) inputType(f *catalog.Field) *types.Type {
	if f.Type == nil || f.Role == catalog.RoleShow {
		return types.TBad
	}
	return w.c.catalogType(f.Type, w.bind, f.Tags["unit"])
}

// input types what is sent, shown, or worked out with each shot.
func (w *wiring) input(f *catalog.Field, a *syntax.Attr) {
	want := w.inputType(f)
	hint := want
	if want.Kind == types.Bad {
		hint = nil
	}
	x := w.c.expr(a.Expr, hint)
	if isBad(x) {
		w.failed = true
		return
	}
	if !w.inputFits(f, a, x, want) {
		w.failed = true
		return
	}
	if f.Tags["once"] != "" && x.Base().Shape == types.Constant {
		w.c.report(errSameKey(x, a))
	}
	if want.Kind != types.Bad && x.Base().Type.Kind != types.Secret {
		x = w.c.convert(x, want)
	}
	switch {
	case f.Tags["topic"] != "":
		x = w.topicText(x, a)
	case f.Tags["url"] != "":
		x = w.contextText("url", x, a)
	case f.Tags["text"] == "html":
		x = w.contextText("html", x, a)
	}
	in := &wired{attr: a, field: f, x: x}
	w.t.Inputs = append(w.t.Inputs, &typed.Input{Field: f, X: x, Pos: pos(a.Range)})
	switch {
	case f.Role == catalog.RoleEach:
		w.each = append(w.each, in)
	case f.Role == catalog.RoleAnswer:
		w.each = append(w.each, in)
		w.param(f, x)
	default:
		w.shot = in
		w.param(f, x)
	}
}

func (w *wiring) inputFits(f *catalog.Field, a *syntax.Attr, x typed.Expr, want *types.Type) bool {
	t := x.Base().Type
	label := "`" + f.Name + "`"
	switch {
	case t.Kind != types.Null && open(t):
		w.c.report(errOpenType(x))
		return false
	case t.Kind == types.Secret && f.Tags["secret"] == "" || t.Kind == types.Null:
		w.c.report(w.c.errCannotSend(x, label, a.NameRange))
		return false
	case t.Kind == types.Secret:
		return true
	case want.Kind == types.Bad && t.Kind == types.Nothing && f.Role != catalog.RoleShow:
		w.c.report(w.c.errNothingToSend(x, a, w.d))
		return false
	case want.Kind == types.Bad && t.Kind == types.Optional && f.Role != catalog.RoleShow:
		w.c.report(w.c.errMissingHanded(x))
		return false
	case want.Kind == types.Bad:
		return true
	case t.Kind == types.Optional && want.Kind != types.Optional:
		w.c.report(w.c.errMissingHanded(x))
		return false
	}
	if _, ok := convertible(t, want); !ok {
		w.c.report(w.c.errWrongType(x, want, label, a.NameRange))
		return false
	}
	return true
}

// param lets what is sent decide about the kind's type parameter.
func (w *wiring) param(f *catalog.Field, x typed.Expr) {
	if f.Type == nil || f.Type.Name != "param" {
		return
	}
	t := w.spelled(x)
	if len(w.d.kind.TypeParams) > 1 && f.Type.Ref == w.d.kind.TypeParams[1] {
		w.t.Sent = t
		return
	}
	w.t.Param = t
	switch t.Kind {
	case types.String:
		w.t.Codec = typed.RawText
	case types.Bytes:
		w.t.Codec = typed.RawBytes
	case types.Record, types.List, types.Map, types.Variant, types.JSON:
		w.t.Codec = typed.JSON
	default:
		w.t.Codec = typed.Text
	}
}

// topicText guards what is put between the slashes of a topic.
func (w *wiring) topicText(x typed.Expr, a *syntax.Attr) typed.Expr {
	switch x := x.(type) {
	case *typed.Const:
		w.c.constantTopic(x, a)
	case *typed.Template:
		for n, p := range x.Parts {
			if p.Base().Shape == types.Constant {
				continue // written here, or by who starts the program
			}
			i := *p.Base()
			i.Fallible = true
			x.Parts[n] = &typed.TopicPart{Info: i, X: p}
		}
	}
	return x
}

// constantTopic refuses a topic that no broker takes.
func (c *checker) constantTopic(k *typed.Const, a *syntax.Attr) {
	s, ok := k.V.(string)
	if !ok {
		return
	}
	for _, r := range s {
		if r == '+' || r == '#' || r == 0 {
			c.report(errTopicWildcard(a, s))
			return
		}
	}
	if s == "" {
		c.report(errTopicEmpty(a))
	}
}

// patternSetting gives the kind its constant pattern.
func (w *wiring) patternSetting(f *catalog.Field, a *syntax.Attr) {
	x := w.c.patternText(w.d, f, a)
	if x != nil {
		w.t.Settings = append(w.t.Settings, &typed.Set{Field: f, X: x, Pos: pos(a.Range)})
	}
}
