package check

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"flowc/lang/syntax"
	"flowc/lang/typed"
)

// instance is a component once more: its things and equations under names of their
// own. What stands in it sees its members and, of the flow, only types and
// functions.
type instance struct {
	d *decl
	// name is its name among all: "garden", or "garden.tomatoes" for one of several.
	name string
	// key is which of several it is.
	key string
	of  *component
	// members are its inputs, equations and things, by the names that the component
	// gives them; order lists those names. outputs are its outputs.
	members map[string]*decl
	order   []string
	outputs map[string]*decl
}

// maxInside bounds how deep components stand in each other, and maxInstances how
// many there are.
const (
	maxInside    = 16
	maxInstances = 10_000
)

func scopeOf(d *decl) scope { return scope{by: d, locals: d.locals} }

// insideNow is the instance in which the names of the expression at hand are looked
// up, nil in the flow itself.
func (c *checker) insideNow() *instance {
	if c.scope.by == nil {
		return nil
	}
	return c.scope.by.inside
}

// lookup finds what a name means where the expression at hand stands.
func (c *checker) lookup(name string) *decl { return c.means(c.scope.by, name) }

// means finds what a name means in the expressions of a declaration.
func (c *checker) means(by *decl, name string) *decl {
	d := c.decls[name]
	if by == nil || by.inside == nil {
		if d != nil && d.path != "" {
			return nil
		}
		return d
	}
	if m := by.inside.members[name]; m != nil {
		return m
	}
	if d != nil && (d.sort == sortType || d.sort == sortEnum || d.sort == sortVariant) {
		return d
	}
	return nil
}

// expandInstances makes the instances of all blocks whose kind is a component, and
// of those inside them. What they are made of follows their block in the order of
// the flow.
func (c *checker) expandInstances() {
	if len(c.components) == 0 {
		return
	}
	var order []*decl
	for _, d := range c.order {
		order = append(order, d)
		if d.sort == sortInstance {
			order = append(order, c.expandBlock(d, nil)...)
		}
	}
	c.order = order
}

// expandBlock makes the instances of one block; open are the components around it.
func (c *checker) expandBlock(d *decl, open []*decl) []*decl {
	d.state, d.wired = finished, true
	of := c.components[d.block.Kind]
	of.component.used = true
	if slices.Contains(open, of) || len(open) == maxInside {
		c.report(errInsideItself(d, of, open))
		return nil
	}
	c.settleInputs(of.component)
	open = append(slices.Clip(open), of)
	c.unknownInputs(d, of.component)
	each := d.block.Attr("for_each")
	if each == nil {
		return c.instantiate(d, of.component, d.name, "", nil, open)
	}
	return c.expandEach(d, of.component, each, open)
}

// instantiate makes the declarations of one instance.
func (c *checker) instantiate(d *decl, of *component, name, key string, locals *local, open []*decl) []*decl {
	in := &instance{d: d, name: name, key: key, of: of, members: map[string]*decl{}, outputs: map[string]*decl{}}
	d.instances = append(d.instances, in)
	of.count++
	if locals == nil {
		locals = d.locals
	}
	list := c.bindInputs(in, locals)
	for _, a := range of.d.block.Attrs {
		if a.Name != "inputs" && a.Name != "outputs" {
			list = append(list, c.member(in, equationDecl(a), a.Name)...)
		}
	}
	for _, b := range of.d.block.Blocks {
		if m := c.memberBlock(in, b); m != nil {
			list = append(list, c.member(in, m, b.Name())...)
		}
	}
	slices.SortStableFunc(list[len(of.inputs)-missing(in, of):], func(a, b *decl) int { return comparePlaces(a.at, b.at) })
	for _, m := range slices.Clone(list) {
		if m.sort == sortInstance {
			list = append(list, c.expandBlock(m, open)...)
		}
	}
	return append(list, c.bindOutputs(in)...)
}

// missing counts the inputs that made no declaration.
func missing(in *instance, of *component) int {
	n := 0
	for _, i := range of.inputs {
		if m := in.members[i.name]; m == nil || m.input != i {
			n++
		}
	}
	return n
}

func equationDecl(a *syntax.Attr) *decl {
	d := &decl{name: a.Name, sort: sortEquation, at: a.NameRange, attr: a}
	d.eq = &typed.Equation{Name: a.Name, Doc: a.Doc, Pos: pos(a.NameRange)}
	return d
}

// member takes a declaration into an instance.
func (c *checker) member(in *instance, m *decl, short string) []*decl {
	if first := in.members[short]; first != nil {
		c.report(errTwoThings(m, first))
		return nil
	}
	if slices.Contains(reserved, short) {
		c.report(errReserved(m))
	}
	in.members[short] = m
	in.order = append(in.order, short)
	c.enter(in, m, short)
	m.inside = in
	return []*decl{m}
}

// enter gives a declaration of an instance its name among all.
func (c *checker) enter(in *instance, m *decl, short string) {
	m.path, m.name = in.name, in.name+"."+short
	for c.decls[m.name] != nil { // an output that is called as an equation
		m.name += "_"
	}
	if m.eq != nil {
		m.eq.Name = m.name
	}
	c.decls[m.name] = m
}

// memberBlock is a thing, state or instance of a component's body.
func (c *checker) memberBlock(in *instance, b *syntax.Block) *decl {
	if b.Name() == "" {
		c.report(errNoName(b))
		return nil
	}
	d := &decl{name: b.Name(), sort: sortThing, block: b, at: b.Labels[0].Range}
	switch {
	case b.Kind == "state" || b.Kind == "sequence":
		if d.sort = sortState; b.Kind == "sequence" {
			d.sort = sortSequence
		}
		d.eq = &typed.Equation{Name: d.name, Doc: b.Doc, Pos: pos(d.at)}
	case c.components[b.Kind] != nil:
		d.sort = sortInstance
	case slices.Contains(languageBlocks, b.Kind):
		c.report(errNotInside(b, in.of.d))
		return nil
	default:
		if d.kind = c.catalog.KindWith(b.Kind, b.Has); d.kind == nil {
			c.report(c.errUnknownKind(b))
			d.state, d.wired = finished, true
		}
	}
	return d
}

// bindInputs makes an equation of each input: what the block says, or the default.
func (c *checker) bindInputs(in *instance, locals *local) []*decl {
	var list []*decl
	for _, i := range in.of.inputs {
		if in.d.handed != nil {
			list = append(list, c.handOver(in, i)...)
			continue
		}
		given := in.d.block.Attr(i.name)
		if given == nil && i.fallback == nil {
			c.report(errInputMissing(in.d, i))
			continue
		}
		if i.shape == inputThing {
			c.bindThing(in, i, given)
			continue
		}
		from, inside := given, in.d.inside
		if given == nil {
			from = &syntax.Attr{Name: i.name, NameRange: i.at, Expr: i.fallback, Range: hcl.RangeBetween(i.at, i.fallback.Range())}
			inside = in
		}
		m := equationDecl(from)
		m.input, m.maker, m.locals, m.inside = i, in.d, locals, inside
		in.members[i.name] = m
		in.order = append(in.order, i.name)
		c.enter(in, m, i.name)
		list = append(list, m)
	}
	return list
}

// bindThing lets an input name another thing.
func (c *checker) bindThing(in *instance, i *componentInput, given *syntax.Attr) {
	to := c.means(in.d, keyword(given.Expr))
	if to == nil || to.sort != sortThing || to.kind == nil || to.kind.Name != i.kind {
		c.report(errInputThing(given, i))
		return
	}
	in.members[i.name] = to
	in.order = append(in.order, i.name)
	c.refs = append(c.refs, ref{by: in.d, to: to})
}

// unknownInputs tells of settings of a block that its component does not take.
func (c *checker) unknownInputs(d *decl, of *component) {
	for _, a := range d.block.Attrs {
		if a.Name != "for_each" && of.input(a.Name) == nil {
			c.report(errUnknownInput(a, of))
		}
	}
	for _, b := range d.block.Blocks {
		c.report(c.errUnknownBlock(b, of.d.name, nil))
	}
}

// bindOutputs makes an equation of each output.
func (c *checker) bindOutputs(in *instance) []*decl {
	var list []*decl
	for _, a := range in.of.outputs {
		if m := in.members[a.Name]; m != nil && keyword(a.Expr) == a.Name && m.isEquation() {
			in.outputs[a.Name] = m
			c.refs = append(c.refs, ref{by: in.d, to: m})
			continue
		}
		m := equationDecl(a)
		c.enter(in, m, a.Name)
		m.inside, m.output = in, true
		in.outputs[a.Name] = m
		list = append(list, m)
	}
	return list
}

// gathering is an output of all instances that one block makes.
type gathering struct {
	of      *decl
	outputs []*decl
}

// gatherings makes an equation of each output of several instances: a keyed wire.
func (c *checker) gatherings(d *decl, of *component) []*decl {
	var list []*decl
	for _, a := range of.outputs {
		m := equationDecl(a)
		m.gather = &gathering{of: d}
		for _, in := range d.instances {
			if out := in.outputs[a.Name]; out != nil {
				m.gather.outputs = append(m.gather.outputs, out)
			}
		}
		m.path, m.name = d.name, d.name+"."+a.Name
		for c.decls[m.name] != nil {
			m.name += "_"
		}
		m.eq.Name = m.name
		c.decls[m.name] = m
		if d.outputs == nil {
			d.outputs = map[string]*decl{}
		}
		d.outputs[a.Name] = m
		list = append(list, m)
	}
	return list
}
