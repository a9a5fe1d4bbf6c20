package check

import (
	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// pairsType is what names with texts are in Go.
var pairsType = &types.Type{Kind: types.Record, GoType: "flow.Pairs"}

// isPairs reports whether a field takes names with texts: `headers = { … }`.
func isPairs(f *catalog.Field) bool { return f.Type != nil && f.Type.Name == "pairs" }

// pairs types a record whose fields become names with texts.
func (w *wiring) pairs(f *catalog.Field, a *syntax.Attr) {
	x := w.c.expr(a.Expr, nil)
	if isBad(x) {
		w.failed = true
		return
	}
	p := w.c.pairsOf(x, f, a)
	if p == nil {
		w.failed = true
		return
	}
	switch f.Role {
	case catalog.RoleEach:
		w.t.Inputs = append(w.t.Inputs, &typed.Input{Field: f, X: p, Pos: pos(a.Range)})
		w.each = append(w.each, &wired{attr: a, field: f, x: p})
		return
	case catalog.RoleShot:
		w.t.Inputs = append(w.t.Inputs, &typed.Input{Field: f, X: p, Pos: pos(a.Range)})
		w.shot = &wired{attr: a, field: f, x: p}
		return
	}
	if p.Shape != types.Constant {
		w.c.report(w.c.errMustNotMove(x, f, a.NameRange))
		return
	}
	w.t.Settings = append(w.t.Settings, &typed.Set{Field: f, X: p, Pos: pos(a.Range)})
}

// pairsOf is a record as names with texts, nil if it cannot be.
func (c *checker) pairsOf(x typed.Expr, f *catalog.Field, a *syntax.Attr) *typed.PairsOf {
	t := x.Base().Type
	if t.Kind != types.Record {
		c.report(errPairs(x, f, a))
		return nil
	}
	p := &typed.PairsOf{Info: *x.Base(), Typed: f.Tags["typed"] != ""}
	p.Type, p.Fallible = pairsType, false
	for n, g := range t.Fields {
		e := c.elementAt(x, n, g)
		k := e.Base().Type.Kind
		if k == types.Optional && p.Typed {
			k = e.Base().Type.Elem.Kind
		}
		switch {
		case k == types.Secret && takesSecret(f):
		case k == types.Secret:
			c.report(c.errCannotSend(e, "`"+f.Name+"`", a.NameRange))
			return nil
		case k == types.Optional:
			c.report(c.errMissingHanded(e))
			return nil
		case !isPlainText(k):
			c.report(errPairText(e, g.Name, f, a))
			return nil
		}
		p.Names = append(p.Names, g.Name)
		p.Elems = append(p.Elems, e)
	}
	return p
}

// isPlainText reports whether data of a kind is one word outside.
func isPlainText(k types.Kind) bool {
	switch k {
	case types.Bool, types.Int, types.Number, types.String, types.Quantity, types.Duration, types.Time, types.Enum:
		return true
	}
	return false
}

// elementAt is the n-th field of a record, as written where it is.
func (c *checker) elementAt(x typed.Expr, n int, f types.Field) typed.Expr {
	switch x := x.(type) {
	case *typed.RecordOf:
		return x.Elems[n]
	case *typed.Const:
		m, _ := x.V.(map[string]any)
		i := x.Info
		i.Type = f.Type
		return &typed.Const{Info: i, V: m[f.Name]}
	}
	return c.field(x, f, x.Base().Range)
}

// periods gives a silence its default: three times what another setting says.
func (w *wiring) periods(f *catalog.Field) {
	of := f.Tags["periods"]
	for _, s := range w.t.Settings {
		if s.Field.Name != of {
			continue
		}
		if k, ok := s.X.(*typed.Const); ok {
			if d, ok := duration(k.V); ok {
				w.t.Stale = 3 * d
			}
			return
		}
		w.c.report(errPeriods(w.d, f, w.d.block.Attr(of)))
		return
	}
}
