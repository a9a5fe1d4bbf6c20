package check

import (
	"fmt"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/lang/types"
)

func (c *checker) errListElement(first, v typed.Expr, common *types.Type) *diag.Diagnostic {
	if unitsDiffer(v.Base().Type, common) {
		return c.errUnitOf(v, common, "the list", first.Base().Range)
	}
	f := finding("E0208", "The elements differ", v.Base().Range, "this is "+v.Base().Type.Say())
	also(f, first.Base().Range, "this is "+common.Say())
	f.Why = "All elements of a list are of one sort."
	if d, ok := differ(common, v.Base().Type); ok {
		f.Why += " " + d.between("in the first", "in the second")
		return f
	}
	f.Hint = "for things of several sorts write a record: `{ a = …, b = … }`."
	return f
}

// errEntries is a map that was written with things of several sorts.
func (c *checker) errEntries(first, v typed.Expr, common *types.Type) *diag.Diagnostic {
	if unitsDiffer(v.Base().Type, common) {
		return c.errUnitOf(v, common, "the map", first.Base().Range)
	}
	f := finding("E0208", "The entries differ", v.Base().Range, "this is "+v.Base().Type.Say())
	also(f, first.Base().Range, "this is "+common.Say())
	f.Why = "This is a map, because it is used as one or because a key is no name; all entries of a map are of one sort."
	return f
}

// errLambdaType is what is asked of each element where it does not fit.
func (c *checker) errLambdaType(fn *catalog.Function, p *catalog.Arg, x typed.Expr, want *types.Type) *diag.Diagnostic {
	label := fmt.Sprintf("`%s` of `%s`", p.Name, fn.Name)
	f := c.errWrongType(x, want, label, rangeT{})
	if p.Type.Elem.Name == "param" {
		f.Why = label + " takes something that has an order: a number, a quantity, a text."
		if want.Kind == types.String {
			f.Why = label + " takes something that can be compared."
		}
		f.Hint, f.Example, f.Fix = "", "", nil
		if x.Base().Type.Kind == types.Time {
			f.Hint = fmt.Sprintf("a moment as a number: `unix(%s, ms)`.", x.Base().Text)
		}
	}
	return f
}

// errNoEntry is a key that a map which is written out does not have.
func errNoEntry(k, m *typed.Const) *diag.Diagnostic {
	name := k.V.(string)
	f := finding("E0405", "There is no such entry", k.Range, fmt.Sprintf("the map has no `%s`", name))
	also(f, m.Type.Origin.Range, "it has these entries")
	didYouMean(f, name, keysOf(m.V.(map[string]any)), rangeT{})
	return f
}

func errZip(x typed.Expr) *diag.Diagnostic {
	f := finding("E0202", "This does not fit here", x.Base().Range, "this is "+x.Base().Type.Say())
	origin(f, x)
	f.Why = "`zip` puts the elements of two lists side by side."
	if open(x.Base().Type) {
		f.Why += " Nothing says what this list is of."
	}
	return f
}

func errWholeIndex(r rangeT) *diag.Diagnostic {
	return finding("E0202", "There is no such element", r, "elements are numbered 0, 1, 2, …")
}

func errIndexType(k typed.Expr, what string) *diag.Diagnostic {
	f := finding("E0202", "This does not fit here", k.Base().Range, "this is "+k.Base().Type.Say())
	f.Why = "Between the brackets stands " + what + "."
	return f
}

func errNegativeIndex(k typed.Expr) *diag.Diagnostic {
	f := finding("E0405", "There is no such element", k.Base().Range, "elements are numbered 0, 1, 2, …")
	f.Hint = "the last element is `last(list)`."
	return f
}

func errOutside(k, x typed.Expr, length int) *diag.Diagnostic {
	f := finding("E0405", "There is no such element", k.Base().Range, fmt.Sprintf("the list has %d", length))
	f.Why = "Elements are numbered from 0."
	return f
}

func (c *checker) errNoElements(x typed.Expr, r rangeT) *diag.Diagnostic {
	f := finding("E0202", "This has no elements", r, fmt.Sprintf("`%s` is %s", x.Base().Text, x.Base().Type.Say()))
	origin(f, x)
	f.Why = "Brackets pick an element of a list or map, or one key of a wire that is many values."
	return f
}

func (c *checker) errNotList(x typed.Expr) *diag.Diagnostic {
	f := finding("E0202", "This is not a list", x.Base().Range, "this is "+x.Base().Type.Say())
	origin(f, x)
	f.Why = "Only a list or a map has elements to go through."
	return f
}

func errMapKey(x typed.Expr) *diag.Diagnostic {
	f := finding("E0202", "This does not fit here", x.Base().Range, "this is "+x.Base().Type.Say())
	f.Why = "The keys of a map are texts."
	f.Hint = fmt.Sprintf("write `\"${%s}\"`.", x.Base().Text)
	return f
}
