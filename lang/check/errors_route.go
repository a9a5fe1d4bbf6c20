package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// errPath is a path that no request can have.
func errPath(a *syntax.Attr, why string) *diag.Diagnostic {
	f := finding("E0213", "No request comes here", a.Expr.Range(), why)
	f.Hint = fmt.Sprintf("for example `%s = \"/api/{room}/state\"`.", a.Name)
	return f
}

// errPathCapture is a part in braces that can be no field of the request.
func errPathCapture(a *syntax.Attr, part string) *diag.Diagnostic {
	f := finding("E0213", "This cannot be captured", a.Expr.Range(), fmt.Sprintf("`%s` is not one whole part of the path with a name of its own", part))
	f.Why = "A capture in braces stands for one part between slashes and becomes a field of the request, beside `query`, `body` and `time`."
	return f
}

// errNothingCaptured is a capture of a path where no request reaches the flow.
func errNothingCaptured(d *decl, a *syntax.Attr, name string) *diag.Diagnostic {
	f := finding("E0213", "Nothing is captured here", a.Expr.Range(), fmt.Sprintf("`{%s}` would be a field of a request", name))
	also(f, d.block.Attr(d.kind.By).NameRange, fmt.Sprintf("with `%s` no request reaches the flow", d.kind.By))
	f.Hint = "leave the part in braces out of the path."
	return f
}

func errQueryType(a *syntax.Attr, t *types.Type) *diag.Diagnostic {
	f := finding("E0202", "A query is a record", a.Expr.Range(), "this is "+t.Say())
	f.Hint = "name its fields: `query = { limit = optional(int, 10) }`."
	return f
}

func errQueryField(a *syntax.Attr, g types.Field) *diag.Diagnostic {
	f := finding("E0202", "This is no field of a query", a.Expr.Range(), fmt.Sprintf("`%s` is %s", g.Name, g.Type.Say()))
	f.Why = "In an address each field is one text; a record or a list belongs into a `body`."
	return f
}

// errNoPath is a thing that answers requests, but not where.
func errNoPath(d *decl) *diag.Diagnostic {
	f := finding("E0108", "A setting is missing", d.at, fmt.Sprintf("%s needs a path", article(d.kind.Name)))
	if settingField(d.kind, "post") != nil {
		f.Why = "Its name says for what: `get` for reading, `post`, `put`, `patch` or `delete` for telling the flow something."
	}
	f.Hint = "add"
	f.Example = fmt.Sprintf("get = \"/%s\"", d.name)
	return f
}

// errTwoRoutes are two things for one request.
func errTwoRoutes(d, first *decl, a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0608", "Only one of these can answer", a.Expr.Range(), fmt.Sprintf("and `%s` too?", d.name))
	also(f, first.at, fmt.Sprintf("`%s` answers the same requests", first.name))
	f.Why = "A request gets exactly one reply. Paths whose captures have other names are the same path."
	f.Hint = "give one of them another path or method."
	return f
}

// errExposed is something that others can reach without a login.
func errExposed(d, server *decl, at *typed.Set) *diag.Diagnostic {
	f := finding("E1010", "Anybody could ask this", d.at, fmt.Sprintf("`%s` wants no login", d.name))
	also(f, at.X.Base().Range, "others can reach this address")
	f.Why = "\"It is only on my network\" is also said of networks with a guest, a camera or a light bulb in them. An address at 127.0.0.1 is for programs of this machine alone."
	f.Hint = fmt.Sprintf("want a token, here or in `%s` for all of them:", server.name)
	f.Example = "auth = api_token      (with `secret api_token {}`)"
	return f
}

// errOpenSwitch is an actuator that everybody can switch.
func errOpenSwitch(d, server, actuator *decl) *diag.Diagnostic {
	f := warning("W1008", "Anybody could switch this", d.at, fmt.Sprintf("whoever reaches `%s` can ask this without a login", server.name))
	also(f, actuator.at, fmt.Sprintf("`%s` follows it", actuator.name))
	f.Hint = "want a token for this one at least: `auth = api_token`, with `secret api_token {}`."
	return f
}
