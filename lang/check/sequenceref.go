package check

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// sequenceRef is an output of a sequence: `watering.running`, `watering.lawn.active`,
// `watering.bed["tomatoes"].active`.
func (c *checker) sequenceRef(d *decl, e *hclsyntax.ScopeTraversalExpr, at rangeT, rest []hcl.Traverser) typed.Expr {
	c.use(d, "", nil)
	q := c.sequenceOf(d)
	if q.failed {
		return c.bad(e.Range())
	}
	key := c.equationRef(d, at).Base().Key
	if d.state == finished && isBad(d.x) {
		return c.bad(e.Range()) // whether there are many of it is not known
	}
	if picked, isIndex := indexStep(rest, 0); isIndex && key.Keyed() {
		x := c.sequenceOutput(d, e, at, rest[1:], key)
		if isBad(x) {
			return x
		}
		return c.indexConst(x, picked, e.Range())
	}
	return c.sequenceOutput(d, e, at, rest, key)
}

// sequenceOutput is the output that the steps after the name of a sequence say.
func (c *checker) sequenceOutput(d *decl, e *hclsyntax.ScopeTraversalExpr, at rangeT, rest []hcl.Traverser, key types.Key) typed.Expr {
	q := d.sequence
	name, ok := attrStep(rest, 0)
	if !ok {
		if len(q.steps) > 0 {
			c.report(errWhichPart(d, q, e.Range()))
		}
		return c.bad(e.Range())
	}
	r := hcl.RangeBetween(at, rest[0].SourceRange())
	if slices.Contains(sequenceOutputs, name) {
		return c.access(c.sequencePart(d, key, name, 0, d.name+"."+name, r), rest[1:], e.Range())
	}
	if name == typed.Faults {
		return c.access(c.faultsOf(d, r), rest[1:], e.Range())
	}
	steps := q.named(name)
	switch {
	case len(q.steps) == 0: // it has none, or they are about to be read: told there
		return c.bad(e.Range())
	case len(steps) == 0 && keyPart(key, name, nil) != nil: // which of the keys it is
		return c.access(c.sequencePart(d, key, "running", 0, d.name+".running", r), rest, e.Range())
	case len(steps) == 0:
		c.report(c.errNoPart(d, q, rest[0]))
		return c.bad(e.Range())
	case q.steps[steps[0]].each == nil:
		return c.access(c.stepOutputs(d, key, steps[0], d.name+"."+name, r), rest[1:], e.Range())
	}
	if i, isIndex := indexStep(rest, 1); isIndex && key.Keyed() { // of the map, not of the keys
		for _, n := range steps {
			if i.Key.Type() == cty.String && q.steps[n].key == i.Key.AsString() {
				return c.access(c.stepOutputs(d, key, n, d.name+"."+q.steps[n].path(), hcl.RangeBetween(r, i.SrcRange)), rest[2:], e.Range())
			}
		}
	}
	return c.access(c.keyedStep(d, q, key, steps, r), rest[1:], e.Range())
}

// path is how a flow names a step of a map.
func (s sequenceStep) path() string { return s.name + "[\"" + s.key + "\"]" }

func indexStep(rest []hcl.Traverser, n int) (hcl.TraverseIndex, bool) {
	if n >= len(rest) {
		return hcl.TraverseIndex{}, false
	}
	i, ok := rest[n].(hcl.TraverseIndex)
	return i, ok
}

func attrStep(rest []hcl.Traverser, n int) (string, bool) {
	if n >= len(rest) {
		return "", false
	}
	a, ok := rest[n].(hcl.TraverseAttr)
	return a.Name, ok
}

// named are the places of the steps of a name.
func (q *sequence) named(name string) []int {
	var list []int
	for n, s := range q.steps {
		if s.name == name {
			list = append(list, n)
		}
	}
	return list
}

// stepOutputs is a step as a record: it has `active`.
func (c *checker) stepOutputs(d *decl, key types.Key, n int, path string, r rangeT) typed.Expr {
	active := c.sequencePart(d, key, "active", n+1, path+".active", r)
	t := &types.Type{Kind: types.Record, Fields: []types.Field{{Name: "active", Type: types.TBool}}, Origin: types.Origin{Range: d.at, Text: "`" + path + "`"}}
	return c.finish(&typed.RecordOf{Info: c.info(r, t), Elems: []typed.Expr{active}}, active)
}

// keyedStep is a step with for_each as a record, with a field for each entry.
func (c *checker) keyedStep(d *decl, q *sequence, key types.Key, steps []int, r rangeT) typed.Expr {
	t := &types.Type{Kind: types.Record, Origin: types.Origin{Range: d.at, Text: "`" + c.text(r) + "`"}}
	x := &typed.RecordOf{Info: c.info(r, t)}
	for _, n := range steps {
		s := q.steps[n]
		out := c.stepOutputs(d, key, n, d.name+"."+s.path(), r)
		x.Elems = append(x.Elems, out)
		t.Fields = append(t.Fields, types.Field{Name: s.key, Type: out.Base().Type, Range: s.block.Labels[0].Range})
	}
	return c.finish(x, x.Elems...)
}

// sequencePart is the wire of an output; there is one for each, however often it is
// read.
func (c *checker) sequencePart(d *decl, key types.Key, part string, step int, name string, r rangeT) typed.Expr {
	q := c.sequenceOf(d)
	t := types.TBool
	shape := types.Value
	if part == "finished" || part == "cancelled" {
		t, shape = types.TNothing, types.Event
	}
	i := c.info(r, t)
	i.Shape, i.Key = shape, key
	n := slices.IndexFunc(q.outputs, func(e *typed.Equation) bool { return e.Name == name })
	if n < 0 {
		of := c.info(d.at, typed.SequenceType)
		of.Shape, of.Key = types.Value, key
		x := &typed.SequencePart{Info: i, X: &typed.Wire{Info: of, Eq: d.eq}, Part: part, Step: step}
		if shape == types.Event {
			x.Source = &types.Source{Name: name}
		}
		n = len(q.outputs)
		q.outputs = append(q.outputs, &typed.Equation{Name: name, X: x, Pos: pos(d.at)})
	}
	eq := q.outputs[n]
	eq.X.(*typed.SequencePart).SetKey(key)
	i.Source = eq.X.Base().Source
	return &typed.Wire{Info: i, Eq: eq}
}
