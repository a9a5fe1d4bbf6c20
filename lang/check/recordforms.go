package check

import (
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// withForm is `with(r, { a = x })`: the record r with fields replaced or added.
func (c *checker) withForm(k call) typed.Expr {
	r := k.e.Range()
	x := c.recordArg(k, "with(record, { field = value })")
	if isBad(x) {
		return c.bad(r)
	}
	o, ok := k.node(1).(*hclsyntax.ObjectConsExpr)
	if !ok {
		c.report(errNoFields(k, "{ field = value }"))
		return c.bad(r)
	}
	added := c.object(o, wantedBy(x.Base().Type, o, c))
	if isBad(added) {
		return c.bad(r)
	}
	return c.let(x, func(x typed.Expr) typed.Expr { return c.joined(k, x, added) })
}

// wantedBy is a record of those fields of t that an object gives, so that bare
// members and units are read as t has them; nil where the object has others too.
func wantedBy(t *types.Type, o *hclsyntax.ObjectConsExpr, c *checker) *types.Type {
	want := &types.Type{Kind: types.Record}
	for _, item := range o.Items {
		name, _ := c.objectKey(item.KeyExpr)
		f, ok := t.Field(name)
		if !ok || f.Type.Kind == types.Optional {
			return nil
		}
		want.Fields = append(want.Fields, types.Field{Name: name, Type: f.Type})
	}
	return want
}

// joined is the record x with the fields of another.
func (c *checker) joined(k call, x, added typed.Expr) typed.Expr {
	parts := c.recordParts(k)
	from := added.Base().Type
	for _, f := range x.Base().Type.Fields {
		if g, ok := from.Field(f.Name); ok {
			v := c.part(added, g)
			if _, fits := convertible(v.Base().Type, elemOrSelf(f.Type)); fits {
				v = c.convert(v, elemOrSelf(f.Type))
			} else if !convertibleTo(v, f.Type) {
				c.report(c.errReplaced(k, v, f))
				return c.bad(k.e.Range())
			}
			parts.add(f, v)
			continue
		}
		parts.add(f, c.part(x, f))
	}
	for _, g := range from.Fields {
		if _, old := x.Base().Type.Field(g.Name); !old {
			parts.add(g, c.part(added, g))
		}
	}
	return parts.record(x, added)
}

func convertibleTo(x typed.Expr, t *types.Type) bool {
	_, ok := convertible(x.Base().Type, t)
	return ok
}

// withoutForm is `without(r, ["a"])`, pickForm `pick(r, ["a"])`.
func (c *checker) withoutForm(k call) typed.Expr { return c.someFields(k, false) }

func (c *checker) pickForm(k call) typed.Expr { return c.someFields(k, true) }

// someFields is a record of the named fields, or of all others.
func (c *checker) someFields(k call, named bool) typed.Expr {
	r := k.e.Range()
	x := c.recordArg(k, k.name+`(record, ["field"])`)
	if isBad(x) {
		return c.bad(r)
	}
	names, ok := c.fieldNames(k, x)
	if !ok {
		return c.bad(r)
	}
	t := x.Base().Type
	return c.let(x, func(x typed.Expr) typed.Expr {
		parts := c.recordParts(k)
		if named {
			for _, name := range names {
				f, _ := t.Field(name)
				parts.add(f, c.part(x, f))
			}
			return parts.record(x)
		}
		for _, f := range t.Fields {
			if !slices.Contains(names, f.Name) {
				parts.add(f, c.part(x, f))
			}
		}
		if len(parts.t.Fields) == 0 {
			c.report(errNothingLeft(k))
			return c.bad(r)
		}
		return parts.record(x)
	})
}

// fieldNames reads a list of names of fields that x has.
func (c *checker) fieldNames(k call, x typed.Expr) ([]string, bool) {
	list, ok := k.node(1).(*hclsyntax.TupleConsExpr)
	if !ok || len(list.Exprs) == 0 {
		c.report(errNoFields(k, `["field"]`))
		return nil, false
	}
	var names []string
	for _, e := range list.Exprs {
		name, isText := quotedText(e)
		switch _, there := x.Base().Type.Field(name); {
		case !isText:
			c.report(errFieldName(e, c.text(e.Range())))
			ok = false
		case !there:
			c.report(c.errNoSuchField(x, name, e.Range()))
			ok = false
		case slices.Contains(names, name):
			c.report(errFieldTwice(name, e.Range()))
			ok = false
		default:
			names = append(names, name)
		}
	}
	return names, ok
}

// recordArg types the record that a form works on.
func (c *checker) recordArg(k call, signature string) typed.Expr {
	if !c.needs(k, 2, signature) {
		return c.bad(k.e.Range())
	}
	x := k.first
	if node := k.node(0); node != nil {
		x = c.plain(node, nil)
	}
	if !isBad(x) && x.Base().Type.Kind != types.Record {
		c.report(c.errNotRecord(k, x))
		return c.bad(k.e.Range())
	}
	return x
}

// part reads a field of a record; of one that is written out, what stands there.
func (c *checker) part(x typed.Expr, f types.Field) typed.Expr {
	if rec, ok := x.(*typed.RecordOf); ok {
		if v := elementOf(rec.Type, rec.Elems, f.Name); v != nil {
			return v
		}
	}
	return c.field(x, f, x.Base().Range)
}

// parts are the fields of a record that is being put together.
type parts struct {
	c     *checker
	k     call
	t     *types.Type
	elems []typed.Expr
}

func (c *checker) recordParts(k call) *parts {
	r := k.e.Range()
	return &parts{c: c, k: k, t: &types.Type{Kind: types.Record, Origin: types.Origin{Range: r, Text: "`" + k.name + "(…)`"}}}
}

// add adds a field; outside it keeps the name that it had.
func (p *parts) add(f types.Field, x typed.Expr) {
	p.t.Fields = append(p.t.Fields, types.Field{Name: f.Name, Type: x.Base().Type, Wire: f.Wire, Range: f.Range})
	p.elems = append(p.elems, x)
}

// record is the whole. Even a record without any field of x happens when x does.
func (p *parts) record(of ...typed.Expr) typed.Expr {
	for _, x := range p.elems {
		if isBad(x) {
			return p.c.bad(p.k.e.Range())
		}
	}
	out := &typed.RecordOf{Info: p.c.info(p.k.e.Range(), p.t), Elems: p.elems}
	return p.c.finish(out, append(of, p.elems...)...)
}
