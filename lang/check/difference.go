package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/types"
)

// difference is the first place in which two types of one outline differ: records in
// a field, lists of records in a field of their elements.
type difference struct {
	// path leads to it: inner.y[…].n.
	path string
	// a and b are what is there; nil where one has no such field.
	a, b *types.Type
}

// anyElement stands for the place of an element of a list or map.
const anyElement = "[…]"

// differ finds the difference of two types; ok is false where their outlines say all:
// a number and a text.
func differ(a, b *types.Type) (d difference, ok bool) {
	d, ok = differAt(a, b, "")
	return d, ok && d.path != ""
}

func differAt(a, b *types.Type, path string) (difference, bool) {
	if _, fits := convertible(a, b); fits {
		return difference{}, false
	}
	switch {
	case b.Kind == types.Optional:
		return differAt(elemOrSelf(a), b.Elem, path)
	case a.Kind == b.Kind && a.Is(types.List, types.Map):
		return differAt(a.Elem, b.Elem, path+anyElement)
	case a.Kind == types.Record && b.Kind == types.Record:
		return differInFields(a, b, path)
	}
	return difference{path, a, b}, true
}

func differInFields(a, b *types.Type, path string) (difference, bool) {
	if path == anyElement {
		path = "" // the field says enough
	} else if path != "" {
		path += "."
	}
	for _, f := range a.Fields {
		g, ok := b.Field(f.Name)
		if !ok {
			return difference{path + f.Name, f.Type, nil}, true
		}
		if d, found := differAt(f.Type, g.Type, path+f.Name); found {
			return d, true
		}
	}
	for _, g := range b.Fields {
		if _, ok := a.Field(g.Name); !ok {
			return difference{path + g.Name, nil, g.Type}, true
		}
	}
	return difference{}, false
}

// between says it of two things that stand side by side: "in the first", "in the
// second".
func (d difference) between(first, second string) string {
	switch {
	case d.a == nil:
		return fmt.Sprintf("There is a field `%s` only %s.", d.path, second)
	case d.b == nil:
		return fmt.Sprintf("There is a field `%s` only %s.", d.path, first)
	}
	return fmt.Sprintf("%s is %s %s and %s %s.", d.place(), d.a.Say(), first, d.b.Say(), second)
}

// place names what differs.
func (d difference) place() string {
	if d.path == anyElement {
		return "Each element"
	}
	return "`" + d.path + "`"
}

// wanted says it of what was found and what should be there.
func (d difference) wanted() string {
	switch {
	case d.a == nil:
		return fmt.Sprintf("Here `%s` is missing: %s.", d.path, d.b.Say())
	case d.b == nil:
		return fmt.Sprintf("There is no `%s` where it goes.", d.path)
	}
	return fmt.Sprintf("%s is %s here, and must be %s.", d.place(), d.a.Say(), d.b.Say())
}

// tellDifference says in which part what was found differs from what is wanted.
func tellDifference(f *diag.Diagnostic, found, want *types.Type) {
	d, ok := differ(found, want)
	switch {
	case !ok:
	case f.Why == "":
		f.Why = d.wanted()
	default:
		f.Why += " " + d.wanted()
	}
}
