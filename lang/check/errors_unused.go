package check

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

func errUnusedEquation(d *decl) *diag.Diagnostic {
	f := warning("W0602", "Nobody uses this", d.at, fmt.Sprintf("`%s` is worked out, and then it goes nowhere", d.name))
	if d.x.Base().Shape == types.Constant {
		f.Subject.Label = fmt.Sprintf("nothing mentions `%s`", d.name)
	}
	f.Hint = "give it to something that acts, or take it out. To see what it is while the flow runs, log it:"
	show := "show = " + d.name
	switch b := d.x.Base(); {
	case d.sort == sortSequence:
		show += ".running"
	case b.Type.Kind == types.Nothing:
		show = fmt.Sprintf("show = \"%s\"\n  when = %s", d.name, d.name)
	}
	f.Example = fmt.Sprintf("log show_%s {\n  %s\n}", d.name, show)
	if d.x.Base().Shape == types.Constant {
		f.Hint, f.Example = "use it, or take it out.", ""
	}
	return f
}

func errUnusedThing(d *decl, cat *catalog.Catalog) *diag.Diagnostic {
	if kinds := usersOf(cat, d.kind); len(kinds) > 0 {
		f := warning("W0602", "Nobody uses this", d.at, fmt.Sprintf("nothing goes over `%s`", d.name))
		f.Hint = fmt.Sprintf("%s can use it; else take it out.", quoted(kinds, "and"))
		return f
	}
	f := warning("W0602", "Nobody reads this", d.at, fmt.Sprintf("nothing follows `%s`", d.name))
	f.Hint = "use it, or take it out."
	if names := outputNames(d.kind); len(names) > 0 && fieldOfRole(d.kind, catalog.RoleSelf) == nil {
		for n, name := range names {
			names[n] = d.name + "." + name
		}
		f.Hint = fmt.Sprintf("read %s; else take it out.", quoted(names, "or"))
	} else if len(names) == 0 {
		f.Hint = fmt.Sprintf("read `%s`, or take it out.", d.name)
	}
	return f
}

// usersOf are the kinds that refer to things of a kind (`via = home`).
func usersOf(cat *catalog.Catalog, k *catalog.Kind) []string {
	var names []string
	for _, other := range cat.Kinds {
		for _, f := range other.Fields {
			if other != k && f.Role == catalog.RoleThing && contains(f.Kinds, k.Name) {
				names = append(names, other.Name)
				break
			}
		}
	}
	return names
}

func errUnusedInput(d *decl) *diag.Diagnostic {
	f := warning("W0602", "Nobody uses this", d.input.at, fmt.Sprintf("nothing in the component mentions `%s`", d.input.name))
	f.Hint = "use it, or take it out."
	return f
}

func errUnusedDecl(d *decl) *diag.Diagnostic {
	f := warning("W0602", "Nobody uses this", d.at, fmt.Sprintf("nothing mentions `%s`", d.name))
	f.Hint = "use it, or take it out."
	if d.sort == sortSetting {
		f.Why = "Whoever starts the program would have to give it for nothing."
		if d.setting != nil && d.setting.Default != nil {
			f.Why = "Whoever starts the program could change it, and nothing would happen."
		}
	}
	return f
}

// errStray is an attribute at the top level that the block above has a setting for.
func (c *checker) errStray(d, above *decl) *diag.Diagnostic {
	f := warning("W0602", "Nobody uses this", d.at, fmt.Sprintf("nothing mentions `%s`", d.name))
	also(f, above.at, fmt.Sprintf("%s has a setting `%s`", article(above.kind.Name), d.name))
	f.Hint = fmt.Sprintf("did you mean to write this inside `%s`?", above.name)
	f.Fix = c.moveInto(d, above)
	return f
}

// lineOf is the whole line of a setting that has it for itself, so that none stays empty
// when it is taken out.
func (c *checker) lineOf(r rangeT) rangeT {
	src := string(c.sources[r.Filename])
	if r.End.Byte >= len(src) || src[r.End.Byte] != '\n' || strings.TrimSpace(src[strings.LastIndexByte(src[:r.Start.Byte], '\n')+1:r.Start.Byte]) != "" {
		return r
	}
	r.Start = hcl.Pos{Line: r.Start.Line, Column: 1, Byte: strings.LastIndexByte(src[:r.Start.Byte], '\n') + 1}
	r.End = hcl.Pos{Line: r.End.Line + 1, Column: 1, Byte: r.End.Byte + 1}
	return r
}

// moveInto takes an attribute with its line out of the top level and writes it as
// the last one of a block that ends on a line of its own.
func (c *checker) moveInto(d, above *decl) []diag.Edit {
	src := c.sources[d.at.Filename]
	end, r := above.block.End, d.attr.Range
	if end.Start.Byte > len(src) || r.End.Byte > len(src) || end.Start.Line == above.block.KindRange.Start.Line {
		return nil
	}
	lineEnd := r.End
	if n := strings.IndexByte(string(src[r.End.Byte:]), '\n'); n >= 0 {
		lineEnd = hcl.Pos{Line: r.End.Line + 1, Column: 1, Byte: r.End.Byte + n + 1}
	}
	at := hcl.Range{Filename: end.Filename, Start: end.Start, End: end.Start}
	return []diag.Edit{
		{Range: at, Text: "  " + c.src(r) + "\n"},
		{Range: hcl.Range{Filename: r.Filename, Start: r.Start, End: lineEnd}},
	}
}

// errTwiceSaid is a calculation that stands in two places.
func errTwiceSaid(x, first typed.Expr) *diag.Diagnostic {
	f := warning("W0607", "The same is worked out twice", x.Base().Range, "and again here")
	also(f, first.Base().Range, "it is worked out here")
	if op := remembering(x); op != nil {
		f.Why = "Each of the two has a memory of its own."
	} else {
		f.Why = "When one of the two is changed, the other is easily forgotten."
	}
	f.Hint = "give it a name, and use the name in both places:"
	f.Example = "name = " + first.Base().Text
	return f
}

// errUnheard is a flow whose faults go nowhere.
func errUnheard(a *syntax.Attr, faulty string) *diag.Diagnostic {
	f := warning("W0404", "Nobody would hear of a failure", a.Range, "failures are not logged")
	f.Why = fmt.Sprintf("`%s` can fail, and nothing in the flow takes what fails.", faulty)
	f.Hint = "leave the log on, or send the faults somewhere:"
	f.Example = "log trouble {\n  show = \"${faults.node}: ${faults.message}\"\n}"
	return f
}
