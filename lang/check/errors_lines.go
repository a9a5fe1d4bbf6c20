package check

import (
	"fmt"
	"slices"

	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// errNoColumns is a type that lines cannot be read as.
func errNoColumns(r rangeT, t *types.Type, codec typed.Codec) *diag.Diagnostic {
	f := finding("E0201", "A line has several columns", r, "this is "+t.Say())
	f.Hint = "name the columns in their order, or say that there are many lines:"
	f.Example = rows("{ room = string, temperature = C }", "one line", "list({ room = string, temperature = C })", "any number of lines")
	if codec == typed.Pattern {
		f.Summary = "What a pattern finds has names"
		f.Hint = "name what it finds: `fields = { t = C }`."
		f.Example = ""
	}
	return f
}

// errColumn is a field that has no room in a column.
func errColumn(g types.Field, r rangeT) *diag.Diagnostic {
	f := finding("E0201", "A column holds one thing", g.Range, fmt.Sprintf("`%s` is %s", g.Name, g.Type.Say()))
	also(f, r, "a column for each field")
	f.Hint = "take a number, a unit, a text, a time, a switch or an enumeration."
	return f
}

// errOnlyCSV is `header` or `separator` of a payload that has no columns.
func errOnlyCSV(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0207", "There are no columns here", a.NameRange, fmt.Sprintf("`%s` is about lines with columns", a.Name))
	f.Hint = "take it out, or say which columns there are: `csv = { … }`."
	return f
}

func errSeparator(k *typed.Const) *diag.Diagnostic {
	f := finding("E0213", "This cannot separate columns", k.Range, "one character is needed that is part of no number and no name")
	f.Hint = "usual are `\",\"`, `\";\"`, `\"\\t\"` and `\"|\"`."
	return f
}

func errPatternAlone(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0207", "What does the pattern find?", a.NameRange, "nothing says what is captured")
	f.Hint = "say what each name stands for: `fields = { t = C, h = pct }`."
	return f
}

func errFieldsAlone(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0207", "Where do the fields stand?", a.NameRange, "nothing says what a line looks like")
	f.Hint = "show a line with names in place of the data: `pattern = \"T={t};H={h}\"`. For lines with columns use `csv = …`."
	return f
}

func errLinePattern(k *typed.Const, problem string) *diag.Diagnostic {
	f := finding("E0213", "This pattern cannot be read", k.Range, "")
	f.Why = upperFirst(problem) + "."
	f.Hint = "a line such as `T=21.5;H=40` is found by `\"T={t};H={h}\"`."
	return f
}

func errNotCaptured(k *typed.Const, g types.Field) *diag.Diagnostic {
	f := finding("E0203", "A field is missing", k.Range, fmt.Sprintf("`{%s}` is not in the pattern", g.Name))
	also(f, g.Range, "declared here")
	f.Hint = fmt.Sprintf("put `{%s}` where it stands in a line, or take the field out.", g.Name)
	return f
}

func errNoCaptureField(k *typed.Const, fields *syntax.Attr, name string, names []string) *diag.Diagnostic {
	f := finding("E0203", "There is no such field", k.Range, fmt.Sprintf("`{%s}` is none of the fields", name))
	also(f, fields.NameRange, "the fields")
	if near := nearestOf(name, names); near != "" {
		f.Hint = fmt.Sprintf("did you mean `{%s}`?", near)
	} else {
		f.Hint = fmt.Sprintf("say what it is: `%s = …` in `fields`.", name)
	}
	return f
}

func nearestOf(name string, names []string) string {
	f := &diag.Diagnostic{}
	if didYouMean(f, name, names, rangeT{}) && len(names) > 0 {
		for _, n := range names {
			if f.Hint == "did you mean `"+n+"`?" {
				return n
			}
		}
	}
	return ""
}

func errLineOptions(k call, r rangeT, names []string) *diag.Diagnostic {
	f := finding("E0207", "Options belong here", r, fmt.Sprintf("the last argument of `%s` says how its lines are made", k.name))
	f.Hint = "the options are " + quoted(slices.Clone(names), "and") + ": `{ separator = \";\" }`."
	return f
}

func errLineOption(k call, name string, r rangeT, names []string) *diag.Diagnostic {
	f := finding("E0207", "There is no such option", r, fmt.Sprintf("`%s` has no `%s`", k.name, name))
	if !didYouMean(f, name, names, r) {
		f.Hint = "the options are " + quoted(slices.Clone(names), "and") + "."
	}
	return f
}

// errRecordWanted is something without fields where names are needed.
func (c *checker) errRecordWanted(k call, x typed.Expr) *diag.Diagnostic {
	f := finding("E0202", "This has no fields", x.Base().Range, "this is "+x.Base().Type.Say())
	origin(f, x)
	f.Why = fmt.Sprintf("`%s` writes the fields of a record, in their order.", k.name)
	if x.Base().Type.Kind == types.List && k.name == "csv_line" {
		f.Hint = fmt.Sprintf("write a line for each element: `join([for row in %s : csv_line(row)], \"\\n\")`.", x.Base().Text)
	}
	return f
}

func errFieldAsText(k call, x typed.Expr, g types.Field) *diag.Diagnostic {
	f := finding("E0202", "This does not fit into one text", x.Base().Range, fmt.Sprintf("`%s` is %s", g.Name, g.Type.Say()))
	also(f, g.Range, "it is declared here")
	f.Why = fmt.Sprintf("`%s` writes every field as one short text.", k.name)
	f.Hint = fmt.Sprintf("choose fields with `pick(%s, [\"…\"])`, or write this one as a text of its own: `json(%s.%s)`.", x.Base().Text, x.Base().Text, g.Name)
	return f
}

// errPayloadForm is a `payload` that does not say how to spell.
func (c *checker) errPayloadForm(a *syntax.Attr, t *types.Type) *diag.Diagnostic {
	f := finding("E0201", "This is no spelling", a.Expr.Range(), fmt.Sprintf("`%s` says how what is sent is spelled", a.Name))
	f.Hint = "give every state its text: `payload = words({ on = \"ON\", off = \"OFF\" })`."
	if t.Kind == types.Enum {
		f.Hint = fmt.Sprintf("give every member its text: `payload = words({ %s = \"…\", … })`.", t.Values[0])
	}
	if !t.Is(types.Bool, types.Enum) {
		f.Hint = "what is sent is written in `send`; take this out."
	}
	return f
}

// errPayloadSort is a `payload = words(…)` for what is no switch and no choice.
func (c *checker) errPayloadSort(x typed.Expr, a *syntax.Attr, e interface{ Range() rangeT }) *diag.Diagnostic {
	f := finding("E0202", "Only a choice can be spelled in words", e.Range(), "this spells a switch or an enumeration")
	also(f, x.Base().Range, "but this is "+x.Base().Type.Say())
	origin(f, x)
	f.Hint = "fields of a record are spelled where its type is declared: `state = words({ on = \"ON\", off = \"OFF\" })`."
	return f
}
