package check

import (
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/hcl/v2"

	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
)

// alone checks the components of which the flow makes no instance: each in a flow of
// its own, which makes one and hands in all that the inputs ask for. What is found in
// a component there is told once; what is wrong only with what was handed in is not.
func (c *checker) alone() {
	var lone []*decl
	for _, d := range c.components {
		if d.component.count == 0 && !c.libraryFiles[d.at.Filename] {
			lone = append(lone, d)
		}
	}
	slices.SortFunc(lone, func(a, b *decl) int { return comparePlaces(a.at, b.at) })
	told := map[said]bool{}
	for _, f := range c.found {
		told[whatSaid(f)] = true
	}
	var own, others diag.List
	for _, d := range lone {
		found, _ := c.shadow(d, lone)
		for _, f := range found {
			if within(f.Subject.Range, d.whole()) {
				own = append(own, f)
			} else {
				others = append(others, f)
			}
		}
	}
	for _, f := range append(own, others...) { // of each, what it says with its own inputs
		if !told[whatSaid(f)] {
			told[whatSaid(f)] = true
			c.report(f)
		}
	}
}

// outer is the declaration of the flow itself by a name, as it is seen from a
// component: not to be used, only to be told of. It is nil where there is none.
func (c *checker) outer(name string) *decl {
	if d := c.decls[name]; d != nil {
		return d
	}
	return c.around[name]
}

// shadow is what is wrong in a component whatever it is given: what another constant
// for one of its inputs takes away is not. With it come the constants with which it
// was found.
func (c *checker) shadow(d *decl, lone []*decl) (diag.List, handed) {
	s := &search{c: c, d: d, lone: lone, gone: map[said]bool{}, tries: maxTries}
	found, inputs := c.shadowWith(d, handed{}, lone)
	given, stays := handed{}, map[said]bool{}
	for {
		n := slices.IndexFunc(found, func(f *diag.Diagnostic) bool { return !stays[whatSaid(f)] })
		if n < 0 {
			return found, given
		}
		f := found[n]
		if next, list := s.without(f, found, given, inputs); next != nil {
			given, found = next, list
			s.gone[whatSaid(f)] = true
		} else {
			stays[whatSaid(f)] = true
		}
	}
}

// maxTries bounds how often one component is checked.
const maxTries = 150

// search looks for constants with which a component is right.
type search struct {
	c     *checker
	d     *decl
	lone  []*decl
	gone  map[said]bool
	tries int
}

// without looks for another constant of an input with which a finding goes away, and
// none comes back that went before. Where the finding does not mention the input, less
// must be found than before: it may only have been covered up.
func (s *search) without(f *diag.Diagnostic, found diag.List, given handed, inputs []*componentInput) (best handed, list diag.List) {
	for _, in := range inputs {
		for n := range handedChoices(in) {
			if n == given[in.name] || s.tries == 0 {
				continue
			}
			s.tries--
			next := given.with(in.name, n)
			l, _ := s.c.shadowWith(s.d, next, s.lone)
			back := slices.ContainsFunc(l, func(o *diag.Diagnostic) bool { return whatSaid(o) == whatSaid(f) || s.gone[whatSaid(o)] })
			if back || costOf(l) >= costOf(found) && !namedIn(s.c.src(f.Subject.Range), in.name) {
				continue
			}
			if best == nil || costOf(l) < costOf(list) {
				best, list = next, l
			}
		}
	}
	return best, list
}

// namedIn reports whether a text of the flow has a name in it.
func namedIn(text, name string) bool {
	return slices.Contains(strings.FieldsFunc(text, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }), name)
}

// costOf weighs findings: an error more than any warnings.
func costOf(found diag.List) int {
	n := 0
	for _, f := range found {
		if n++; f.Severity == diag.Error {
			n += 1000
		}
	}
	return n
}

// shadowWith checks a component in a flow of its own, and gives what was found in
// components without an instance, with the inputs of this one.
func (c *checker) shadowWith(d *decl, given handed, lone []*decl) (diag.List, []*componentInput) {
	s, _ := c.shadowFlow(d, given)
	if s == nil {
		return nil, nil // another has its name, which was told
	}
	s.checkAll()
	s.afterwards()
	s.onceForAll()
	return slices.DeleteFunc(s.found, func(f *diag.Diagnostic) bool {
		in := c.bodyAround(f.Subject.Range)
		return in == nil || !slices.Contains(lone, in.d) || f.Code == "W0602" && (f.Subject.Range == in.d.at || s.unknown)
	}), s.components[d.name].component.inputs
}

// shadowFlow declares a flow of one instance of a component, with what such an
// instance may use; nil where another has the component's name.
func (c *checker) shadowFlow(d *decl, given handed) (*checker, *decl) {
	var blocks []*syntax.Block
	for _, b := range c.flow.Blocks {
		if slices.Contains(libraryBlocks, b.Kind) || b.Kind == "site" || b.Kind == "board" || b.Kind == "program" {
			blocks = append(blocks, b)
		}
	}
	s := newChecker(c.flow.With(blocks, nil), c.catalog)
	s.sources, s.libraryFiles, s.around = c.sources, c.libraryFiles, c.decls
	s.declare()
	of := s.components[d.name]
	if of == nil || of.at != d.at {
		return nil, nil
	}
	s.everywhere()
	in := &decl{name: d.name, sort: sortInstance, at: d.at, block: &syntax.Block{Kind: d.name, KindRange: d.at, End: d.at}, handed: given}
	s.order = append(s.order, in)
	s.order = append(s.order, s.expandBlock(in, nil)...)
	return s, in
}

// everywhere gives a flow what it does not say and a component may ask for: the place
// where it runs, and a file that keeps its memory.
func (c *checker) everywhere() {
	if c.site == nil {
		c.zone, c.place.known = "UTC", true
	}
	if c.about == nil {
		c.persist = &typed.Persist{Marked: true}
	}
}

// said is what a finding says of which place.
type said struct {
	code, summary string
	at            hcl.Range
}

func whatSaid(f *diag.Diagnostic) said { return said{f.Code, f.Summary, f.Subject.Range} }

// isLibrary reports whether a flow only offers what others use: components, with the
// types and functions that they need.
func (c *checker) isLibrary() bool {
	if len(c.components) == 0 || len(c.flow.Equations) > 0 {
		return false
	}
	return !slices.ContainsFunc(c.flow.Blocks, func(b *syntax.Block) bool { return !slices.Contains(libraryBlocks, b.Kind) })
}
