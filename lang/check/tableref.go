package check

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// tableReference is `into = history.weather`: a table of another thing.
func (w *wiring) tableReference(f *catalog.Field, a *syntax.Attr) *typed.Set {
	t, ok := a.Expr.(*hclsyntax.ScopeTraversalExpr)
	if !ok || len(t.Traversal) > 2 {
		w.c.report(w.c.errWantsTable(f, a))
		return nil
	}
	of := *a
	of.Expr = &hclsyntax.ScopeTraversalExpr{Traversal: t.Traversal[:1], SrcRange: t.Traversal[0].SourceRange()}
	set := w.c.reference(w.d, f, &of)
	if set == nil {
		return nil
	}
	if w.c.lookup(t.Traversal.RootName()).handed != nil {
		return nil // nobody knows its tables
	}
	tables := set.X.(*typed.ThingRef).Thing.Tables
	if len(t.Traversal) == 1 {
		w.c.report(errWhichTable(a, t.Traversal.RootName(), tables))
		return nil
	}
	step, ok := t.Traversal[1].(hcl.TraverseAttr)
	if !ok {
		w.c.report(w.c.errWantsTable(f, a))
		return nil
	}
	if w.t.Table = findTable(tables, step.Name); w.t.Table == nil {
		w.c.report(errUnknownTable(w.c.lookup(t.Traversal.RootName()), step.Name, step.SrcRange))
		return nil
	}
	return set
}

// row types the row that goes into a table: a record of its columns.
func (w *wiring) row(f *catalog.Field, a *syntax.Attr) {
	if w.t.Table == nil || !whole(w.t.Table.Row) {
		w.failed = true
		return
	}
	want := w.t.Table.Row
	x := w.c.expr(a.Expr, want)
	if isBad(x) {
		w.failed = true
		return
	}
	t := x.Base().Type
	if t.Kind == types.Optional {
		w.c.report(w.c.errMissingHanded(x))
		w.failed = true
		return
	}
	if _, ok := convertible(t, want); !ok {
		w.c.report(w.c.errWrongType(x, want, "`"+f.Name+"`", a.NameRange))
		w.failed = true
		return
	}
	w.cells(f, a, w.c.convert(x, want))
}

// whole reports whether nothing in a record is unknown because of an error.
func whole(t *types.Type) bool {
	for _, f := range t.Fields {
		if elemOrSelf(f.Type).Kind == types.Bad {
			return false
		}
	}
	return true
}

// cells wires a record as the cells of a row: what a shot sends.
func (w *wiring) cells(f *catalog.Field, a *syntax.Attr, x typed.Expr) {
	e := &typed.Encode{Info: *x.Base(), X: x, Codec: typed.SQL}
	e.Type, e.Fallible = types.TBytes, false
	w.shot = &wired{attr: a, field: f, x: e}
	w.t.Inputs = append(w.t.Inputs, &typed.Input{Field: f, X: e, Pos: pos(a.Range)})
}
