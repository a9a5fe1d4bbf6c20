package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

func (g *generator) opType(s *plan.Step) *jen.Statement {
	if s.Sort == plan.Elapsed {
		of := s.X.(*typed.Since).Of
		t := jen.Qual(of.Package, of.Over)
		if len(of.TypeParams) == 0 {
			return t
		}
		return t.Types(g.types.goType(s.Trigger.Type))
	}
	t := jen.Qual(s.Op.Op.Package, s.Op.Op.Type)
	if len(s.Op.TypeArgs) == 0 {
		return t
	}
	var args []jen.Code
	for _, a := range s.Op.TypeArgs {
		args = append(args, g.types.goType(a))
	}
	return t.Types(args...)
}

// opLiteral is an operator with the options that never change; nil if it has
// none.
func (g *generator) opLiteral(s *plan.Step) *jen.Statement {
	if s.Sort == plan.Elapsed {
		d := s.X.(*typed.Since).D
		return g.opType(s).Values(jen.Id("After").Op(":").Add(duration(d)))
	}
	var values []jen.Code
	b := g.newBody(s, false, nil)
	for _, o := range g.options(s) {
		if o.X.Base().Shape == types.Constant {
			values = append(values, jen.Id(o.Arg.Go).Op(":").Add(b.option(o)))
		}
	}
	if len(values) == 0 {
		return nil
	}
	return listOf(g.opType(s), values)
}

// options are all fields of an operator's struct that the call fills: arguments
// that are options, and those of the options object.
func (g *generator) options(s *plan.Step) []typed.Option {
	var list []typed.Option
	if s.Op == nil {
		return nil
	}
	for i, a := range s.Op.Args {
		if i < len(s.Op.Op.Args) && !s.Op.Op.Args[i].Input {
			list = append(list, typed.Option{Arg: s.Op.Op.Args[i], X: a})
		}
	}
	return append(list, s.Op.Options...)
}

// option is an option's value; a field that may be left out is an Opt.
func (b *body) option(o typed.Option) *jen.Statement {
	if c := b.g.plan.ParsedOption(o); c != nil {
		return jen.Id(c.Go)
	}
	maybe := o.Arg.Type != nil && o.Arg.Type.Name == "optional" && o.X.Base().Type.Kind != types.Optional
	value := b.given
	if maybe {
		value = b.typedExpr
	}
	x := value(o.X)
	if o.Arg.Delta { // the operator measures steps in the type of what they are steps of
		if k, ok := o.X.(*typed.Const); ok {
			x = b.g.types.literal(k.V, o.X.Base().Type, true)
		} else {
			x = jen.Float64().Parens(x)
			x = b.g.types.goType(b.paramType(o.Arg)).Parens(x)
		}
	}
	if maybe {
		return flowName("Some").Call(x)
	}
	return x
}

// paramType is the type of the operator's type parameter that an option has.
func (b *body) paramType(a *catalog.Arg) *types.Type {
	for i, p := range b.step.Op.Op.TypeParams {
		if p.Name == a.Type.Ref {
			return b.step.Op.TypeArgs[i]
		}
	}
	return types.TNumber
}
