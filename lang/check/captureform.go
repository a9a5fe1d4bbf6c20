package check

import (
	"regexp/syntax"
	"slices"

	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/fn"
)

// inner are Go functions of rt/fn that forms are made of and that no flow calls by
// a name of their own.
func inner(goName string, result *catalog.Type, args ...*catalog.Type) *catalog.Function {
	f := &catalog.Function{Name: goName, Go: goName, Package: "flowc/rt/fn", Result: result}
	for _, t := range args {
		f.Args = append(f.Args, &catalog.Arg{Name: "x", Type: t, Shape: "any", Input: true})
	}
	return f
}

var (
	textType   = &catalog.Type{Name: "string"}
	intType    = &catalog.Type{Name: "int"}
	numberType = &catalog.Type{Name: "number"}
	groupsType = &catalog.Type{Name: "list", Elem: &catalog.Type{Name: "optional", Elem: textType}}

	lengthFn  = inner("LengthList", intType, &catalog.Type{Name: "list", Elem: &catalog.Type{Name: "any"}})
	htmlFn    = inner("HtmlEscape", textType, textType)
	urlFn     = inner("UrlEncode", textType, textType)
	captureFn = inner("Capture", groupsType, textType, &catalog.Type{Name: "string", Go: "flowc/rt/fn.Pattern"})
	fixedFn   = inner("FormatFixed", textType, numberType, intType)
	wideFn    = inner("FormatWide", textType, textType, intType)
	zerosFn   = inner("FormatZeros", textType, textType, intType)
)

func init() {
	foldTable["flowc/rt/fn.Capture"] = []any{fn.Capture}
	foldTable["flowc/rt/fn.FormatFixed"] = []any{fn.FormatFixed}
	foldTable["flowc/rt/fn.FormatWide"] = []any{fn.FormatWide}
	foldTable["flowc/rt/fn.FormatZeros"] = []any{fn.FormatZeros}
}

// innerCall calls such a function.
func (c *checker) innerCall(r rangeT, f *catalog.Function, t *types.Type, args ...typed.Expr) typed.Expr {
	return c.finish(&typed.Call{Info: c.info(r, t), Fn: f, Args: args}, args...)
}

// capture is `capture(text, pattern)`: a record of what the named groups matched,
// missing where the pattern does not match.
func (c *checker) capture(k call) typed.Expr {
	r := k.e.Range()
	if !c.needs(k, 2, `capture(text, "(?P<name>…)")`) {
		return c.bad(r)
	}
	x := k.first
	if node := k.node(0); node != nil {
		x = c.plain(node, types.TString)
	}
	p := c.plain(k.node(1), types.TString)
	if anyBad(x, p) {
		return c.bad(r)
	}
	for _, a := range []typed.Expr{x, p} {
		if a.Base().Type.Kind != types.String {
			c.report(c.errWrongType(a, types.TString, "`capture`", rangeT{}))
			return c.bad(r)
		}
	}
	text, isConst := constant(p)
	if !isConst {
		c.report(c.errNotConstant(p, "the pattern of `capture`"))
		return c.bad(r)
	}
	groups, ok := c.groups(text)
	if !ok {
		return c.bad(r)
	}
	list := types.ListOf(types.OptionalOf(types.TString))
	found := c.innerCall(r, captureFn, list, x, p)
	return c.let(found, func(m typed.Expr) typed.Expr { return c.groupRecord(r, m, groups) })
}

// group is a named group of a pattern: its number, and whether it may take no part
// in a match.
type group struct {
	name  string
	n     int
	maybe bool
}

// groups reads the named groups of a pattern.
func (c *checker) groups(pattern *typed.Const) ([]group, bool) {
	text := pattern.V.(string)
	if _, err := fn.ParsePattern(text); err != nil {
		c.report(errNeverWorks(pattern, err))
		return nil, false
	}
	tree, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return nil, false
	}
	list := namedGroups(tree, false)
	if len(list) == 0 {
		c.report(errNoGroups(pattern))
		return nil, false
	}
	for n, g := range list {
		if slices.ContainsFunc(list[:n], func(o group) bool { return o.name == g.name }) {
			c.report(errGroupTwice(pattern, g.name))
			return nil, false
		}
		if !isName(g.name) {
			c.report(errGroupName(pattern, g.name))
			return nil, false
		}
	}
	return list, true
}

func namedGroups(t *syntax.Regexp, maybe bool) []group {
	var list []group
	switch t.Op {
	case syntax.OpCapture:
		if t.Name != "" {
			list = append(list, group{t.Name, t.Cap, maybe})
		}
	case syntax.OpStar, syntax.OpQuest, syntax.OpAlternate:
		maybe = true
	case syntax.OpRepeat:
		maybe = maybe || t.Min == 0
	}
	for _, sub := range t.Sub {
		list = append(list, namedGroups(sub, maybe)...)
	}
	return list
}

// groupRecord makes a record of the groups, m, of a match.
func (c *checker) groupRecord(r rangeT, m typed.Expr, groups []group) typed.Expr {
	text := types.TString.From(types.Origin{Range: r, Text: "`capture(…)`"})
	maybe := types.OptionalOf(text)
	t := &types.Type{Kind: types.Record, Origin: text.Origin}
	var elems []typed.Expr
	for _, g := range groups {
		at := c.constOf(r, types.TInt, int64(g.n))
		v := c.finish(&typed.Index{Info: c.info(r, maybe), X: m, I: at, Sure: true}, m, at)
		f := types.Field{Name: g.name, Type: maybe, Range: r}
		if !g.maybe {
			v, f.Type = c.unwrap(v), text
		}
		elems = append(elems, v)
		t.Fields = append(t.Fields, f)
	}
	first := c.constOf(r, types.TInt, int64(0))
	whole := c.finish(&typed.Index{Info: c.info(r, types.OptionalOf(maybe)), X: m, I: first}, m, first)
	matched := c.finish(&typed.Present{Info: c.info(r, types.TBool), X: whole}, whole)
	result := types.OptionalOf(t)
	record := c.finish(&typed.RecordOf{Info: c.info(r, t), Elems: elems}, append(elems, m)...)
	yes := c.finish(&typed.Wrap{Info: c.info(r, result), X: record}, record)
	no := c.constOf(r, result, nil)
	return c.finish(&typed.Cond{Info: c.info(r, result), C: matched, A: yes, B: no}, matched, yes, no)
}
