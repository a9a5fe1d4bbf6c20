package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// request prints what a client asks and expects:
//
//	sim.Request{
//		Method: "POST",
//		Path:   "/api/" + sim.PathPart(room) + "/target",
//		Body:   …,
//		Reply:  sim.Sent{…},
//	}
func (b *testBody) request(s *plan.TestStep) *jen.Statement {
	r := s.Request
	values := []jen.Code{
		jen.Id("Method").Op(":").Lit(r.Method),
		jen.Id("Path").Op(":").Add(b.requestPath(r)),
	}
	if len(r.Query) > 0 {
		var fields []jen.Code
		for _, q := range r.Query {
			fields = append(fields, jen.Values(jen.Id("Name").Op(":").Lit(q.Name), jen.Id("Text").Op(":").Add(b.plainText(q.X))))
		}
		values = append(values, jen.Id("Query").Op(":").Index().Qual(simPath, "QueryField").Custom(multiline, fields...))
	}
	if r.Body != nil {
		values = append(values, jen.Id("Body").Op(":").Add(b.bodyOf(r.Body)))
	}
	if r.Status != nil {
		values = append(values, jen.Id("Status").Op(":").Add(b.known(r.Status)))
	}
	if r.Within != nil {
		values = append(values, jen.Id("Within").Op(":").Add(b.known(r.Within)))
	}
	values = append(values, jen.Id("Reply").Op(":").Add(b.sent(s)))
	return jen.Qual(simPath, "Request").Custom(multiline, values...)
}

// requestPath is the path with its captures filled in. One that is written out is taken
// as it is.
func (b *testBody) requestPath(r *typed.Request) *jen.Statement {
	var e *jen.Statement
	for _, p := range r.Path {
		switch {
		case p.X == nil && p.Text == "":
		case p.X == nil:
			e = joined(e, jen.Lit(p.Text))
		case len(r.Path) == 1:
			e = joined(e, b.known(p.X))
		default:
			e = joined(e, jen.Qual(simPath, "PathPart").Call(b.known(p.X)))
		}
	}
	return e
}

// plainText is a value as it stands in a query.
func (b *testBody) plainText(x typed.Expr) *jen.Statement {
	t := x.Base().Type
	if t.Kind == types.String {
		return b.known(x)
	}
	return jen.String().Parens(jen.Qual(simPath, "Bare").Call(b.g.types.appendScalar(jen.Nil(), b.known(x), t)))
}

// bodyOf is what a client sends: a text and bytes as they are, all else as JSON.
func (b *testBody) bodyOf(x typed.Expr) *jen.Statement {
	switch t := x.Base().Type; t.Kind {
	case types.String, types.Bytes:
		return jen.Index().Byte().Parens(b.known(x))
	default:
		return b.g.types.appendScalar(jen.Nil(), b.known(x), t)
	}
}
