package check

import (
	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// leak is a secret that reaches a place from which it would get out.
type leak struct {
	d      *decl
	field  *catalog.Field
	x      typed.Expr
	secret *decl
	// through are the equations that carried it.
	through []*decl
}

// leaks reports each place that a secret reaches and that was not made for one.
func (c *checker) leaks() {
	for _, d := range c.things() {
		c.leaksInSettings(d, d.thing.Settings)
		for _, in := range d.thing.Inputs {
			c.leaksAt(leak{d: d, field: in.Field, x: in.X})
		}
		if d.thing.When != nil {
			c.leaksAt(leak{d: d, x: d.thing.When})
		}
	}
}

func (c *checker) leaksInSettings(d *decl, sets []*typed.Set) {
	for _, s := range sets {
		for _, block := range s.Block {
			c.leaksInSettings(d, block)
		}
		if s.X != nil && !takesSecret(s.Field) {
			c.leaksAt(leak{d: d, field: s.Field, x: s.X})
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

// leaksAt reports the first secret that an expression carries.
func (c *checker) leaksAt(l leak) {
	if secret, through := c.carried(l.x); secret != nil {
		l.secret, l.through = secret, through
		c.report(c.errLeak(l))
	}
}

// carried is the first secret in an expression, with the equations it came through.
// A secret that an equation passes on unchanged is known by the place it is named.
func (c *checker) carried(x typed.Expr) (secret *decl, through []*decl) {
	seen := map[*typed.Equation]bool{}
	var search func(x typed.Expr, path []*decl) bool
	search = func(x typed.Expr, path []*decl) bool {
		typed.Walk(x, func(n typed.Expr) bool {
			switch n := n.(type) {
			case *typed.SettingRef:
				if n.Setting.Type.Kind == types.Secret {
					secret, through = c.decls[n.Setting.Name], path
				}
			case *typed.Wire:
				if secret == nil && n.Eq != nil && !seen[n.Eq] {
					seen[n.Eq] = true
					next := path
					if d := c.decls[n.Eq.Name]; d != nil {
						next = append(append([]*decl(nil), path...), d)
					}
					search(n.Eq.X, next)
				}
			}
			return secret == nil
		})
		return secret != nil
	}
	search(x, nil)
	return secret, through
}
