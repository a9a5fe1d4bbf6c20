package check

import (
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// persistType marks the setting of `program` that is an object of settings.
var persistType = &types.Type{Kind: types.Record}

var (
	persistSettings = []string{"every", "file", "what"}
	persistWhat     = []string{"all", "marked"}
)

// leastPeriod is how often a card may be written at most.
const leastPeriod = 5 * time.Second

// persistOf reads `persist = { file = "state.db", every = 1.min, what = all }`.
func (c *checker) persistOf(a *syntax.Attr) *typed.Persist {
	o, ok := a.Expr.(*hclsyntax.ObjectConsExpr)
	if !ok {
		c.report(errPersistForm(a))
		return nil
	}
	p := &typed.Persist{Every: time.Minute, Range: a.Range}
	seen := map[string]rangeT{}
	for _, item := range o.Items {
		name, r := hcl.ExprAsKeyword(item.KeyExpr), item.KeyExpr.Range()
		if first, twice := seen[name]; twice {
			c.report(errKeyTwice(name, r, first))
			ok = false
			continue
		}
		seen[name] = r
		ok = c.persistSetting(p, name, r, item.ValueExpr) && ok
	}
	if _, given := seen["file"]; !given && ok {
		c.report(errPersistFile(o.Range()))
		return nil
	}
	if !ok {
		return nil
	}
	return p
}

func (c *checker) persistSetting(p *typed.Persist, name string, r rangeT, e hclsyntax.Expression) bool {
	switch name {
	case "file":
		v := c.persistConst(e, types.TString, "`file`")
		if p.File, _ = v.(string); v == "" {
			c.report(errPersistFile(e.Range()))
		}
		return p.File != ""
	case "every":
		v := c.persistConst(e, types.TDuration, "`every`")
		every, ok := v.(time.Duration)
		if p.Every = every; ok && every < leastPeriod {
			c.report(errPersistOften(e.Range()))
			return false
		}
		return ok
	case "what":
		what := hcl.ExprAsKeyword(e)
		if p.Marked = what == "marked"; !slices.Contains(persistWhat, what) {
			c.report(errPersistWhat(e.Range()))
			return false
		}
		return true
	}
	c.report(errPersistSetting(c.text(r), r, persistSettings))
	return false
}

// persistConst is a constant of a type, nil for anything else.
func (c *checker) persistConst(e hclsyntax.Expression, t *types.Type, label string) any {
	x := c.expr(e, t)
	k, ok := constant(x)
	switch {
	case isBad(x):
	case x.Base().Type.Kind != t.Kind:
		c.report(c.errWrongType(x, t, label, rangeT{}))
	case !ok:
		c.report(c.errNotConstant(x, label))
	default:
		return k.V
	}
	return nil
}

// kept reads `persist = true` and `renamed_from` of a block that remembers.
func (c *checker) kept(d *decl) {
	if a := d.block.Attr("persist"); a != nil {
		on, known := c.persistConst(a.Expr, types.TBool, "`persist`").(bool)
		switch {
		case !known:
		case c.persist == nil:
			if c.about == nil || c.about.Attr("persist") == nil { // else its error was told
				c.report(errKeptNowhere(d, a))
			}
		case !on && !c.persist.Marked:
			c.report(errKeptAnyway(a))
		default:
			d.eq.Persist = on
		}
	}
	if a := d.block.Attr("renamed_from"); a != nil {
		old, _ := c.persistConst(a.Expr, types.TString, "`renamed_from`").(string)
		switch other := c.decls[old]; {
		case old == "":
		case other != nil:
			c.report(errOldNameTaken(a.Expr.Range(), other))
		default:
			d.eq.RenamedFrom = old
		}
	}
}
