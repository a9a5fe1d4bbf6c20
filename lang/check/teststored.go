package check

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// stored is what an earlier version of the program kept: states by their names, each in
// the form that `migrate` takes, or in its own where there is no `migrate`. The program
// starts again with it.
func (w *testWriting) stored(s *typed.TestStep, b *syntax.Block, _ *decl) {
	c := w.c
	w.known = w.known && w.round == nil
	if len(b.Attrs) == 0 {
		c.report(errStoredWhat(b, c.names(c.isKept)))
		return
	}
	for _, a := range b.Attrs {
		d := c.decls[a.Name]
		switch {
		case d == nil:
			c.report(c.errStepName(a.Name, a.NameRange))
			continue
		case d.sort != sortState:
			c.report(c.errStoredState(a, d))
			continue
		}
		c.use(d, "", nil)
		x, ok := d.x.(*typed.State)
		if !ok {
			continue // told where it stands
		}
		if !c.isKept(d) {
			c.report(c.errStoredNowhere(a, d))
			continue
		}
		t := x.Type
		if x.Migrate != nil {
			t = x.Migrate.Old.Type
		}
		if x.Key.Keyed() {
			s.Stored = append(s.Stored, w.storedKeys(a, d, x.Key, t)...)
			continue
		}
		if k := w.constant(a, t); k != nil {
			s.Stored = append(s.Stored, typed.StoredState{Eq: d.eq, X: k})
		}
	}
}

// storedKeys are the states of single keys: `{ kitchen = 3.l, bath = 1.l }`.
func (w *testWriting) storedKeys(a *syntax.Attr, d *decl, key types.Key, t *types.Type) (list []typed.StoredState) {
	c := w.c
	if strings.Contains(key.Names, ",") {
		c.report(c.errStoredParts(a, d))
		return nil
	}
	if _, written := unwrapped(a.Expr).(*hclsyntax.ObjectConsExpr); !written {
		c.report(c.errStoredKeys(a, d, t))
		return nil
	}
	all := w.constant(a, types.MapOf(t))
	if all == nil {
		return nil
	}
	states := all.V.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(states)) {
		k := c.constOf(a.Expr.Range(), types.TString, name)
		if n, err := strconv.ParseInt(name, 10, 64); err == nil && key.Types == "int" {
			k = c.constOf(a.Expr.Range(), types.TInt, n)
		}
		if f := c.keyFits(key, 0, k); f != nil {
			c.report(f)
			return nil
		}
		list = append(list, typed.StoredState{Eq: d.eq, Key: k.V, X: c.constOf(a.Expr.Range(), t, states[name])})
	}
	return list
}

// isKept reports whether a state outlives the program.
func (c *checker) isKept(d *decl) bool {
	return d.sort == sortState && c.persist != nil && (!c.persist.Marked || d.eq.Persist)
}
