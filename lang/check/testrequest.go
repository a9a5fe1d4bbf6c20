package check

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// requestMethods are the settings that say how and where a client asks, as in a route.
var requestMethods = []string{"get", "post", "put", "patch", "delete"}

// isAnswering reports whether a thing gives replies that the flow works out.
func isAnswering(d *decl) bool {
	return d.sort == sortThing && d.kind != nil && answers(d.kind) && fieldOfRole(d.kind, catalog.RoleSelf) != nil
}

// request is a client's request and what its reply must be: of a route by its name, or
// of whatever answers at a path.
func (w *testWriting) request(s *typed.TestStep, b *syntax.Block, d *decl) {
	c := w.c
	w.asks = true
	s.Request = &typed.Request{}
	given := attrsByName(b)
	var reply *types.Type
	switch {
	case d == nil:
		w.requestAt(s, b, given)
	case !isAnswering(d):
		c.report(c.errCannot(b, d, "a route that gives a reply", isAnswering))
		return
	default:
		s.Thing, reply = d.thing, d.thing.Sent
		w.requestOf(s, b, d, given)
	}
	if a := taken(given, "status"); a != nil {
		s.Request.Status = w.momentary(a, types.TInt)
	}
	if a := taken(given, "within"); a != nil {
		s.Request.Within = w.momentary(a, types.TDuration)
		w.known = false
	}
	if a := taken(given, "reply"); a != nil {
		w.reply(s, a, reply)
	}
	for _, a := range b.Attrs {
		if given[a.Name] != nil {
			c.report(c.errUnknownAttr(a, b.Kind, requestNames(d)))
		}
	}
}

// taken takes an attribute out of those that are left.
func taken(given map[string]*syntax.Attr, name string) *syntax.Attr {
	a := given[name]
	delete(given, name)
	return a
}

// requestNames are the attributes of a request.
func requestNames(d *decl) (names []string) {
	if d == nil {
		names = append(names, requestMethods...)
		names = append(names, "body")
	} else if p := d.thing.Param; p != nil {
		for _, f := range p.Fields {
			names = append(names, f.Name)
		}
	}
	return append(names, "status", "reply", "within")
}

// requestAt is a request at a path that is written out.
func (w *testWriting) requestAt(s *typed.TestStep, b *syntax.Block, given map[string]*syntax.Attr) {
	var at *syntax.Attr
	for _, m := range requestMethods {
		a := taken(given, m)
		switch {
		case a == nil:
		case at != nil:
			w.c.report(errTwoMethods(a, at))
		default:
			at = a
			s.Request.Method = strings.ToUpper(m)
			if x := w.momentary(a, types.TString); x != nil {
				s.Request.Path = []typed.PathPiece{{X: x}}
			}
			if k, ok := a.Expr.(*hclsyntax.TemplateExpr); ok && k.IsStringLiteral() {
				if text, _ := literalText(k); !strings.HasPrefix(text, "/") {
					w.c.report(errPath(a, "a path begins with `/`"))
				}
			}
		}
	}
	if at == nil {
		w.c.report(errStepNeeds(b, "get", `"/api/state"`))
	}
	if a := taken(given, "body"); a != nil {
		s.Request.Body = w.freely(a)
	}
}

// requestOf is a request of a route: its captures, its query and its body, each of the
// type that the route declares.
func (w *testWriting) requestOf(s *typed.TestStep, b *syntax.Block, d *decl, given map[string]*syntax.Attr) {
	for _, f := range d.kind.Fields {
		if f.Role == catalog.RolePath && d.block.Attr(f.Name) != nil {
			s.Request.Method = strings.ToUpper(f.Name)
		}
	}
	if d.pattern == nil {
		return
	}
	text := ""
	for i, level := range strings.Split(d.pattern.V.(string), "/") {
		if i > 0 {
			text += "/"
		}
		name, capture := strings.CutPrefix(level, "{")
		if !capture {
			text += level
			continue
		}
		name = strings.TrimSuffix(name, "}")
		s.Request.Path = append(s.Request.Path, typed.PathPiece{Text: text})
		text = ""
		if a := taken(given, name); a == nil {
			w.c.report(errStepNeeds(b, name, `"kitchen"`))
		} else if x := w.momentary(a, types.TString); x != nil {
			s.Request.Path = append(s.Request.Path, typed.PathPiece{X: x})
		}
	}
	s.Request.Path = append(s.Request.Path, typed.PathPiece{Text: text})
	for _, f := range d.kind.Fields {
		if f.Role == catalog.RolePart && d.thing.Param != nil {
			w.part(s, b, d, f, given)
		}
	}
}

// part is the query or the body of a request.
func (w *testWriting) part(s *typed.TestStep, b *syntax.Block, d *decl, f *catalog.Field, given map[string]*syntax.Attr) {
	field, declared := d.thing.Param.Field(f.Name)
	if !declared {
		return // told as an attribute that the route does not have
	}
	a := taken(given, f.Name)
	switch {
	case f.Tags["part"] == "query":
		w.query(s, b, field, a)
	case a == nil:
		w.c.report(errStepNeeds(b, f.Name, exampleOf(field.Type)))
	default:
		s.Request.Body = w.momentary(a, field.Type)
	}
}

// query has the fields that are given; the others are left out, as a client may.
func (w *testWriting) query(s *typed.TestStep, b *syntax.Block, field types.Field, a *syntax.Attr) {
	given := map[string]*syntax.Attr{}
	if a != nil {
		for _, item := range w.items(a) {
			given[item.Name] = item
		}
	}
	fine := true
	if a != nil {
		for _, item := range w.items(a) {
			if _, ok := field.Type.Field(item.Name); !ok {
				w.c.report(w.c.errExtraField(field.Type, item.Name, item.NameRange))
				fine = false
			}
		}
	}
	for _, f := range field.Type.Fields {
		item := given[f.Name]
		switch {
		case item != nil:
			if x := w.momentary(item, elemOrSelf(f.Type)); x != nil {
				s.Request.Query = append(s.Request.Query, typed.QueryField{Name: wireOf(f), X: x})
			}
		case fine && f.Type.Kind != types.Optional && f.Default == nil:
			w.c.report(errMissingField(field.Type, f, b.KindRange))
		}
	}
}

func wireOf(f types.Field) string {
	if f.Wire != "" {
		return f.Wire
	}
	return f.Name
}

// items are the fields of an object, as attributes.
func (w *testWriting) items(a *syntax.Attr) (list []*syntax.Attr) {
	o, ok := a.Expr.(*hclsyntax.ObjectConsExpr)
	if !ok {
		return nil
	}
	for _, item := range o.Items {
		if name, at := w.c.objectKey(item.KeyExpr); name != "" {
			list = append(list, &syntax.Attr{Name: name, NameRange: at, Expr: item.ValueExpr})
		}
	}
	return list
}

// reply is what the reply must be: the fields that are named of an object, a text with
// `*` for any text, or the whole of anything else.
func (w *testWriting) reply(s *typed.TestStep, a *syntax.Attr, t *types.Type) {
	known := t != nil && t.Kind != types.Bad && t.Kind != types.Nothing
	if _, object := a.Expr.(*hclsyntax.ObjectConsExpr); object && (!known || t.Kind == types.Record) {
		for _, item := range w.items(a) {
			w.replyField(s, item, t, known)
		}
		return
	}
	want := typed.Want{Sort: typed.WantWhole, Range: a.Expr.Range()}
	if known {
		want.X = w.momentary(a, t)
	} else {
		want.X = w.freely(a)
	}
	if want.X == nil {
		return
	}
	if want.X.Base().Type.Kind == types.String {
		want.Sort = typed.WantText
	}
	s.Wants = append(s.Wants, want)
}

func (w *testWriting) replyField(s *typed.TestStep, a *syntax.Attr, t *types.Type, known bool) {
	want := typed.Want{Sort: typed.WantField, Range: a.Expr.Range(), Field: types.Field{Name: a.Name}}
	if known {
		f, ok := t.Field(a.Name)
		if !ok {
			w.c.report(w.c.errExtraField(t, a.Name, a.NameRange))
			return
		}
		want.Field, want.X = f, w.momentary(a, f.Type)
	} else if want.X = w.freely(a); want.X != nil {
		want.Field.Type = want.X.Base().Type
	}
	if want.X != nil {
		s.Wants = append(s.Wants, want)
	}
}

// freely types an expression of any type that can be sent; nil after an error.
func (w *testWriting) freely(a *syntax.Attr) typed.Expr {
	x := w.c.expr(a.Expr, nil)
	if isBad(x) || !w.still(x, types.TBad, a) {
		return nil
	}
	if t := x.Base().Type; t.Is(types.Nothing, types.Secret, types.Null) {
		w.c.report(w.c.errCannotSend(x, "`"+a.Name+"`", a.NameRange))
		return nil
	}
	return x
}
