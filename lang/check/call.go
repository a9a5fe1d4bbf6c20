package check

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// form is a call that the checker knows by name.
type form func(c *checker, k call) typed.Expr

// call is a call with its written arguments. first is what a pipe put in front
// of them.
type call struct {
	e     *hclsyntax.FunctionCallExpr
	name  string
	first typed.Expr
	args  []hclsyntax.Expression
	want  *types.Type
}

func (k call) count() int {
	if k.first != nil {
		return len(k.args) + 1
	}
	return len(k.args)
}

// node is the source of the n-th argument, nil for what a pipe put there.
func (k call) node(n int) hclsyntax.Expression {
	if k.first != nil {
		n--
	}
	if n < 0 {
		return nil
	}
	return k.args[n]
}

var forms map[string]form

func init() {
	forms = map[string]form{
		"where":        (*checker).where,
		"default":      (*checker).defaultForm,
		"try":          (*checker).try,
		"initially":    (*checker).initially,
		"ready":        (*checker).ready,
		"in":           (*checker).in,
		"as":           (*checker).as,
		"pipe":         (*checker).pipe,
		"show":         (*checker).show,
		"to_string":    (*checker).toString,
		"choose":       (*checker).chooseForm,
		"match":        (*checker).matchForm,
		"ignore":       (*checker).ignore,
		"with":         (*checker).withForm,
		"capture":      (*checker).capture,
		"format":       (*checker).format,
		"without":      (*checker).withoutForm,
		"pick":         (*checker).pickForm,
		"include_text": (*checker).includeText,
		"include_sql":  (*checker).includeText,
		"decode":       (*checker).decodeForm,
		"json":         (*checker).jsonForm,
		"fail":         (*checker).fail,
		"now":          (*checker).now,
		"keys_of":      (*checker).keysOf,
		"round":        (*checker).round,
		"uuid":         (*checker).uuid,
		"zip":          (*checker).zip,
		"decode_csv":   (*checker).decodeCSV,
		"csv_line":     (*checker).csvLine,
		"query":        (*checker).queryForm,
	}
}

// call types a call of a form, a function or an operator.
func (c *checker) call(e *hclsyntax.FunctionCallExpr, first typed.Expr, want *types.Type) typed.Expr {
	k := call{e: e, name: e.Name, first: first, args: e.Args, want: want}
	if f, ok := forms[e.Name]; ok {
		if e.ExpandFinal {
			c.report(errExpand(e))
			return c.bad(e.Range())
		}
		return f(c, k)
	}
	if d := c.functions[e.Name]; d != nil {
		return c.userCall(k, d)
	}
	if x := c.caseCall(k); x != nil {
		return x
	}
	list := c.callees(e.Name)
	if len(list) == 0 {
		c.report(c.errUnknownFunction(e))
		return c.bad(e.Range())
	}
	return c.overload(k, list)
}

// argument is one argument of a call: typed already, or a lambda that waits for
// the type of what it runs over.
type argument struct {
	node   hclsyntax.Expression
	x      typed.Expr
	lambda bool
	// unit is the type of quantities in the unit that the argument names.
	unit *types.Type
}

// overload types the arguments, chooses among callees of one name and calls it.
func (c *checker) overload(k call, list []callee) typed.Expr {
	r := k.e.Range()
	list = c.sameSort(k, list)
	if list[0].op != nil && c.scope.repeated && len(c.catalog.Function(k.name)) == 0 {
		c.report(c.errRemembersHere(k.e))
		return c.bad(r)
	}
	if c.sunAsClock(k) {
		return c.bad(r)
	}
	options, args := c.splitOptions(k, list)
	if c.guessing > 0 {
		if x := c.guessBreaks(k, list); x != nil {
			return x
		}
	}
	given, ok := c.arguments(k, list, args)
	if !ok {
		return c.guessedCall(k, list, given)
	}
	best, m := c.choose(list, given)
	if m.problem != nil {
		c.report(c.errArgument(k, list, best, given, m, options))
		return c.bad(r)
	}
	if best.op != nil {
		return c.operator(k, best, given, m, options)
	}
	return c.function(k, best, given, m)
}

// sameSort settles whether a call whose name both a function and an operator have is
// the one or the other: the functions of such names take a list or a text first.
func (c *checker) sameSort(k call, list []callee) []callee {
	if list[0].op == nil || list[len(list)-1].op != nil || k.count() == 0 {
		return list
	}
	var functions, operators []callee
	fewer := false
	for _, e := range list {
		if e.op == nil {
			functions = append(functions, e)
		} else {
			operators = append(operators, e)
			fewer = fewer || e.takes(k.count())
		}
	}
	if !fewer {
		return functions
	}
	x := k.first
	if x == nil {
		x = c.glance(k.node(0))
	}
	if isBad(x) {
		return list
	}
	for _, e := range functions {
		m := &match{bind: map[string]*types.Type{}, by: map[string]typed.Expr{}}
		u := unifier{c: c, e: e, m: m, x: x}
		if u.fits(e.args[0].Type, x.Base().Type) {
			return functions
		}
	}
	return operators
}

// glance types an expression only to see what it is; nothing of it stays.
func (c *checker) glance(node hclsyntax.Expression) typed.Expr {
	found := len(c.found)
	steps := 0
	if c.scope.by != nil {
		steps = len(c.scope.by.steps)
	}
	x := c.expr(node, nil)
	c.found = c.found[:found]
	if c.scope.by != nil {
		c.scope.by.steps = c.scope.by.steps[:steps]
	}
	return x
}

// guessedCall is what is left of a call with a wrong argument: nothing, except
// while the type of a circle is looked for.
func (c *checker) guessedCall(k call, list []callee, given []argument) typed.Expr {
	if c.guessing == 0 {
		return c.bad(k.e.Range())
	}
	e := list[0]
	if e.op == nil {
		return c.bad(k.e.Range())
	}
	t := c.catalogType(e.op.Result, map[string]*types.Type{}, "")
	for n, a := range given {
		if p := e.arg(n); p == nil || p.Type.Name != "param" {
			continue
		}
		if a.x != nil && !isBad(a.x) && t.Kind == types.Bad {
			t = a.x.Base().Type
		}
	}
	x := &typed.Const{Info: c.info(k.e.Range(), t)}
	x.Shape = types.Value
	if e.op.Out == "event" && len(list) == 1 {
		x.Shape, x.Source = types.Event, &types.Source{Name: k.name}
	}
	return x
}

// guessBreaks is the type of an operator that starts from a constant: what it
// remembers of is not looked at.
func (c *checker) guessBreaks(k call, list []callee) typed.Expr {
	op := list[0].op
	if op == nil || !op.Breaks || k.count() != 2 || k.node(1) == nil {
		return nil
	}
	last := op.Args[len(op.Args)-1]
	if last.Type.Name != "param" {
		return nil
	}
	init := c.expr(k.node(1), nil)
	if isBad(init) {
		return nil
	}
	x := &typed.Const{Info: c.info(k.e.Range(), init.Base().Type)}
	x.Shape = types.Value
	return x
}

// splitOptions takes a trailing object off the arguments of an operator that has
// options.
func (c *checker) splitOptions(k call, list []callee) (*hclsyntax.ObjectConsExpr, int) {
	n := k.count()
	if n == 0 || k.node(n-1) == nil {
		return nil, n
	}
	o, ok := k.node(n - 1).(*hclsyntax.ObjectConsExpr)
	if !ok {
		return nil, n
	}
	for _, e := range list {
		if len(e.options()) > 0 {
			return o, n - 1
		}
	}
	return nil, n
}

// arguments types the first n arguments of a call.
func (c *checker) arguments(k call, list []callee, n int) ([]argument, bool) {
	ok := true
	s := c.scope
	if list[0].op != nil {
		s.facts = nil // narrowing does not reach into what remembers
		s.locals = s.locals.remembered()
	}
	var out []argument
	for i := range n {
		a := argument{node: k.node(i)}
		switch {
		case a.node == nil:
			a.x = k.first
		case lambdaAt(list, i):
			a.lambda = true
		case unitAt(list, i):
			a.unit, a.x = c.unitArg(k.name, a.node)
		default:
			a.x = c.with(s, func() typed.Expr { return c.expr(a.node, c.wantedAt(list, i, out)) })
		}
		if !a.lambda && isBad(a.x) {
			ok = false
		}
		out = append(out, a)
	}
	if ok && k.e.ExpandFinal {
		out, ok = c.expand(k, out)
	}
	return out, ok
}

// expand is `f(xs...)` with a constant list.
func (c *checker) expand(k call, args []argument) ([]argument, bool) {
	last := args[len(args)-1]
	l, isList := constant(last.x)
	if last.lambda || !isList || l.Type.Kind != types.List {
		c.report(errExpand(k.e))
		return nil, false
	}
	args = args[:len(args)-1]
	for _, v := range l.V.([]any) {
		args = append(args, argument{node: last.node, x: c.constOf(last.node.Range(), l.Type.Elem, v)})
	}
	return args, true
}

// unitAt reports whether an argument names the unit of the result.
func unitAt(list []callee, n int) bool {
	for _, e := range list {
		if a := e.arg(n); a != nil && a.Shape == "unit" {
			return true
		}
	}
	return false
}

// unitArg is the type of quantities in a unit that a call names.
func (c *checker) unitArg(call string, node hclsyntax.Expression) (*types.Type, typed.Expr) {
	name := hcl.ExprAsKeyword(node)
	t := unitType(name)
	if t == nil {
		c.report(c.errUnknownUnit(node.Range(), name, nil))
		return types.TBad, c.bad(node.Range())
	}
	x := &typed.Const{Info: c.info(node.Range(), t)}
	return t.From(types.Origin{Range: node.Range(), Text: "`" + call + "`"}), x
}

func lambdaAt(list []callee, n int) bool {
	for _, e := range list {
		if a := e.arg(n); a != nil && a.Shape == "lambda" {
			return true
		}
	}
	return false
}
