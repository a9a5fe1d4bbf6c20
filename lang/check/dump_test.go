package check

import (
	"fmt"
	"strings"

	"flowc/lang/typed"
)

// dump writes a typed program so that a case can hold it: one line per setting,
// input and equation, with shape, key and type, then the tree.
func dump(p *typed.Program) string {
	var b strings.Builder
	for _, d := range p.Order {
		switch d := d.(type) {
		case *typed.Thing:
			dumpThing(&b, d)
		case *typed.Equation:
			fmt.Fprintf(&b, "%s: %s = %s\n", d.Name, summary(d.X), tree(d.X))
		}
	}
	return b.String()
}

func dumpThing(b *strings.Builder, t *typed.Thing) {
	fmt.Fprintf(b, "%s %s", t.Kind.Name, t.Name)
	if t.Param != nil {
		fmt.Fprintf(b, " %s(%s)", t.Codec, t.Param)
	}
	if t.Key.Keyed() {
		fmt.Fprintf(b, " keyed %s", t.Key.Names)
	}
	if t.Trigger != nil {
		fmt.Fprintf(b, " on %s", t.Trigger.Name)
	}
	b.WriteString("\n")
	for _, s := range t.Settings {
		dumpSet(b, s, "  ")
	}
	for _, in := range t.Inputs {
		fmt.Fprintf(b, "  %s: %s = %s\n", in.Field.Name, summary(in.X), tree(in.X))
	}
	if t.When != nil {
		fmt.Fprintf(b, "  when: %s = %s\n", summary(t.When), tree(t.When))
	}
}

func dumpSet(b *strings.Builder, s *typed.Set, indent string) {
	for _, block := range s.Block {
		fmt.Fprintf(b, "%s%s {\n", indent, s.Field.Name)
		for _, inner := range block {
			dumpSet(b, inner, indent+"  ")
		}
		fmt.Fprintf(b, "%s}\n", indent)
	}
	if s.X != nil {
		fmt.Fprintf(b, "%s%s = %s\n", indent, s.Field.Name, tree(s.X))
	}
}

func summary(x typed.Expr) string {
	i := x.Base()
	s := i.Shape.String() + " " + i.Type.String()
	if i.Key.Keyed() {
		s += " per " + i.Key.Names
	}
	return s
}

func tree(x typed.Expr) string {
	switch x := x.(type) {
	case *typed.Const:
		return constText(x)
	case *typed.SettingRef:
		return "setting." + x.Setting.Name
	case *typed.ThingRef:
		return "@" + x.Thing.Name
	case *typed.Wire:
		if x.Eq != nil {
			return x.Eq.Name
		}
		if x.Thing == nil {
			return x.Output
		}
		return strings.TrimSuffix(x.Thing.Name+"."+x.Output, ".")
	case *typed.LocalRef:
		return x.Local.Name
	case *typed.Field:
		return tree(x.X) + "." + x.Name
	case *typed.KeyOf:
		return tree(x.X) + ".{" + x.Name + "}"
	case *typed.TimeOf:
		return tree(x.X) + ".time"
	case *typed.MetaOf:
		return x.Thing.Name + ".meta." + x.Field
	case *typed.Unwrap:
		return tree(x.X) + "!"
	case *typed.CaseOf:
		return tree(x.X) + "!" + x.Case
	case *typed.IsCase:
		return list("is:"+x.Case, x)
	case *typed.FunctionCall:
		return list(x.Fn.Name, x)
	case *typed.Pick:
		return fmt.Sprintf("%s%q", tree(x.X), x.Keys)
	case *typed.Unary:
		return list(x.Op, x)
	case *typed.Binary:
		return list(x.Op, x)
	case *typed.Call:
		return list(x.Fn.Go, x)
	case *typed.OpCall:
		return opTree(x)
	case *typed.Convert:
		return list("to:"+x.Type.String(), x)
	case *typed.Since:
		return fmt.Sprintf("(since %s %s %s)", x.Op, x.D, tree(x.Event))
	case *typed.RecordOf:
		return list("record", x)
	}
	name := strings.ToLower(strings.TrimPrefix(fmt.Sprintf("%T", x), "*typed."))
	return list(name, x)
}

func opTree(x *typed.OpCall) string {
	parts := []string{x.Op.Type}
	for _, a := range x.Args {
		parts = append(parts, tree(a))
	}
	for _, o := range x.Options {
		parts = append(parts, o.Arg.Name+"="+tree(o.X))
	}
	return "(" + strings.Join(parts, " ") + ")"
}

func list(name string, x typed.Expr) string {
	parts := []string{name}
	for _, o := range typed.Operands(x) {
		parts = append(parts, tree(o))
	}
	return "(" + strings.Join(parts, " ") + ")"
}

func constText(k *typed.Const) string {
	switch v := k.V.(type) {
	case nil:
		return "null"
	case string:
		return fmt.Sprintf("%q", v)
	case float64:
		if u := k.Type.String(); u != "number" {
			return fmt.Sprintf("%v.%s", v, u)
		}
		return fmt.Sprintf("%v", v)
	}
	return fmt.Sprint(k.V)
}
