package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/lang/types"
)

func (c *checker) errNotRecord(k call, x typed.Expr) *diag.Diagnostic {
	f := finding("E0202", "This has no fields", x.Base().Range, "this is "+x.Base().Type.Say())
	origin(f, x)
	f.Why = fmt.Sprintf("`%s` makes a record of another.", k.name)
	return f
}

func errNoFields(k call, want string) *diag.Diagnostic {
	r := k.e.Range()
	if node := k.node(1); node != nil {
		r = node.Range()
	}
	f := finding("E0206", "Which fields?", r, fmt.Sprintf("`%s` takes them in this place", k.name))
	f.Hint = fmt.Sprintf("write `%s(…, %s)`.", k.name, want)
	return f
}

func errFieldName(e interface{ Range() rangeT }, text string) *diag.Diagnostic {
	f := finding("E0206", "A field is named by a text", e.Range(), "this is no text")
	if isName(text) {
		f.Hint = fmt.Sprintf("write `\"%s\"`.", text)
		replace(f, e.Range(), `"`+text+`"`)
	}
	return f
}

func errFieldTwice(name string, r rangeT) *diag.Diagnostic {
	return finding("E0103", "This is here twice", r, fmt.Sprintf("`%s` again", name))
}

func (c *checker) errNoSuchField(x typed.Expr, name string, r rangeT) *diag.Diagnostic {
	t := x.Base().Type
	f := finding("E0203", "There is no such field", r, fmt.Sprintf("no `%s` in `%s`", name, x.Base().Text))
	also(f, t.Origin.Range, fmt.Sprintf("%s is declared here", t.Origin.Text))
	var names []string
	for _, g := range t.Fields {
		names = append(names, g.Name)
	}
	inside := r // between the quotes
	inside.Start.Byte, inside.Start.Column = inside.Start.Byte+1, inside.Start.Column+1
	inside.End.Byte, inside.End.Column = inside.End.Byte-1, inside.End.Column-1
	if !didYouMean(f, name, names, inside) {
		f.Hint = fmt.Sprintf("it has %s.", listed(names))
	}
	return f
}

func errNothingLeft(k call) *diag.Diagnostic {
	f := finding("E0202", "Nothing is left", k.e.Range(), "this takes all fields away")
	f.Hint = "a record has at least one field."
	return f
}

// errReplaced gives a field of a record something of another sort.
func (c *checker) errReplaced(k call, x typed.Expr, f types.Field) *diag.Diagnostic {
	d := c.errWrongType(x, f.Type, "`"+f.Name+"`", f.Range)
	if d.Code == "E0202" && d.Hint == "" {
		d.Hint = fmt.Sprintf("to give `%s` another meaning, take the old one out first:", f.Name)
		d.Example = fmt.Sprintf("with(without(%s, [\"%s\"]), { %s = %s })", c.recordText(k), f.Name, f.Name, x.Base().Text)
	}
	return d
}

// recordText is the record that a form works on, as written.
func (c *checker) recordText(k call) string {
	if node := k.node(0); node != nil {
		return c.text(node.Range())
	}
	return "it"
}
