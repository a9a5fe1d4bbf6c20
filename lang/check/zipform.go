package check

import (
	"flowc/lang/typed"
	"flowc/lang/types"
)

// zip is `zip(a, b)`: a list of records { first, second }, as long as the shorter of
// the two. It becomes a comprehension over the first that looks into the second.
func (c *checker) zip(k call) typed.Expr {
	r := k.e.Range()
	if !c.needs(k, 2, "zip(list, list)") {
		return c.bad(r)
	}
	var lists []typed.Expr
	for n := range 2 {
		x := k.first
		if node := k.node(n); node != nil {
			x = c.plain(node, nil)
		}
		if isBad(x) {
			return c.bad(r)
		}
		if t := x.Base().Type; t.Kind != types.List || open(t) {
			c.report(errZip(x))
			return c.bad(r)
		}
		lists = append(lists, x)
	}
	return c.let(lists[1], func(second typed.Expr) typed.Expr { return c.zipped(r, lists[0], second) })
}

func (c *checker) zipped(r rangeT, a, b typed.Expr) typed.Expr {
	n := &typed.Local{Name: "n", Type: types.TInt}
	item := &typed.Local{Name: "item", Type: a.Base().Type.Elem}
	local := func(v *typed.Local) typed.Expr {
		return &typed.LocalRef{Info: c.info(r, v.Type), Local: v}
	}
	length := &typed.Call{Info: c.info(r, types.TInt), Fn: lengthFn, Args: []typed.Expr{b}}
	within := &typed.Binary{Info: c.info(r, types.TBool), Op: "<", L: local(n), R: c.finish(length, b)}
	other := c.finish(&typed.Index{Info: c.info(r, b.Base().Type.Elem), X: b, I: local(n), Sure: true}, b)
	pair := &types.Type{Kind: types.Record, Origin: types.Origin{Range: r, Text: "`zip(…)`"}, Fields: []types.Field{
		{Name: "first", Type: item.Type, Range: r}, {Name: "second", Type: other.Base().Type, Range: r},
	}}
	body := &typed.RecordOf{Info: c.info(r, pair), Elems: []typed.Expr{local(item), other}}
	out := &typed.For{Info: c.info(r, types.ListOf(pair)), KeyVar: n, Var: item, In: a}
	out.If, out.Body = c.finish(within, within.R), c.finish(body, other)
	return c.finish(out, a, b)
}
