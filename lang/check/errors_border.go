package check

import (
	"fmt"

	"flowc/lang/diag"
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
