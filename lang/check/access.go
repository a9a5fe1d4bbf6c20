package check

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

func stepRange(a hcl.TraverseAttr) rangeT {
	r := a.SrcRange
	if r.End.Byte-r.Start.Byte > len(a.Name) { // the dot belongs to the range
		r.Start.Byte++
		r.Start.Column++
	}
	return r
}

// access reads fields, keys and elements of x, step by step.
func (c *checker) access(x typed.Expr, steps []hcl.Traverser, whole rangeT) typed.Expr {
	x = c.narrowed(x)
	for _, s := range steps {
		if isBad(x) {
			return c.bad(whole)
		}
		r := hcl.RangeBetween(x.Base().Range, s.SourceRange())
		switch s := s.(type) {
		case hcl.TraverseAttr:
			if s.Name == "meta" && len(steps) > 1 {
				if m := c.meta(x, steps[1:], r, whole); m != nil {
					return m
				}
			}
			x = c.attribute(x, s, r)
		case hcl.TraverseIndex:
			x = c.indexConst(x, s, r)
		default:
			return c.bad(whole)
		}
		steps = steps[1:]
	}
	return x
}

// attribute is `.name` of an expression.
func (c *checker) attribute(x typed.Expr, s hcl.TraverseAttr, r rangeT) typed.Expr {
	b := x.Base()
	if isVariant(b.Type) {
		if out := c.caseOrField(x, s, r); out != nil {
			return out
		}
	}
	if f, ok := recordType(b.Type).Field(s.Name); ok {
		if b.Type.Kind == types.Optional {
			c.report(c.errMissing(x, "."+s.Name))
			return c.bad(r)
		}
		return c.field(x, f, r)
	}
	if s.Name == "time" && b.Shape.Happens() {
		t := &typed.TimeOf{Info: c.info(r, types.TTime), X: x}
		return c.finish(t, x)
	}
	if b.Key.Keyed() {
		if t := keyPart(b.Key, s.Name, c.captureType(x, s.Name)); t != nil {
			k := &typed.KeyOf{Info: c.info(r, t), X: x, Name: s.Name}
			return c.finish(k, x)
		}
	}
	if b.Type.Kind == types.Optional {
		c.report(c.errMissing(x, "."+s.Name))
		return c.bad(r)
	}
	c.report(c.errNoField(x, s, r))
	return c.bad(r)
}

func recordType(t *types.Type) *types.Type {
	if t.Kind == types.Optional {
		t = t.Elem
	}
	if t.Is(types.Date, types.TimeOfDay) {
		return &types.Type{Kind: types.Record, Fields: t.Fields}
	}
	if t.Kind != types.Record {
		return types.TBad
	}
	return t
}

// keyPart is the type of a capture, or nil if the key has none of that name.
func keyPart(k types.Key, name string, t *types.Type) *types.Type {
	if !slices.Contains(strings.Split(k.Names, ","), name) {
		return nil
	}
	if t != nil {
		return t
	}
	for i, n := range strings.Split(k.Names, ",") {
		if n == name && strings.Split(k.Types, ",")[i] == "int" {
			return types.TInt
		}
	}
	return types.TString
}

// captureType finds the declared type of a capture (an enumeration) by its name.
func (c *checker) captureType(x typed.Expr, name string) *types.Type {
	key := x.Base().Key
	for i, n := range strings.Split(key.Names, ",") {
		if n != name {
			continue
		}
		if t := c.keyEnum(strings.Split(key.Types, ",")[i]); t != nil {
			return t
		}
	}
	return nil
}

func (c *checker) field(x typed.Expr, f types.Field, r rangeT) typed.Expr {
	if w, ok := x.(*typed.RecordOf); ok { // what else is in it does not matter
		if of := elementOf(w.Type, w.Elems, f.Name); of != nil && of.Base().Type.Kind != types.Optional {
			return c.aliased(of, r)
		}
	}
	t := f.Type.Plain()
	if t.Origin.Range.Filename == "" {
		t = t.From(x.Base().Type.Origin)
	}
	out := &typed.Field{Info: c.info(r, t), X: x, Name: f.Name}
	done := c.finish(out, x)
	if t.Kind != types.Optional {
		return done
	}
	if f.Sure || c.scope.facts.has(pathOf(done)) {
		return c.unwrap(done)
	}
	return done
}

// narrowed reads optional data as plain where a condition has asked for it.
func (c *checker) narrowed(x typed.Expr) typed.Expr {
	if x.Base().Type.Kind == types.Optional && c.scope.facts.has(pathOf(x)) {
		return c.unwrap(x)
	}
	return x
}

// unwrap reads an optional that is known to be there.
func (c *checker) unwrap(x typed.Expr) typed.Expr {
	i := *x.Base()
	i.Type = x.Base().Type.Elem.From(x.Base().Type.Origin)
	i.Fallible = false
	if k, ok := constant(x); ok {
		return &typed.Const{Info: i, V: k.V}
	}
	return &typed.Unwrap{Info: i, X: x}
}

// meta is `.meta.topic` of an occurrence, nil where there is no such thing.
func (c *checker) meta(x typed.Expr, steps []hcl.Traverser, r, whole rangeT) typed.Expr {
	d := c.originOf(x)
	if d == nil || !x.Base().Shape.Happens() {
		return nil
	}
	m := fieldOfRole(d.kind, catalog.RoleMeta)
	a, ok := steps[0].(hcl.TraverseAttr)
	if m == nil || !ok {
		return nil
	}
	t := c.catalogType(m.Type, map[string]*types.Type{}, "")
	f, ok := t.Field(a.Name)
	if !ok {
		c.report(errNoMeta(d, t, a))
		return c.bad(whole)
	}
	r = hcl.RangeBetween(r, a.SrcRange)
	out := c.finish(&typed.MetaOf{Info: c.info(r, f.Type), X: x, Thing: d.thing, Field: a.Name}, x)
	out.Base().Shape, out.Base().Source, out.Base().Key = x.Base().Shape, x.Base().Source, x.Base().Key
	return c.access(out, steps[1:], whole)
}

// originOf is the thing whose occurrence x is, through filters.
func (c *checker) originOf(x typed.Expr) *decl {
	switch x := x.(type) {
	case *typed.Wire:
		if x.Eq != nil {
			if d := c.decls[x.Eq.Name]; d != nil && d.x != nil {
				return c.originOf(d.x)
			}
			return c.originOf(x.Eq.X)
		}
		if x.Output == "" {
			return c.decls[x.Thing.Name]
		}
	case *typed.Where:
		return c.originOf(x.X)
	case *typed.Pick:
		return c.originOf(x.X)
	case *typed.OpCall:
		if len(x.Args) > 0 && x.Source != nil && x.Source.Of != nil {
			return c.originOf(x.Args[0])
		}
	}
	return nil
}

// indexConst is `x["k"]` or `x[3]`: one key of a keyed wire, an entry of a map, an
// element of a list.
func (c *checker) indexConst(x typed.Expr, s hcl.TraverseIndex, r rangeT) typed.Expr {
	s.SrcRange = c.between(s.SrcRange)
	i := &hclsyntax.LiteralValueExpr{Val: s.Key, SrcRange: s.SrcRange}
	var k typed.Expr
	switch s.Key.Type() {
	case cty.String:
		k = c.constOf(s.SrcRange, types.TString, s.Key.AsString())
	case cty.Number:
		f := s.Key.AsBigFloat()
		n, acc := f.Int64()
		if acc != 0 {
			c.report(errWholeIndex(s.SrcRange))
			return c.bad(r)
		}
		k = c.constOf(s.SrcRange, types.TInt, n)
	default:
		k = c.literal(i)
	}
	return c.index(x, k, r)
}

// between is what stands between the brackets of an index, without the blanks
// around it.
func (c *checker) between(r rangeT) rangeT { return c.trimmed(r, "[ \t", "] \t") }

// unquoted is a text without its quotes.
func (c *checker) unquoted(r rangeT) rangeT { return c.trimmed(r, `"`, `"`) }

// trimmed is a range on one line without the signs at its two ends.
func (c *checker) trimmed(r rangeT, before, after string) rangeT {
	text := c.src(r)
	left := len(text) - len(strings.TrimLeft(text, before))
	right := len(text) - len(strings.TrimRight(text, after))
	if strings.Contains(text, "\n") || left+right >= len(text) {
		return r
	}
	r.Start.Byte, r.Start.Column = r.Start.Byte+left, r.Start.Column+left
	r.End.Byte, r.End.Column = r.End.Byte-right, r.End.Column-right
	return r
}
