package check

import (
	"reflect"
	"strconv"
	"time"

	"flowc/lang/catalog"
	"flowc/lang/typed"
)

// possible holds the constant options of an operator against what they may be: a
// number in its range, a time that is longer than nothing.
func (c *checker) possible(e callee, args []typed.Expr, opts []typed.Option) bool {
	ok := true
	for n, x := range args {
		if p := e.arg(n); p != nil && !p.Input {
			ok = c.possibleOption(p, x) && ok
		}
	}
	for _, o := range opts {
		ok = c.possibleOption(o.Arg, o.X) && ok
	}
	return ok
}

// possibleText holds a text that is read when the flow is built.
func (c *checker) possibleText(a *catalog.Arg, x typed.Expr, parse reflect.Value) bool {
	k, ok := constant(x)
	if !ok {
		c.report(c.errNotConstant(x, "`"+a.Name+"`"))
		return false
	}
	v, err := parsedText(k.V, parse)
	if err != nil {
		c.report(errUnreadable(k, a, err))
		return false
	}
	if s, is := v.Interface().(interface{ Comes() bool }); is && !s.Comes() {
		c.report(errNoSuchDay(k))
		return false
	}
	return true
}

// listOf reports whether x has as many elements as it must.
func listOf(x typed.Expr, n string) bool {
	k, ok := constant(x)
	if !ok {
		l, ok := x.(*typed.ListOf)
		return ok && strconv.Itoa(len(l.Elems)) == n
	}
	elems, _ := k.V.([]any)
	return strconv.Itoa(len(elems)) == n
}

func (c *checker) possibleOption(a *catalog.Arg, x typed.Expr) bool {
	if n := a.Tags["items"]; n != "" && !listOf(x, n) {
		c.report(errItems(x, a, n))
		return false
	}
	if parse := parserOf(a); parse.IsValid() {
		return c.possibleText(a, x, parse)
	}
	k, ok := constant(x)
	if !ok || k.Range.Filename == "" {
		return true
	}
	if d, is := k.V.(time.Duration); is && a.Default == "" && a.Tags["range"] == "" && d <= 0 {
		c.report(errNever(k, a))
		return false
	}
	return c.inRange(x, &catalog.Field{Name: a.Name, Tags: a.Tags}, nil)
}
