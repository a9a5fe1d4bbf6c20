package check

import (
	"fmt"
	"slices"
	"strings"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// twice warns of what is worked out in two places: each place where something
// remembers has a memory of its own, and long calculations drift apart.
func (c *checker) twice() {
	if c.found.HasErrors() {
		return
	}
	first := map[string]typed.Expr{}
	for _, x := range c.wholes() {
		typed.Walk(x, func(n typed.Expr) bool {
			key, weight := likeness(n)
			if key == "" || weight < worthNaming {
				return true
			}
			seen := first[key]
			if seen == nil {
				first[key] = n
				return true
			}
			if seen.Base().Range != n.Base().Range {
				c.report(errTwiceSaid(n, seen))
			}
			return false // what is inside is told with it
		})
	}
}

// worthNaming is the weight from which a calculation deserves a name. What remembers
// weighs so much by itself.
const worthNaming = 4

// plainMemory are the operators that remember only what was last: two of them never
// come apart.
var plainMemory = []string{"since", "stale_for", "changes", "rises", "falls", "becomes", "crosses", "at", "latest", "merge", "sample"}

// likeness writes down what an expression works out, and how much that is; "" for
// what depends on where it stands, and for names and constants.
func likeness(x typed.Expr) (key string, weight int) {
	switch x := x.(type) {
	case *typed.Const, *typed.Wire, *typed.SettingRef, *typed.Field, *typed.Unwrap:
		return "", 0
	case *typed.OpCall:
		if !followsSomething(x) {
			return "", 0
		}
	}
	l := &liken{}
	if !l.write(x) {
		return "", 0
	}
	return l.text.String(), l.weight
}

// followsSomething reports whether an operator is given a wire: a schedule may well
// be written twice.
func followsSomething(x *typed.OpCall) bool {
	found := false
	typed.Visit(x, func(n typed.Expr) {
		_, isWire := n.(*typed.Wire)
		found = found || isWire
	})
	return found
}

// liken writes an expression so that two that work out the same are written alike.
type liken struct {
	text   strings.Builder
	weight int
}

func (l *liken) write(x typed.Expr) bool {
	ok := l.node(x)
	l.text.WriteByte('(')
	for _, o := range typed.Operands(x) {
		ok = ok && l.write(o)
		l.text.WriteByte(',')
	}
	l.text.WriteByte(')')
	return ok
}

// node writes what an expression itself says.
func (l *liken) node(x typed.Expr) bool {
	fmt.Fprintf(&l.text, "%T", x)
	switch x := x.(type) {
	case *typed.Const:
		fmt.Fprintf(&l.text, " %v %s", x.V, x.Type)
	case *typed.Wire:
		l.text.WriteString(pathOf(x))
	case *typed.SettingRef:
		l.text.WriteString(x.Setting.Name)
	case *typed.Field:
		l.text.WriteString(x.Name)
	case *typed.KeyOf:
		l.text.WriteString(x.Name)
	case *typed.MetaOf:
		l.text.WriteString(x.Field)
	case *typed.Pick:
		fmt.Fprintf(&l.text, "%q", x.Keys)
	case *typed.Convert:
		l.text.WriteString(x.Type.String())
	case *typed.Unary:
		l.text.WriteString(x.Op)
		l.weight++
	case *typed.Binary:
		l.text.WriteString(x.Op)
		l.weight++
	case *typed.Call:
		l.text.WriteString(x.Fn.Package + x.Fn.Go)
		l.weight++
	case *typed.FunctionCall:
		l.text.WriteString(x.Fn.Name)
		l.weight += worthNaming
	case *typed.OpCall:
		l.text.WriteString(x.Op.Name + x.Op.Type)
		for _, o := range x.Options {
			l.text.WriteString(o.Arg.Name)
		}
		if l.weight++; !slices.Contains(plainMemory, x.Op.Name) {
			l.weight += worthNaming
		}
	case *typed.Initially:
		l.weight += worthNaming
	case *typed.IsCase:
		l.text.WriteString(x.Case)
	case *typed.CaseOf:
		l.text.WriteString(x.Case)
	case *typed.Since:
		fmt.Fprintf(&l.text, "%s %s %v", x.Of.Name, x.Op, x.D)
		l.weight++
	case *typed.Where, *typed.Cond, *typed.Default, *typed.Try:
		l.weight++
	case *typed.TimeOf, *typed.Unwrap, *typed.Present, *typed.Wrap, *typed.IsReady, *typed.ToText, *typed.Index, *typed.TopicPart:
	default:
		return false // it brings names of its own, or is only written out
	}
	return x.Base().Type.Kind != types.Bad
}
