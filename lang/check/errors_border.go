package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// errNotDecodable is something to decode that is data already.
func (c *checker) errNotDecodable(k call, x typed.Expr) *diag.Diagnostic {
	t := x.Base().Type
	f := finding("E0202", "There is nothing to decode here", x.Base().Range, "this is "+t.Say())
	origin(f, x)
	f.Why = fmt.Sprintf("`%s` reads a text: a string, bytes, or what came in as `json`.", k.name)
	if k.name == "decode_csv" {
		f.Why = "`decode_csv` reads a text."
	}
	if t.Is(types.Record, types.List, types.Map, types.Variant) {
		f.Why += " This was read where it came in; its fields can be used as they are."
	}
	return f
}

// errNoExtras is `extra` where a payload has no fields.
func errNoExtras(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0207", "There are no fields here", a.NameRange, "`extra` is about fields that nobody declared")
	f.Why = "This payload is one value, or one text."
	f.Hint = "take it out, or say which fields there are: `json = { … }`."
	return f
}

func errManyFields(name string, r rangeT) *diag.Diagnostic {
	f := finding("E0201", "These are too many fields", r, fmt.Sprintf("`%s` is one more than a record may have: %d", name, maxFields))
	f.Hint = "declare those that the flow reads; others are read over. Or put fields that belong together into a record of their own."
	return f
}
