package check

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// sequence is what is known of a `sequence` block besides its expressions: its steps in
// order, those of a map once for each entry.
type sequence struct {
	steps []sequenceStep
	// outputs are the wires that were read of it, by name, in order.
	outputs []*typed.Equation
	failed  bool
}

// sequenceStep is a step as others see it: name, and the key of a step with for_each.
type sequenceStep struct {
	name, key string
	block     *syntax.Block
	// each is the entry of the map.
	each typed.Expr
}

var (
	sequenceSettings = []string{"again", "cancel", "persist", "renamed_from", "start"}
	stepSettings     = []string{"for", "for_each", "until"}
	againValues      = []string{"ignore", "queue", "restart"}
	sequenceOutputs  = []string{"cancelled", "finished", "running"}
)

// sequenceOf finds the steps of a sequence, once.
func (c *checker) sequenceOf(d *decl) *sequence {
	if d.sequence != nil {
		return d.sequence
	}
	q := &sequence{}
	d.sequence = q
	saved := c.scope
	c.scope = scopeOf(d)
	defer func() { c.scope = saved }()
	seen := map[string]*syntax.Block{}
	for _, b := range d.block.Blocks {
		switch first := seen[b.Name()]; {
		case b.Kind != "step":
			c.report(errNoStep(b))
		case b.Name() == "":
			c.report(errNoName(b))
		case first != nil:
			c.report(errStepTwice(b, first))
		case slices.Contains(sequenceOutputs, b.Name()):
			c.report(errStepName(b))
		default:
			seen[b.Name()] = b
			q.addStep(c, b)
			continue
		}
		q.failed = true
	}
	if len(q.steps) == 0 && !q.failed {
		c.report(errNoSteps(d))
		q.failed = true
	}
	return q
}

// addStep adds a step, or one for each entry of a constant map.
func (q *sequence) addStep(c *checker, b *syntax.Block) {
	a := b.Attr("for_each")
	if a == nil {
		q.steps = append(q.steps, sequenceStep{name: b.Name(), block: b})
		return
	}
	x := c.expr(a.Expr, nil)
	if isBad(x) {
		q.failed = true
		return
	}
	k, ok := constant(x)
	if !ok || k.Type.Kind != types.Record || len(k.Type.Fields) == 0 {
		c.report(c.errEachMap(x))
		q.failed = true
		return
	}
	for _, f := range k.Type.Fields {
		entry := c.constOf(a.Expr.Range(), f.Type, k.V.(map[string]any)[f.Name])
		q.steps = append(q.steps, sequenceStep{name: b.Name(), key: f.Name, block: b, each: entry})
	}
}

// sequenceBlock types a `sequence` block.
func (c *checker) sequenceBlock(d *decl) typed.Expr {
	q := c.sequenceOf(d)
	c.kept(d)
	for _, a := range d.block.Attrs {
		if !slices.Contains(sequenceSettings, a.Name) {
			c.report(c.errUnknownAttr(a, "sequence", sequenceSettings))
		}
	}
	x := &typed.Sequence{Info: c.info(d.at, typed.SequenceType), Again: "ignore"}
	x.Shape, x.Text = types.Value, "sequence "+d.name
	ok := !q.failed
	if a := d.block.Attr("start"); a == nil {
		if !meant(d.block, "start", sequenceSettings) {
			c.report(errNoStart(d))
		}
		ok = false
	} else {
		x.Start = c.trigger(d, a)
		ok = ok && x.Start != nil
	}
	if a := d.block.Attr("cancel"); a != nil {
		x.Cancel = c.ending(d, a)
		ok = ok && x.Cancel != nil
	}
	if a := d.block.Attr("again"); a != nil {
		if x.Again = hcl.ExprAsKeyword(a.Expr); !slices.Contains(againValues, x.Again) {
			c.report(errAgain(a))
			ok = false
		}
	}
	wrong := map[*syntax.Block]bool{} // what is wrong for one entry of a map is told once
	for _, s := range q.steps {
		if wrong[s.block] {
			continue
		}
		step, typed := c.sequenceStep(d, s)
		x.Steps = append(x.Steps, step)
		wrong[s.block] = !typed
		ok = ok && typed
	}
	if !ok || !c.sequenceKey(x) {
		return c.bad(d.at)
	}
	for _, eq := range q.outputs { // read while it was not known yet, in a circle
		eq.X.(*typed.SequencePart).SetKey(x.Key)
	}
	return x
}

// sequenceKey joins the keys of what starts and ends a sequence: keyed events make a
// sequence for each key.
func (c *checker) sequenceKey(x *typed.Sequence) bool {
	ends := []typed.Expr{x.Start, x.Cancel}
	for _, s := range x.Steps {
		ends = append(ends, s.Until)
	}
	var first typed.Expr
	for _, e := range ends {
		switch {
		case e == nil || !e.Base().Key.Keyed():
		case first == nil:
			x.Key, first = e.Base().Key, e
		case x.Key != e.Base().Key:
			c.report(errTwoKeys(&x.Info, first, e))
			return false
		}
	}
	return true
}

// trigger types `start`: something that happens.
func (c *checker) trigger(d *decl, a *syntax.Attr) typed.Expr {
	x := c.expr(a.Expr, nil)
	switch {
	case isBad(x):
		return nil
	case !x.Base().Shape.Happens():
		c.report(c.errValueAsEvent(x, "`start`", a.NameRange))
	case indifferent(x):
		c.report(c.errSwitchTriggers(x, "`start`", a.NameRange))
	default:
		return x
	}
	return nil
}

// ending types `cancel` and `until`: something that happens, or a switch.
func (c *checker) ending(d *decl, a *syntax.Attr) typed.Expr {
	x := c.expr(a.Expr, types.TBool)
	label := "`" + a.Name + "`"
	switch {
	case isBad(x):
		return nil
	case x.Base().Shape == types.Event && indifferent(x):
		c.report(c.errSwitchTriggers(x, label, a.NameRange))
	case x.Base().Shape == types.Event:
		return x
	case x.Base().Type.Kind != types.Bool && x.Base().Shape == types.Reading:
		return x
	case x.Base().Type.Kind != types.Bool:
		c.report(c.errEnding(x, label, a.NameRange))
	case x.Base().Shape == types.Constant:
		c.report(errRuleConstant(x))
	default:
		c.moving(x)
		return x
	}
	return nil
}

// sequenceStep types one step.
func (c *checker) sequenceStep(d *decl, s sequenceStep) (out typed.SequenceStep, ok bool) {
	out = typed.SequenceStep{Name: s.name, Key: s.key, Pos: pos(s.block.Labels[0].Range)}
	saved := c.scope
	defer func() { c.scope = saved }()
	if s.each != nil {
		c.scope.locals = &local{name: "each", x: s.each, next: c.scope.locals}
		c.scope.locals = &local{name: "each_key", x: c.constOf(s.block.Labels[0].Range, types.TString, s.key), next: c.scope.locals}
	}
	c.noBlocks(s.block, "step")
	for _, a := range s.block.Attrs {
		if !slices.Contains(stepSettings, a.Name) {
			c.report(c.errUnknownAttr(a, "step", stepSettings))
		}
	}
	lasts, until := s.block.Attr("for"), s.block.Attr("until")
	if lasts == nil && until == nil {
		if !meant(s.block, "for", stepSettings) {
			c.report(errEndless(s.block))
		}
		return out, false
	}
	ok = true
	if lasts != nil {
		out.For = c.stepLength(lasts)
		ok = out.For != nil
	}
	if until != nil {
		out.Until = c.ending(d, until)
		ok = ok && out.Until != nil
	}
	return out, ok
}

// stepLength types `for`: how long a step lasts.
func (c *checker) stepLength(a *syntax.Attr) typed.Expr {
	x := c.plain(a.Expr, types.TDuration)
	switch {
	case isBad(x):
		return nil
	case x.Base().Type.Kind != types.Duration:
		c.report(c.errWrongType(x, types.TDuration, "`for`", a.NameRange))
		return nil
	case x.Base().Shape != types.Constant:
		c.report(c.errNotConstant(x, "`for`"))
		return nil
	}
	if k, ok := x.(*typed.Const); ok {
		if n, _ := duration(k.V); n <= 0 {
			c.report(errStepLength(x))
			return nil
		}
	}
	return x
}

// sequence adds the ports that a sequence depends on.
func (g *dependence) sequence(d *decl) {
	g.add(port{d: d}, d.block.Attrs...)
	for _, b := range d.block.Blocks {
		g.add(port{d: d}, b.Attrs...)
	}
}

// partEquations are the outputs of a sequence that are read.
func (d *decl) partEquations() []*typed.Equation {
	if d.sequence == nil {
		return nil
	}
	return d.sequence.outputs
}
