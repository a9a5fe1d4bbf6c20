package compiler

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// hclValue is the oracle: the value as the simulator would print it.
func hclValue(t *testing.T, text string) string {
	e, diags := hclsyntax.ParseExpression([]byte(text), "x", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	roundAll(e)
	v, diags := e.Value(&hcl.EvalContext{Variables: oracleVariables(), Functions: oracleFunctions()})
	if diags.HasErrors() {
		return "not ready"
	}
	return oracleText(v)
}

func num(f float64) cty.Value { return cty.NumberVal(new(big.Float).SetFloat64(f)) }

func oracleVariables() map[string]cty.Value {
	record := func(n float64, on bool, name string) cty.Value {
		return cty.ObjectVal(map[string]cty.Value{"n": num(n), "on": cty.BoolVal(on), "name": cty.StringVal(name)})
	}
	return map[string]cty.Value{"v": cty.ObjectVal(map[string]cty.Value{
		"a": num(2.5), "b": num(-7), "c": num(0.1),
		"s": cty.StringVal("Ab c"), "t": cty.StringVal("é"), "p": cty.True, "q": cty.False,
		"xs": cty.ListVal([]cty.Value{num(1), num(2.25), num(-3), num(0.7)}),
		"ss": cty.ListVal([]cty.Value{cty.StringVal("x"), cty.StringVal("Yy"), cty.StringVal("")}),
		"rs": cty.ListVal([]cty.Value{record(1, true, "k"), record(-2.5, false, "m")}),
	})}
}

func oracleFunctions() map[string]function.Function {
	swapped := function.New(&function.Spec{
		Params: []function.Parameter{{Name: "list", Type: cty.List(cty.String)}, {Name: "sep", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			return stdlib.Join(args[1], args[0])
		},
	})
	holds := function.New(&function.Spec{
		Params: []function.Parameter{{Name: "s", Type: cty.String}, {Name: "part", Type: cty.String}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			return cty.BoolVal(strings.Contains(args[0].AsString(), args[1].AsString())), nil
		},
	})
	first := function.New(&function.Spec{
		Params: []function.Parameter{{Name: "x", Type: cty.DynamicPseudoType}, {Name: "d", Type: cty.DynamicPseudoType}},
		Type:   func(args []cty.Value) (cty.Type, error) { return args[0].Type(), nil },
		Impl:   func(args []cty.Value, _ cty.Type) (cty.Value, error) { return args[0], nil },
	})
	return map[string]function.Function{
		"default": first, "try": tryfunc.TryFunc,
		"upper": stdlib.UpperFunc, "lower": stdlib.LowerFunc, "length": stdlib.LengthFunc,
		"min": rounded(stdlib.MinFunc), "max": rounded(stdlib.MaxFunc), "abs": rounded(stdlib.AbsoluteFunc),
		"floor": rounded(stdlib.FloorFunc), "ceil": rounded(stdlib.CeilFunc),
		"join": swapped, "contains": holds, "trim": stdlib.TrimSpaceFunc,
	}
}

// rounded is a function whose numeric result is a float64.
func rounded(f function.Function) function.Function {
	params := f.Params()
	return function.New(&function.Spec{
		Params: params, VarParam: f.VarParam(),
		Type: func(args []cty.Value) (cty.Type, error) { return f.ReturnTypeForValues(args) },
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			v, err := f.Call(args)
			if err != nil {
				return v, err
			}
			return toFloat(v)
		},
	})
}

// errNotFinite stands for what the language calls a failure.
type errNotFinite struct{}

func (errNotFinite) Error() string { return "not a finite number" }

func toFloat(v cty.Value) (cty.Value, error) {
	if v.Type() != cty.Number || v.IsNull() || !v.IsKnown() {
		return v, nil
	}
	f, _ := v.AsBigFloat().Float64()
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return v, errNotFinite{}
	}
	if f == 0 {
		return num(0), nil // the language knows no -0
	}
	return num(f), nil
}

// roundAll rewrites an expression so that every number in it is a float64.
func roundAll(e hclsyntax.Expression) {
	hclsyntax.VisitAll(e, func(n hclsyntax.Node) hcl.Diagnostics {
		switch n := n.(type) {
		case *hclsyntax.LiteralValueExpr:
			if v, err := toFloat(n.Val); err == nil {
				n.Val = v
			}
		case *hclsyntax.BinaryOpExpr:
			op := *n.Op
			op.Impl = checkedOp(n.Op)
			n.Op = &op
		}
		return nil
	})
}

// checkedOp rounds the result, and fails where the language does.
func checkedOp(op *hclsyntax.Operation) function.Function {
	divides := op == hclsyntax.OpDivide || op == hclsyntax.OpModulo
	f := op.Impl
	return function.New(&function.Spec{
		Params: f.Params(),
		Type:   func(args []cty.Value) (cty.Type, error) { return f.ReturnTypeForValues(args) },
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if divides && args[1].AsBigFloat().Sign() == 0 {
				return cty.DynamicVal, errNotFinite{}
			}
			if op == hclsyntax.OpModulo {
				return remainder(args[0], args[1])
			}
			v, err := f.Call(args)
			if err != nil {
				return v, err
			}
			return toFloat(v)
		},
	})
}

// remainder is exact, as in Go; HCL divides with 512 bits, and rounds on the way.
func remainder(a, b cty.Value) (cty.Value, error) {
	x, _ := a.AsBigFloat().Float64()
	y, _ := b.AsBigFloat().Float64()
	return toFloat(num(math.Mod(x, y)))
}

// oracleText prints a value as the simulator does.
func oracleText(v cty.Value) string {
	switch {
	case v.Type() == cty.Bool:
		if v.True() {
			return "on"
		}
		return "off"
	case v.Type() == cty.Number:
		return numberText(v)
	case v.Type() == cty.String:
		return v.AsString()
	}
	var parts []string
	for it := v.ElementIterator(); it.Next(); {
		_, e := it.Element()
		switch e.Type() {
		case cty.String:
			parts = append(parts, strconv.Quote(e.AsString()))
		case cty.Bool:
			parts = append(parts, strconv.FormatBool(e.True()))
		default:
			parts = append(parts, numberText(e))
		}
	}
	return "[" + strings.Join(parts, ",") + "]"
}

func numberText(v cty.Value) string {
	f, _ := v.AsBigFloat().Float64()
	if f == 0 {
		return "0"
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
