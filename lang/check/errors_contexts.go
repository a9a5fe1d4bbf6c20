package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/typed"
)

// errWholeURL is an address that is made of data.
func errWholeURL(x typed.Expr, name string) *diag.Diagnostic {
	f := finding("E1007", "Data would decide where this goes", x.Base().Range, "this is known only while the flow runs")
	origin(f, x)
	f.Why = fmt.Sprintf("Whoever sends it would choose the server that `%s` talks to, also one in your own network.", name)
	f.Hint = "write the address here, and let data be a part of its path or query:"
	f.Example = fmt.Sprintf("%s = \"http://example.org/${%s}\"", name, x.Base().Text)
	return f
}

// errDataInHost is data before the path of an address.
func errDataInHost(x typed.Expr) *diag.Diagnostic {
	f := finding("E1007", "Data would decide where this goes", x.Base().Range, "this stands where the server is named")
	f.Why = "Whoever sends it would choose the server, also one in your own network."
	f.Hint = "write the server here, or make it a `setting`; data may stand behind the first `/`."
	return f
}

// errDataInPage is data at a place of a page where no escaping helps.
func errDataInPage(x typed.Expr, why string) *diag.Diagnostic {
	f := finding("E1007", "Data cannot stand here", x.Base().Range, "this stands "+why)
	f.Why = "What is put into a page is escaped, so that it is shown as it is. At this place that does not help: it would still be a part of the page's own workings."
	f.Hint = "put it between tags, or between the quotation marks of a plain attribute."
	return f
}
