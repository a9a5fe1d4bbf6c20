package check

import (
	"slices"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
)

// unused warns of what goes nowhere: equations, sources, connections, settings and
// types that nothing else mentions. Things that act are used by themselves.
func (c *checker) unused() {
	if c.library {
		return // it is there for others to use
	}
	used := map[*decl]bool{}
	for _, r := range c.refs {
		if r.by != r.to {
			used[r.to] = true
		}
	}
	for _, d := range c.putIn {
		used[d] = true
	}
	if c.found.HasErrors() { // what could not be typed may still mean to use it
		c.mentioned(used)
	}
	if !c.found.HasErrors() {
		c.unusedFunctions(used)
	}
	for _, d := range c.order {
		if d.eventTime != nil && !d.eventTime.used && !c.found.HasErrors() {
			c.report(errTimeUnused(d))
		}
		if used[d] || c.decls[d.name] != d || c.libraryFiles[d.at.Filename] {
			continue // what a library offers need not all be used
		}
		switch {
		case d.output || d.gather != nil: // whoever wrote the component offers it
			continue
		case d.input != nil:
			c.report(errUnusedInput(d))
			continue
		}
		switch d.sort {
		case sortEquation:
			c.unusedEquation(d)
		case sortComponent:
			if !d.component.used {
				c.report(errUnusedDecl(d))
			}
		case sortInstance:
			if !c.instanceActs(d) {
				c.report(errUnusedDecl(d))
			}
		case sortInterlock:
		case sortState, sortSequence:
			if d.x != nil && !isBad(d.x) {
				c.report(errUnusedEquation(d))
			}
		case sortThing:
			if len(c.missing) > 0 {
				continue // what is not finished may still mean to use it
			}
			if d.kind != nil && !acts(d.kind) && !publishes(d) {
				c.report(errUnusedThing(d, c.catalog))
			}
		default:
			f := errUnusedDecl(d)
			if d.sort == sortEnum {
				c.hintQuotedMembers(f, d)
			}
			c.report(f)
		}
	}
}

// unusedEquation tells a result that goes nowhere from a setting that slipped out
// of its block.
func (c *checker) unusedEquation(d *decl) {
	if ignores(d) {
		return
	}
	if b := c.blockAbove(d); b != nil {
		c.report(c.errStray(d, b))
		return
	}
	if d.x != nil && !isBad(d.x) {
		c.report(errUnusedEquation(d))
	}
}

// instanceActs reports whether something in the instances of a block acts by itself.
func (c *checker) instanceActs(d *decl) bool {
	if len(d.instances) == 0 {
		return true // what kept it from being made was told
	}
	for _, m := range d.instances[0].members {
		switch {
		case m.path == "": // a thing that was handed in
		case m.sort == sortThing && m.kind != nil && (acts(m.kind) || publishes(m)):
			return true
		case m.sort == sortInstance && c.instanceActs(m):
			return true
		}
	}
	return false
}

// acts reports whether a kind does something by itself: it takes what flows.
func acts(k *catalog.Kind) bool {
	for _, f := range k.Fields {
		switch f.Role {
		case catalog.RoleLevel, catalog.RoleDrive, catalog.RoleShot, catalog.RoleShow, catalog.RoleEach, catalog.RoleAnswer, catalog.RolePath:
			return true
		}
	}
	return false
}

// publishes reports whether a thing was told to say something by itself: a
// connection may be there only to keep a topic that tells whether the program runs.
func publishes(d *decl) bool {
	for _, f := range d.kind.Fields {
		if f.Tags["topic"] == "out" && d.block.Attr(f.Name) != nil {
			return true
		}
		for _, inner := range f.Fields {
			if inner.Tags["topic"] == "out" && slices.ContainsFunc(d.block.Blocks, func(b *syntax.Block) bool { return b.Kind == f.Name }) {
				return true
			}
		}
	}
	return false
}

// blockAbove is the thing right above an equation if the equation's name is a
// setting that the thing has and was not given.
func (c *checker) blockAbove(d *decl) *decl {
	var above *decl
	for _, other := range c.order {
		if other.block == nil || other.at.Filename != d.at.Filename || other.block.End.Start.Byte > d.at.Start.Byte {
			continue
		}
		if above == nil || other.at.Start.Byte > above.at.Start.Byte {
			above = other
		}
	}
	if above == nil || above.kind == nil || above.block.Attr(d.name) != nil {
		return nil
	}
	f := settingField(above.kind, d.name)
	if d.name != "when" && (f == nil || f.Role == catalog.RoleBlock) {
		return nil
	}
	if f == nil && fieldOfRole(above.kind, catalog.RoleShot) == nil {
		return nil
	}
	return above
}

// mentioned adds all declarations whose name is written anywhere outside their own.
func (c *checker) mentioned(used map[*decl]bool) {
	for _, a := range c.flow.Equations {
		c.mentionedIn(a, a.Name, used)
	}
	for _, b := range c.flow.Blocks {
		c.mentionedInBlock(b, b.Name(), used)
	}
}

func (c *checker) mentionedInBlock(b *syntax.Block, own string, used map[*decl]bool) {
	for _, a := range b.Attrs {
		c.mentionedIn(a, own, used)
	}
	for _, inner := range b.Blocks {
		c.mentionedInBlock(inner, own, used)
	}
}

func (c *checker) mentionedIn(a *syntax.Attr, own string, used map[*decl]bool) {
	for _, t := range variables(a.Expr) {
		if d := c.decls[t.RootName()]; d != nil && d.name != own {
			used[d] = true
		}
	}
}
