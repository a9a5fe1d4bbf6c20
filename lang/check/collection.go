package check

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// list is `[a, b]`.
func (c *checker) list(e *hclsyntax.TupleConsExpr, want *types.Type) typed.Expr {
	var elem *types.Type
	if want != nil && want.Kind == types.Optional {
		want = want.Elem
	}
	if want != nil && want.Kind == types.List {
		elem = want.Elem
	}
	x := &typed.ListOf{}
	common := elem
	for n, node := range e.Exprs {
		v := c.expr(node, common)
		if isBad(v) {
			return c.bad(e.Range())
		}
		x.Elems = append(x.Elems, v)
		if common == nil || n == 0 && elem == nil {
			common = v.Base().Type
			continue
		}
		u := unifyTypes(common, v.Base().Type)
		if u == nil {
			c.report(c.errListElement(x.Elems[0], v, common))
			return c.bad(e.Range())
		}
		common = u
	}
	if common == nil {
		common = types.TNull
	}
	for n := range x.Elems {
		x.Elems[n] = c.convert(x.Elems[n], common)
	}
	x.Info = c.info(e.Range(), types.ListOf(common))
	return c.finish(x, x.Elems...)
}

// object is `{ a = x }`: a record, of the wanted form if there is one.
func (c *checker) object(e *hclsyntax.ObjectConsExpr, want *types.Type) typed.Expr {
	if want != nil && want.Kind == types.Optional {
		want = want.Elem
	}
	if want != nil && want.Kind != types.Record && want.Kind != types.Map {
		want = nil
	}
	r := e.Range()
	t := &types.Type{Kind: types.Record, Origin: types.Origin{Range: r, Text: "`" + c.text(r) + "`"}}
	var elems []typed.Expr
	places := map[string]rangeT{}
	ok := true
	for _, item := range e.Items {
		name, at := c.objectKey(item.KeyExpr)
		if name == "" {
			c.report(errObjectKey(at))
			ok = false
			continue
		}
		if first, twice := places[name]; twice {
			c.report(errKeyTwice(name, at, first))
			ok = false
			continue
		}
		places[name] = at
		x := c.expr(item.ValueExpr, fieldWanted(want, name))
		if isBad(x) {
			ok = false
			continue
		}
		elems = append(elems, x)
		t.Fields = append(t.Fields, types.Field{Name: name, Type: x.Base().Type, Range: at})
	}
	if !ok {
		return c.bad(r)
	}
	x := &typed.RecordOf{Info: c.info(r, t), Elems: elems}
	switch {
	case want != nil && want.Kind == types.Record:
		return c.shapeRecord(x, want, elems, places)
	case want != nil:
		return c.mapLiteral(x, want)
	case !namedFields(t):
		return c.mapLiteral(x, types.MapOf(types.TBad))
	}
	return c.finish(x, elems...)
}

func fieldWanted(want *types.Type, name string) *types.Type {
	if want == nil {
		return nil
	}
	if want.Kind == types.Map {
		return want.Elem
	}
	if f, ok := want.Field(name); ok {
		return f.Type
	}
	return nil
}

// objectKey is the name that a key of an object gives.
func (c *checker) objectKey(e hclsyntax.Expression) (string, rangeT) {
	if name := hcl.ExprAsKeyword(e); name != "" {
		return name, e.Range()
	}
	k, ok := e.(*hclsyntax.ObjectConsKeyExpr)
	if !ok {
		return "", e.Range()
	}
	if t, ok := k.Wrapped.(*hclsyntax.TemplateExpr); ok && t.IsStringLiteral() {
		return t.Parts[0].(*hclsyntax.LiteralValueExpr).Val.AsString(), e.Range()
	}
	return "", e.Range()
}

// shapeRecord brings a written record to the form that is wanted: exactly its
// fields, those that may be missing left out.
func (c *checker) shapeRecord(x *typed.RecordOf, want *types.Type, elems []typed.Expr, places map[string]rangeT) typed.Expr {
	have := x.Type
	for _, f := range have.Fields {
		if _, ok := want.Field(f.Name); !ok {
			c.report(c.errExtraField(want, f.Name, places[f.Name]))
			return c.bad(x.Range)
		}
	}
	out := &typed.RecordOf{Info: x.Info}
	out.Type = types.Doubt(want, have)
	for _, f := range want.Fields {
		v := elementOf(have, elems, f.Name)
		switch {
		case v == nil && f.Type.Kind == types.Optional:
			v = c.constOf(x.Range, f.Type, nil)
		case v == nil:
			c.report(errMissingField(want, f, x.Range))
			return c.bad(x.Range)
		default:
			if _, ok := convertible(v.Base().Type, f.Type); !ok {
				c.report(c.errWrongType(v, f.Type, "`"+f.Name+"`", places[f.Name]))
				return c.bad(x.Range)
			}
			v = c.convert(v, f.Type)
		}
		out.Elems = append(out.Elems, v)
	}
	return c.finish(out, out.Elems...)
}

func elementOf(t *types.Type, elems []typed.Expr, name string) typed.Expr {
	for n, f := range t.Fields {
		if f.Name == name {
			return elems[n]
		}
	}
	return nil
}

// indexExpr is `a[k]` with a key that is worked out.
func (c *checker) indexExpr(e *hclsyntax.IndexExpr) typed.Expr {
	x := c.expr(e.Collection, nil)
	if o := keyParts(x, e.Key); o != nil {
		return c.pickParts(x, o, e.Range())
	}
	k := c.plain(e.Key, c.keyWanted(x))
	if anyBad(x, k) {
		return c.bad(e.Range())
	}
	return c.index(x, k, e.Range())
}

// index is an element of a list, an entry of a map, or one key of a keyed wire.
func (c *checker) index(x, k typed.Expr, r rangeT) typed.Expr {
	b := x.Base()
	if b.Type.Kind == types.Optional && b.Type.Elem.Is(types.List, types.Map) {
		c.report(c.errMissing(x, "["+k.Base().Text+"]"))
		return c.bad(r)
	}
	switch b.Type.Kind {
	case types.List:
		return c.listIndex(x, k, r)
	case types.Map:
		return c.mapIndex(x, k, r)
	}
	if b.Key.Keyed() {
		return c.pick(x, k, r)
	}
	if kc, ok := constant(k); ok && recordType(b.Type).Kind == types.Record && kc.Type.Kind == types.String {
		return c.attribute(x, hcl.TraverseAttr{Name: kc.V.(string), SrcRange: c.unquoted(k.Base().Range)}, r)
	}
	c.report(c.errNoElements(x, r))
	return c.bad(r)
}

func (c *checker) listIndex(x, k typed.Expr, r rangeT) typed.Expr {
	t := x.Base().Type
	if k.Base().Type.Kind != types.Int {
		c.report(errIndexType(k, "a whole number: the first element is number 0"))
		return c.bad(r)
	}
	n, isConst := constant(k)
	if isConst && n.V.(int64) < 0 {
		c.report(errNegativeIndex(k))
		return c.bad(r)
	}
	if isConst {
		if length, known := lengthOf(x); known {
			if n.V.(int64) >= int64(length) {
				c.report(errOutside(k, x, length))
				return c.bad(r)
			}
			return c.finish(&typed.Index{Info: c.info(r, t.Elem), X: x, I: k, Sure: true}, x, k)
		}
	}
	return c.maybeElement(&typed.Index{Info: c.info(r, types.OptionalOf(t.Elem)), X: x, I: k}, x, k)
}

// maybeElement finishes an index; where it is known that the element is there, it
// is read as such. An element that may be missing itself is missing once.
func (c *checker) maybeElement(i *typed.Index, x, k typed.Expr) typed.Expr {
	done := c.finish(i, x, k)
	if t := i.Type.Elem; t.Kind == types.Optional && !isBad(done) {
		none := c.constOf(i.Range, t, nil)
		done = c.finish(&typed.Default{Info: c.info(i.Range, t), X: done, D: none}, done)
	}
	if !isBad(done) && c.scope.facts.has(pathOf(done)) {
		return c.unwrap(done)
	}
	return done
}

// lengthOf is the number of elements of a list that is written out.
func lengthOf(x typed.Expr) (int, bool) {
	switch x := x.(type) {
	case *typed.ListOf:
		return len(x.Elems), true
	case *typed.Const:
		if l, ok := x.V.([]any); ok {
			return len(l), true
		}
	}
	return 0, false
}

func (c *checker) mapIndex(x, k typed.Expr, r rangeT) typed.Expr {
	t := x.Base().Type
	if k.Base().Type.Kind != types.String {
		c.report(errIndexType(k, "a text"))
		return c.bad(r)
	}
	if m, ok := constant(x); ok {
		if name, ok := constant(k); ok {
			if _, there := m.V.(map[string]any)[name.V.(string)]; there {
				return c.finish(&typed.Index{Info: c.info(r, t.Elem), X: x, I: k, Sure: true}, x, k)
			}
			c.report(errNoEntry(name, m))
			return c.bad(r)
		}
	}
	return c.maybeElement(&typed.Index{Info: c.info(r, types.OptionalOf(t.Elem)), X: x, I: k}, x, k)
}
