package check

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// instanceRef is an output of an instance, `garden.open`, or of one of several,
// `garden["tomatoes"].open`.
func (c *checker) instanceRef(d *decl, at rangeT, rest []hcl.Traverser, whole rangeT) typed.Expr {
	c.use(d, "", nil)
	if len(d.instances) == 0 {
		return c.bad(whole) // its kind or its map has an error, which was told
	}
	if len(rest) > 0 {
		if i, ok := rest[0].(hcl.TraverseIndex); ok && i.Key.Type() == cty.String {
			return c.oneOfInstances(d, i.Key.AsString(), i.SrcRange, at, rest[1:], whole)
		}
	}
	if d.forEach == nil && d.block.Attr("for_each") == nil {
		return c.instanceOutput(d, d.instances[0].outputs, at, rest, whole)
	}
	if d.forEach == nil {
		return c.bad(whole)
	}
	return c.instanceOutput(d, d.outputs, at, rest, whole)
}

// oneOfInstances is an output of the instance with a key.
func (c *checker) oneOfInstances(d *decl, key string, r, at rangeT, rest []hcl.Traverser, whole rangeT) typed.Expr {
	if d.forEach == nil {
		if d.block.Attr("for_each") == nil { // else its map was told of
			c.report(errOneInstance(d, r))
		}
		return c.bad(whole)
	}
	for _, in := range d.instances {
		if in.key == key {
			return c.instanceOutput(d, in.outputs, at, rest, whole)
		}
	}
	c.report(errNoInstance(d, key, r))
	return c.bad(whole)
}

func (c *checker) instanceOutput(d *decl, outputs map[string]*decl, at rangeT, rest []hcl.Traverser, whole rangeT) typed.Expr {
	of := c.components[d.block.Kind].component
	if len(rest) == 0 {
		c.report(errWhichInstanceOutput(d, of, whole))
		return c.bad(whole)
	}
	a, ok := rest[0].(hcl.TraverseAttr)
	if !ok {
		c.report(errWhichInstanceOutput(d, of, whole))
		return c.bad(whole)
	}
	out := outputs[a.Name]
	if out == nil {
		c.report(errNoInstanceOutput(d, of, a))
		return c.bad(whole)
	}
	x := c.equationRef(out, hcl.RangeBetween(at, a.SrcRange))
	c.use(out, "", x)
	return c.access(x, rest[1:], whole)
}

// instanceIndex is `garden[each_key].open`: the key is known, and no literal. It is
// nil for anything else.
func (c *checker) instanceIndex(e hclsyntax.Expression, rest []hcl.Traverser, whole rangeT) typed.Expr {
	i, ok := e.(*hclsyntax.IndexExpr)
	if !ok {
		return nil
	}
	d := c.lookup(keyword(i.Collection))
	if d == nil || d.sort != sortInstance {
		return nil
	}
	k, ok := constant(c.expr(i.Key, types.TString))
	if !ok || k.Type.Kind != types.String && k.Type.Kind != types.Enum {
		return nil
	}
	c.use(d, "", nil)
	if len(d.instances) == 0 {
		return c.bad(whole)
	}
	return c.oneOfInstances(d, k.V.(string), i.Key.Range(), i.Collection.Range(), rest, whole)
}

// instancePorts are the outputs that a reference to instances reads.
func (c *checker) instancePorts(d *decl, t hcl.Traversal) []port {
	if len(t) < 2 {
		return nil
	}
	outputs, rest := d.outputs, t[1:]
	if d.forEach == nil && len(d.instances) > 0 {
		outputs = d.instances[0].outputs
	}
	if i, ok := rest[0].(hcl.TraverseIndex); ok && i.Key.Type() == cty.String {
		for _, in := range d.instances {
			if in.key == i.Key.AsString() {
				outputs = in.outputs
			}
		}
		rest = rest[1:]
	}
	if len(rest) == 0 {
		return nil
	}
	a, ok := rest[0].(hcl.TraverseAttr)
	if !ok || outputs[a.Name] == nil {
		return nil
	}
	return []port{{d: outputs[a.Name]}}
}

// inputValue types what a component is given, and makes it what the component asked
// for, so that it means the same for every instance.
func (c *checker) inputValue(d *decl) typed.Expr {
	in := d.input
	if in.typ == nil || in.typ.Kind == types.Bad {
		return c.bad(d.attr.Expr.Range())
	}
	x := c.expr(d.attr.Expr, in.typ)
	if isBad(x) {
		return x
	}
	if in.typ.Kind != types.Optional && x.Base().Type.Kind == types.Optional {
		c.report(c.errMissing(x, ""))
		return c.bad(x.Base().Range)
	}
	if in.typ.Kind != types.Nothing {
		if _, ok := convertible(x.Base().Type, in.typ); !ok {
			c.report(c.errWrongType(x, in.typ, "`"+in.name+"`", in.at))
			return c.bad(x.Base().Range)
		}
		x = c.convert(x, in.typ)
	}
	if wrong := c.inputShape(x, in); wrong != nil {
		c.report(wrong)
		return c.bad(x.Base().Range)
	}
	return shaped(x, in)
}

// shaped is x as what the component asked for: it may be more.
func shaped(x typed.Expr, in *componentInput) typed.Expr {
	i := *x.Base()
	i.Fallible = false
	switch {
	case in.shape == inputValue && i.Shape != types.Value:
		i.Shape, i.Source = types.Value, nil
		return &typed.Convert{Info: i, X: x}
	case in.shape == inputEvent && i.Shape == types.Reading:
		i.Shape = types.Event
		always := i
		always.Type, always.Shape, always.Source, always.Key = types.TBool, types.Constant, nil, types.Key{}
		return &typed.Where{Info: i, X: x, If: &typed.Const{Info: always, V: true}}
	}
	return x
}

// gathered is one output of all instances, by their keys.
func (c *checker) gathered(d *decl) typed.Expr {
	g := d.gather
	t := g.of.forEach
	x := &typed.Gather{Keys: t}
	for n, out := range g.outputs {
		w := c.equationRef(out, out.at)
		if isBad(w) {
			return c.bad(d.at)
		}
		b := w.Base()
		if b.Key.Keyed() {
			c.report(c.errKeyedOutput(d, b.Key))
			return c.bad(d.at)
		}
		c.use(out, "", w)
		if n == 0 {
			x.Info = c.info(d.at, b.Type)
			x.Shape = b.Shape
		}
		if b.Shape != x.Shape || !types.Same(b.Type, x.Type) {
			c.report(c.errUnlikeOutputs(d, x, w))
			return c.bad(d.at)
		}
		x.Xs = append(x.Xs, w)
	}
	if x.Shape == types.Constant {
		x.Shape = types.Value
	}
	x.Text = d.name
	x.Key = types.Key{Names: t.Name, Types: t.Name}
	if x.Shape.Happens() {
		x.Source = &types.Source{Name: d.name}
	}
	return x
}
