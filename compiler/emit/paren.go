package emit

import (
	"go/ast"
	"go/parser"

	"github.com/dave/jennifer/jen"
)

// grouped is an expression that a selector or another operator may stand beside: in
// parentheses, unless it holds together without them.
func grouped(e *jen.Statement) *jen.Statement {
	x, err := parser.ParseExpr(source(e))
	if err == nil {
		switch x.(type) {
		case *ast.Ident, *ast.SelectorExpr, *ast.CallExpr, *ast.IndexExpr, *ast.ParenExpr:
			return e
		}
	}
	return jen.Parens(e)
}

// not is the opposite of a condition.
func not(e *jen.Statement) *jen.Statement { return jen.Op("!").Add(grouped(e)) }
