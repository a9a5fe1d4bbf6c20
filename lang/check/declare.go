package check

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// declSort is what a declaration declares.
type declSort int

const (
	sortEquation declSort = iota
	sortThing
	sortType
	sortEnum
	sortSetting
	sortVariant
	sortFunction
	sortComponent
	sortInstance
	sortState
	sortInterlock
	sortInvariant
	sortSequence
	sortTest
)

// progress is how far the checking of a declaration has come.
type progress int

const (
	untouched progress = iota
	running
	finished
)

// decl is one declaration of the flow: everything that has a name.
type decl struct {
	name string
	// path is the instance that it belongs to, "" for what stands in the flow itself.
	path string
	sort declSort
	// at is where the name stands.
	at    hcl.Range
	block *syntax.Block
	attr  *syntax.Attr
	// unwritten says that the flow means it without saying so.
	unwritten bool

	state progress
	// x is what an equation says; steps are the hidden equations before it, eq the
	// equation itself.
	x     typed.Expr
	eq    *typed.Equation
	steps []*typed.Equation
	// guess is the type of an equation that is being checked and was met again:
	// a circle. met are the places where it was.
	guess *typed.Info
	met   []*typed.Wire

	kind      *catalog.Kind
	thing     *typed.Thing
	setting   *typed.Setting
	interlock *typed.Interlock
	invariant *typed.Invariant
	sequence  *sequence
	typ       *types.Type
	self      *types.Type
	// statement is an SQL statement's.
	statement *statement
	// pattern is a keyed source's, as written.
	pattern *typed.Const
	// eventTime is a source's own time, nil where it has none.
	eventTime *eventTime
	// captured are the fields that the path of a request gives.
	captured []types.Field
	wired    bool
	// inside is where the names in it are looked up: nil is the flow. locals are names
	// that it has beside them: each, each_key.
	inside *instance
	locals *local
	// input is set for what a component is given, gather for an output of all
	// instances together.
	input *componentInput
	// maker is the block of the instance that an input belongs to.
	maker  *decl
	output bool
	gather *gathering
	// handed is set for an instance that nobody makes, and for what it is given.
	handed handed
	// component is a component block's; instances are those that a block makes.
	component *component
	instances []*instance
	outputs   map[string]*decl
	forEach   *types.Type
	// function is a function block's; failed says that it has an error.
	function *function
	failed   bool
	// ports are the streams of single cases of what a declaration is.
	ports []*caseStream
}

// isEquation reports whether a declaration is one value or event: an equation, or a
// block that stands for one.
func (d *decl) isEquation() bool {
	return d.sort == sortEquation || d.sort == sortState || d.sort == sortSequence
}

// whole is everything that an equation says.
func (d *decl) whole() hcl.Range {
	if d.attr == nil {
		return hcl.RangeBetween(d.block.KindRange, d.block.End)
	}
	return d.attr.Range
}

// isWire reports whether an equation is evaluated at run time; a constant is
// folded into where it is used.
func (d *decl) isWire() bool {
	return d.eq != nil && d.x != nil && !isBad(d.x) && d.x.Base().Shape != types.Constant
}

// reserved are the words with a meaning of their own.
var reserved = []string{"it", "old", "each", "each_key", "on", "off", "true", "false", "null", "sun", "faults"}

// declare collects the names of the flow.
func (c *checker) declare() {
	c.useLibraries()
	for _, a := range c.flow.Equations {
		d := &decl{name: a.Name, sort: sortEquation, at: a.NameRange, attr: a}
		d.eq = &typed.Equation{Name: a.Name, Doc: a.Doc, Pos: pos(a.NameRange)}
		c.add(d)
	}
	c.declareComponents()
	for _, b := range c.flow.Blocks {
		c.declareBlock(b)
	}
	slices.SortStableFunc(c.order, func(a, b *decl) int { return comparePlaces(a.at, b.at) })
	seen := map[string]*decl{}
	for _, d := range c.order {
		if first := seen[d.name]; first != nil {
			c.report(errTwoThings(d, first))
			continue
		}
		seen[d.name] = d
		if slices.Contains(reserved, d.name) {
			c.report(errReserved(d))
		}
	}
	c.decls = seen
	c.aboutProgram()
	c.expandInstances()
}

func comparePlaces(a, b hcl.Range) int {
	if a.Filename != b.Filename {
		if a.Filename < b.Filename {
			return -1
		}
		return 1
	}
	return a.Start.Byte - b.Start.Byte
}

func (c *checker) declareBlock(b *syntax.Block) {
	sorts := map[string]declSort{"type": sortType, "enum": sortEnum, "variant": sortVariant, "setting": sortSetting, "secret": sortSetting, "state": sortState, "interlock": sortInterlock, "sequence": sortSequence}
	switch b.Kind {
	case "site":
		c.single(&c.site, b)
		return
	case "board":
		c.single(&c.board, b)
		return
	case "program":
		c.single(&c.about, b)
		return
	case "function":
		c.declareFunction(b)
		return
	case "component":
		return // before all others
	case "invariant":
		c.declareInvariant(b)
		return
	case "test":
		c.testBlocks = append(c.testBlocks, b)
		return
	}
	d := &decl{name: b.Name(), sort: sortThing, block: b, at: b.KindRange}
	if s, ok := sorts[b.Kind]; ok {
		d.sort = s
	} else if c.components[b.Kind] != nil {
		d.sort = sortInstance
	} else if d.kind = c.catalog.KindWith(b.Kind, b.Has); d.kind == nil {
		c.report(c.errUnknownKind(b))
		d.state, d.wired = finished, true
	}
	if d.name == "" {
		if d.sort != sortThing || d.kind != nil {
			c.report(errNoName(b))
		}
		return
	}
	d.at = b.Labels[0].Range
	switch d.sort {
	case sortEnum:
		c.enum(d)
	case sortState, sortSequence:
		d.eq = &typed.Equation{Name: d.name, Doc: b.Doc, Pos: pos(d.at)}
	}
	c.add(d)
}

func (c *checker) add(d *decl) {
	c.order = append(c.order, d)
}

func (c *checker) single(slot **syntax.Block, b *syntax.Block) {
	if len(b.Labels) > 0 {
		c.report(errNeedlessName(b))
	}
	if *slot != nil {
		c.report(errTwice(b, *slot))
		return
	}
	*slot = b
}

// names gives the names of the declarations that keep admits.
func (c *checker) names(keep func(*decl) bool) []string {
	var list []string
	if in := c.insideNow(); in != nil {
		for _, name := range in.order {
			if keep(in.members[name]) {
				list = append(list, name)
			}
		}
		return list
	}
	for _, d := range c.order {
		if d.path == "" && keep(d) {
			list = append(list, d.name)
		}
	}
	return list
}
