package check

import (
	"flowc/lang/typed"
	"flowc/lang/types"
)

// userCall calls a function of the flow.
func (c *checker) userCall(k call, d *decl) typed.Expr {
	r := k.e.Range()
	c.use(d, "", nil)
	f := c.functionOf(d, k.e.NameRange)
	if k.e.ExpandFinal {
		c.report(errExpand(k.e))
		return c.bad(r)
	}
	if f == nil {
		return c.bad(r)
	}
	if k.count() > len(f.params) || k.count() < f.least() {
		c.report(errFunctionCount(k, f))
		return c.bad(r)
	}
	x := &typed.FunctionCall{Info: c.info(r, f.typed.Type()), Fn: f.typed}
	x.Fallible = f.typed.Fallible
	x.Type = x.Type.From(types.Origin{Range: r, Text: "`" + x.Text + "`"})
	ok := true
	for n, p := range f.params {
		a := c.functionArg(k, n, p, f)
		ok = ok && !isBad(a)
		x.Args = append(x.Args, a)
	}
	if !ok {
		return c.bad(r)
	}
	return c.finish(x, x.Args...)
}

// least is how many arguments there must be.
func (f *function) least() int {
	n := len(f.params)
	for n > 0 && f.params[n-1].optional() {
		n--
	}
	return n
}

func (p param) optional() bool {
	return p.field.Default != nil || p.field.Type.Kind == types.Optional
}

// functionArg is the argument for a parameter; what was left out is its default.
func (c *checker) functionArg(k call, n int, p param, f *function) typed.Expr {
	want := p.field.Type
	if n >= k.count() {
		return c.constOf(k.e.Range(), want, p.field.Default)
	}
	x := k.arg(c, n, want)
	if isBad(x) {
		return x
	}
	if x.Base().Type.Kind == types.Optional && want.Kind != types.Optional {
		c.report(c.errMissing(x, ""))
		return c.bad(x.Base().Range)
	}
	if want.Kind == types.Map && writtenOut(x) {
		if m := c.asMap(x); m != nil {
			x = m
		}
	}
	if _, ok := convertible(x.Base().Type, want); !ok {
		c.report(c.errWrongType(x, want, "`"+p.field.Name+"` of `"+f.d.name+"`", p.field.Range))
		return c.bad(x.Base().Range)
	}
	return c.convert(x, want)
}

// unusedFunctions warns of functions that nothing calls.
func (c *checker) unusedFunctions(used map[*decl]bool) {
	for _, d := range c.functionOrder {
		if !used[d] && !c.libraryFiles[d.at.Filename] {
			c.report(errUnusedFunction(d))
		}
	}
}

// unusedLocals warns of local equations that the result does not need, and of
// parameters that nothing in the function mentions.
func (c *checker) unusedLocals(f *function, result typed.Expr) {
	read := map[*typed.Local]bool{}
	note := func(x typed.Expr) {
		if r, ok := x.(*typed.LocalRef); ok {
			read[r.Local] = true
		}
	}
	typed.Visit(result, note)
	for _, s := range f.steps {
		if s.x != nil {
			typed.Visit(s.x, note)
		}
	}
	for _, p := range f.params {
		if !read[p.v] && !c.placedIn(f.d, p.field.Name) && !c.libraryFiles[f.d.at.Filename] {
			c.report(errUnusedParam(f.d, p))
		}
	}
	for _, s := range f.steps {
		if !s.used && !c.placedIn(f.d, s.attr.Name) {
			c.report(errUnusedLocal(s))
		}
	}
}
