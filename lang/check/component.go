package check

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/syntax"
	"flowc/lang/types"
)

// component is a `component` block: a kind made of other kinds.
type component struct {
	d       *decl
	inputs  []*componentInput
	outputs []*syntax.Attr
	// settled says that the inputs' types were read.
	settled bool
	used    bool
	// count is how many instances there are.
	count int
}

// componentInput is what a component is given under a name.
type componentInput struct {
	name string
	at   rangeT
	// expr is its type as written; fallback is what it is when it is not given.
	expr     hclsyntax.Expression
	fallback hclsyntax.Expression
	shape    inputShape
	typ      *types.Type
	// kind is set for another thing: `home = mqtt`.
	kind string
}

// inputShape is what an input is.
type inputShape int

const (
	inputConstant inputShape = iota
	inputValue
	inputReading
	inputEvent
	inputThing
)

// inputShapes are the words for them around a type.
var inputShapes = map[string]inputShape{"value": inputValue, "reading": inputReading, "event": inputEvent}

// declareComponents gives the component blocks their names, which are kinds, before
// anything can be of such a kind.
func (c *checker) declareComponents() {
	c.components = map[string]*decl{}
	for _, b := range c.flow.Blocks {
		if b.Kind == "component" {
			c.declareComponent(b)
		}
	}
}

func (c *checker) declareComponent(b *syntax.Block) {
	if b.Name() == "" {
		c.report(errNoName(b))
		return
	}
	d := &decl{name: b.Name(), sort: sortComponent, at: b.Labels[0].Range, block: b, state: finished, wired: true}
	d.component = &component{d: d}
	switch first := c.components[d.name]; {
	case first != nil:
		c.report(errTwoThings(d, first))
		return
	case c.catalog.Kind(d.name) != nil || slices.Contains(languageBlocks, d.name):
		c.report(errComponentIsKind(d))
		return
	}
	c.components[d.name] = d
	c.componentPorts(d.component)
	c.add(d)
}

// languageBlocks are the blocks that are no kinds.
var languageBlocks = []string{
	"type", "enum", "variant", "function", "state", "sequence", "component", "use", "setting", "secret", "interlock",
	"invariant", "test", "program", "site", "board",
}

// componentPorts reads the names of the inputs and outputs.
func (c *checker) componentPorts(k *component) {
	b := k.d.block
	if a := b.Attr("inputs"); a != nil {
		for _, item := range c.portItems(a) {
			k.inputs = append(k.inputs, &componentInput{name: item.Name, at: item.NameRange, expr: item.Expr})
			if slices.Contains(reserved, item.Name) {
				c.report(errReserved(&decl{name: item.Name, at: item.NameRange}))
			}
		}
	}
	if a := b.Attr("outputs"); a != nil {
		k.outputs = c.portItems(a)
	}
}

// portItems are the entries of an object, as attributes; a name that is there twice
// is told.
func (c *checker) portItems(a *syntax.Attr) []*syntax.Attr {
	o, ok := a.Expr.(*hclsyntax.ObjectConsExpr)
	if !ok {
		c.report(errPortsForm(a))
		return nil
	}
	var list []*syntax.Attr
	for _, item := range o.Items {
		name, at := c.objectKey(item.KeyExpr)
		if name == "" || !isName(name) {
			c.report(errObjectKey(at))
			continue
		}
		if n := slices.IndexFunc(list, func(b *syntax.Attr) bool { return b.Name == name }); n >= 0 {
			c.report(errKeyTwice(name, at, list[n].NameRange))
			continue
		}
		list = append(list, &syntax.Attr{Name: name, NameRange: at, Expr: item.ValueExpr, Range: hcl.RangeBetween(at, item.ValueExpr.Range())})
	}
	return list
}

// settleInputs reads the types of the inputs, once.
func (c *checker) settleInputs(k *component) {
	if k.settled {
		return
	}
	k.settled = true
	c.scope = scope{by: k.d}
	for _, in := range k.inputs {
		c.inputType(in, in.expr)
	}
	c.scope = scope{}
}

// inputType reads `reading(pct)`, `pin`, `optional(pct, 30.pct)`, `mqtt`.
func (c *checker) inputType(in *componentInput, e hclsyntax.Expression) {
	in.typ = types.TBad
	call, isCall := e.(*hclsyntax.FunctionCallExpr)
	switch word := keyword(e); {
	case isCall && call.Name == "optional" && len(call.Args) == 2:
		in.fallback = call.Args[1]
		c.inputType(in, call.Args[0])
	case isCall && inputShapes[call.Name] != inputConstant:
		in.shape = inputShapes[call.Name]
		if len(call.Args) != 1 {
			c.report(errTypeArgs(call, call.Name+"(T)"))
			return
		}
		in.typ = c.plainInput(call.Args[0], in.name)
	case word == "event":
		in.shape, in.typ = inputEvent, types.TNothing
	case word == "pin":
		in.typ = types.TInt.From(types.Origin{Range: e.Range(), Text: "`" + in.name + "`"})
	case word != "" && c.catalog.Kind(word) != nil:
		in.shape, in.kind = inputThing, word
	default:
		in.typ = c.plainInput(e, in.name)
	}
}

// plainInput reads a type; unlike at a border, a duration needs no unit.
func (c *checker) plainInput(e hclsyntax.Expression, path string) *types.Type {
	if keyword(e) == "duration" {
		return types.TDuration.From(types.Origin{Range: e.Range(), Text: "`" + path + "`"})
	}
	return c.typeExpr(e, path)
}

func (k *component) input(name string) *componentInput {
	for _, in := range k.inputs {
		if in.name == name {
			return in
		}
	}
	return nil
}
