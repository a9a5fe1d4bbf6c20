package catalog

import (
	"slices"
	"strings"
	"unicode"
)

// TypeText is a type in words of the language, for the reference and messages:
// "list(number)", "temperature", "up, down or none".
func (c *Catalog) TypeText(t *Type) string {
	if t == nil {
		return ""
	}
	switch t.Name {
	case "quantity":
		return words(t.Ref)
	case "param":
		return t.Ref
	case "enum":
		if e := c.Enum(t.Ref); e != nil {
			return oneOf(e)
		}
	case "record":
		if r := c.Record(t.Ref); r != nil {
			return recordText(r)
		}
	case "list", "map", "optional":
		return t.Name + "(" + c.TypeText(t.Elem) + ")"
	case "func":
		return c.TypeText(t.Elem) + " about `it`"
	case "any":
		return "anything"
	case "unit":
		return "nothing"
	}
	return t.Name
}

// words are a Go type's name as people write it: TemperatureStep is
// "temperature step".
func words(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func oneOf(e *Enum) string {
	var names []string
	for _, v := range e.Values {
		names = append(names, v.Name)
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " or " + names[n-1]
	}
	return strings.Join(names, "")
}

func recordText(r *Record) string {
	var names []string
	for _, f := range r.Fields {
		names = append(names, f.Name)
	}
	return "{ " + strings.Join(names, ", ") + " }"
}

// constraintText says what a type parameter stands for.
func constraintText(p TypeParam) string {
	switch p.Constraint {
	case "number":
		return "an int, a number or a quantity that can be added up"
	case "quantity":
		return "a number or any quantity, temperatures included"
	case "linear":
		return "a number or a quantity that can be added up"
	case "ordered":
		return "whatever can be compared with <"
	case "sortable":
		return "whatever can be put in order, texts too"
	case "comparable":
		return "whatever can be compared with =="
	}
	return "any type"
}

// Signature is how an operator is called: "hysteresis(v, { on_below, off_above })".
// Where there are several sets of options there is one line for each.
func (o *Operator) Signature() []string {
	var lines []string
	for _, set := range o.sets() {
		args := argTexts(o.written(o.Args))
		if len(set) > 0 {
			args = append(args, "{ "+strings.Join(set, ", ")+" }")
		}
		lines = append(lines, o.Name+"("+strings.Join(args, ", ")+")")
	}
	return lines
}

func (o *Operator) sets() [][]string {
	if len(o.OptionSets) == 0 {
		return [][]string{argTexts(o.written(o.Options))}
	}
	var sets [][]string
	for _, set := range o.OptionSets {
		sets = append(sets, slices.DeleteFunc(slices.Clone(set), func(name string) bool { return o.EventTime && ofSource[name] }))
	}
	return sets
}

// ofSource are the options that an operator which goes by the time of a source has from
// the source.
var ofSource = map[string]bool{"lateness": true, "idle": true}

// OfSource reports whether an option of such an operator is said at the source.
func OfSource(a *Arg) bool { return ofSource[a.Name] }

// written are the arguments that a flow writes: not those that the source gives to an
// operator that goes by its time.
func (o *Operator) written(args []*Arg) []*Arg {
	var list []*Arg
	for _, a := range args {
		if !o.EventTime || !a.With && !OfSource(a) {
			list = append(list, a)
		}
	}
	return list
}

// Signature is how a function is called and what it gives.
func (f *Function) Signature(c *Catalog) string {
	var args []string
	for _, a := range f.Args {
		args = append(args, a.text()+" "+c.argType(a))
	}
	text := f.Name + "(" + strings.Join(args, ", ") + ") → " + c.TypeText(f.Result)
	if f.Fallible {
		text += ", may fail"
	}
	return text
}

func argTexts(args []*Arg) []string {
	var list []string
	for _, a := range args {
		list = append(list, a.text())
	}
	return list
}

func (a *Arg) text() string {
	if a.Variadic {
		return a.Name + "…"
	}
	return a.Name
}

// argType is an argument's type; a step of a type says so.
func (c *Catalog) argType(a *Arg) string {
	text := c.TypeText(a.Type)
	if a.Type.Name == "optional" && !a.Input {
		text = c.TypeText(a.Type.Elem) // an option that may be left out, no data
	}
	if a.Delta {
		return "step of " + text
	}
	return text
}
