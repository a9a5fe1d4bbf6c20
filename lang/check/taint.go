package check

import (
	"github.com/hashicorp/hcl/v2"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// leak is a secret that reaches a place from which it would get out.
type leak struct {
	d     *decl
	field *catalog.Field // nil for `when`
	// stored says that the field takes secrets, but a buffer would write it to the disk.
	stored bool
	// at is what stands at that place.
	at     hcl.Range
	secret *decl
	// through are the equations that carried it there, from the place back.
	through []*decl
}

// leaks reports each place that a secret reaches and that was not made for one.
func (c *checker) leaks() {
	for _, d := range c.things() {
		c.leaksInSettings(d, d.thing.Settings)
		for _, in := range d.thing.Inputs {
			stored := takesSecret(in.Field) && d.thing.Buffer != nil
			if takesSecret(in.Field) && !stored {
				continue
			}
			c.leaksAt(leak{d: d, field: in.Field, stored: stored}, in.X, in.Pos)
		}
		if a := d.block.Attr("when"); a != nil && d.thing.When != nil {
			c.leaksAt(leak{d: d}, d.thing.When, pos(a.Range))
		}
	}
}

func (c *checker) leaksInSettings(d *decl, sets []*typed.Set) {
	for _, s := range sets {
		for _, block := range s.Block {
			c.leaksInSettings(d, block)
		}
		if s.X != nil && !takesSecret(s.Field) {
			c.leaksAt(leak{d: d, field: s.Field}, s.X, s.Pos)
		}
	}
}

// takesSecret reports whether a setting was made for secrets.
func takesSecret(f *catalog.Field) bool {
	t := f.Type
	for t != nil && t.Name == "optional" {
		t = t.Elem
	}
	return t != nil && t.Name == "secret" || f.Tags["secret"] != ""
}

// leaksAt reports the first secret that an expression carries; from is where the
// attribute with it begins.
func (c *checker) leaksAt(l leak, x typed.Expr, from typed.Pos) {
	path := secretIn(x)
	if path == nil {
		return
	}
	l.secret = c.decls[path[len(path)-1].(*typed.SettingRef).Setting.Name]
	l.at = x.Base().Range
	if a := attrAt(l.d.block, from); a != nil {
		l.at = a.Expr.Range()
	}
	for _, n := range path {
		if d := c.equationAround(n.Base().Range); d != nil && !hasDecl(l.through, d) {
			l.through = append(l.through, d)
		}
	}
	c.report(c.errLeak(l))
}

// secretIn is the way from an expression down to the first secret in it, through
// equations; nil if there is none.
func secretIn(x typed.Expr) []typed.Expr {
	seen := map[*typed.Equation]bool{}
	var search func(x typed.Expr, path []typed.Expr) []typed.Expr
	search = func(x typed.Expr, path []typed.Expr) []typed.Expr {
		path = append(path[:len(path):len(path)], x)
		if s, ok := x.(*typed.SettingRef); ok && s.Setting.Type.Kind == types.Secret {
			return path
		}
		if w, ok := x.(*typed.Wire); ok && w.Eq != nil && w.Eq.X != nil && !seen[w.Eq] {
			seen[w.Eq] = true
			return search(w.Eq.X, path)
		}
		for i, o := range typed.Operands(x) {
			if madeForSecret(x, i) {
				continue
			}
			if found := search(o, path); found != nil {
				return found
			}
		}
		return nil
	}
	return search(x, nil)
}

// madeForSecret reports whether a function takes a secret at that place and keeps
// it: a fingerprint cannot be turned back.
func madeForSecret(x typed.Expr, arg int) bool {
	call, ok := x.(*typed.Call)
	return ok && arg < len(call.Fn.Args) && call.Fn.Args[arg].Type.Name == "secret"
}

// equationAround is the equation that a place is part of, nil inside a thing.
func (c *checker) equationAround(r hcl.Range) *decl {
	for _, d := range c.order {
		if d.isEquation() && within(r, d.whole()) {
			return d
		}
	}
	return nil
}

func hasDecl(list []*decl, d *decl) bool {
	for _, o := range list {
		if o == d {
			return true
		}
	}
	return false
}

// attrAt is the attribute of a block, or of a block inside it, that begins at a
// place.
func attrAt(b *syntax.Block, p typed.Pos) *syntax.Attr {
	for _, a := range b.Attrs {
		if pos(a.Range) == p {
			return a
		}
	}
	for _, inner := range b.Blocks {
		if a := attrAt(inner, p); a != nil {
			return a
		}
	}
	return nil
}
