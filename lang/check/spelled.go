package check

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// spelled is the type of what a thing sends, with the spelling that it was told:
// `payload = words({ on = "ON", off = "OFF" })`.
func (w *wiring) spelled(x typed.Expr) *types.Type {
	t := x.Base().Type
	f := fieldOfRole(w.d.kind, catalog.RoleForm)
	if f == nil {
		return t
	}
	a := w.d.block.Attr(f.Name)
	if a == nil {
		return t
	}
	e, ok := a.Expr.(*hclsyntax.FunctionCallExpr)
	if !ok || e.Name != "words" {
		w.c.report(w.c.errPayloadForm(a, t))
		w.failed = true
		return t
	}
	if !t.Is(types.Bool, types.Enum) {
		w.c.report(w.c.errPayloadSort(x, a, e))
		w.failed = true
		return t
	}
	worded := w.c.wordsOf(e, t, w.d.name)
	switch {
	case worded.Kind == types.Bad:
		w.failed = true
		return t
	case !types.Same(worded, t):
		w.c.report(w.c.errWrongType(x, worded, "`"+f.Name+"`", a.NameRange))
		w.failed = true
		return t
	}
	return worded
}

// wordsOf is `words({ … })` where what is spelled is known to be of type t.
func (c *checker) wordsOf(e *hclsyntax.FunctionCallExpr, t *types.Type, path string) *types.Type {
	if t.Kind != types.Enum || len(e.Args) != 1 {
		return c.wordsType(e, path)
	}
	object, ok := e.Args[0].(*hclsyntax.ObjectConsExpr)
	if !ok {
		return c.wordsType(e, path)
	}
	texts := c.wordTexts(e, object, t.Values)
	if texts == nil {
		return types.TBad
	}
	return formed(t, types.Form{Kind: types.Words, Words: texts})
}
