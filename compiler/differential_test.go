package compiler

import (
	"bytes"
	"context"
	"flag"
	"math"
	"math/big"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"flowc/lang/diag"
	"flowc/lang/typed"
)

var (
	differential     = flag.Int("differential", 600, "how many random expressions to compare with HCL's own evaluation")
	differentialSeed = flag.Int64("differential-seed", 1, "the seed of the first batch")
)

// differentialBatch is how many expressions become one program.
const differentialBatch = 600

// TestExpressionsAgreeWithHCL compares what the generated program computes with
// HCL's own evaluation of the same text, every result rounded to float64, bit for
// bit. The language differs in known places: what HCL lets pass as infinite, or as
// a remainder of a division by zero, is a failure here.
func TestExpressionsAgreeWithHCL(t *testing.T) {
	for done, seed := 0, *differentialSeed; done < *differential; done, seed = done+differentialBatch, seed+1 {
		compareBatch(t, seed, min(differentialBatch, *differential-done))
	}
}

func compareBatch(t *testing.T, seed int64, n int) {
	g := &exprGen{r: rand.New(rand.NewSource(seed))}
	var texts []string
	for range n {
		text := g.any()
		for !strings.Contains(text, "v.") { // a constant is folded away and not shown
			text = g.any()
		}
		texts = append(texts, text)
	}
	f := checkExpressions(texts)
	if refused := refusedForZero(f); len(refused) > 0 && len(refused) <= n/20 {
		texts = slices.DeleteFunc(texts, func(text string) bool { return refused[text] })
		f = checkExpressions(texts)
	}
	if f.Found.HasErrors() {
		f.Found = slices.DeleteFunc(f.Found, func(d *diag.Diagnostic) bool { return d.Severity != diag.Error })
		t.Fatalf("seed %d: a generated expression does not check:\n%s", seed, rendered(f))
	}
	w := newWorkspace(t)
	pkg := w.add(t, f)
	bin := w.build(t, "-tags", "sim")
	got := playShow(t, filepath.Join(bin, pkg))
	for i, text := range texts {
		want := hclValue(t, text)
		have, ok := got["x"+strconv.Itoa(i)]
		if !ok && folded(f, "x"+strconv.Itoa(i)) {
			continue
		}
		if !ok {
			t.Errorf("seed %d: %s is not shown", seed, text)
			continue
		}
		if have != want {
			t.Errorf("seed %d: %s\n  flowc: %s\n  HCL:   %s", seed, text, have, want)
		}
	}
}

func checkExpressions(texts []string) *Flow {
	var flow strings.Builder
	flow.WriteString(differentialHead)
	for i, text := range texts {
		flow.WriteString("x" + strconv.Itoa(i) + " = " + text + "\n")
	}
	return CheckText("differential", map[string][]byte{"differential.hcl": []byte(flow.String())})
}

// refusedForZero are the expressions that cannot be worked out whatever comes in: the checker tells a division by what is
// always zero (E0405), HCL only when it evaluates.
func refusedForZero(f *Flow) map[string]bool {
	refused := map[string]bool{}
	for _, d := range f.Found {
		if d.Code != "E0405" {
			continue
		}
		line := strings.Split(string(f.Sources[d.Subject.Range.Filename]), "\n")[d.Subject.Range.Start.Line-1]
		_, text, _ := strings.Cut(line, " = ")
		refused[text] = true
	}
	return refused
}

// folded reports whether an equation turned out to be a constant, which the
// simulator does not show: `{ a = v.a, b = 2.0 }.b` does not need v.
func folded(f *Flow, name string) bool {
	return !slices.ContainsFunc(f.Typed.Equations, func(e *typed.Equation) bool { return e.Name == name })
}

const differentialHead = `mqtt home {
  url = "tcp://localhost:1883"
}

mqtt_in v {
  via   = home
  topic = "in"
  stale = never
  json  = {
    a  = number
    b  = number
    c  = number
    s  = string
    t  = string
    p  = bool
    q  = bool
    xs = list(number)
    ss = list(string)
    rs = list({ n = number, on = bool, name = string })
  }
}

`

const differentialInput = `{"a":2.5,"b":-7,"c":0.1,"s":"Ab c","t":"é","p":true,"q":false,` +
	`"xs":[1,2.25,-3,0.7],"ss":["x","Yy",""],"rs":[{"n":1,"on":true,"name":"k"},{"n":-2.5,"on":false,"name":"m"}]}`

func playShow(t *testing.T, program string) map[string]string {
	ctx, cancel := context.WithTimeout(context.Background(), playLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, program)
	cmd.Env = append(os.Environ(), "FLOWC_SIM_PLAY=1")
	cmd.Stdin = strings.NewReader("pub in " + differentialInput + "\nshow\n")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	_, shown, _ := bytes.Cut(out, []byte("> show\n"))
	values := map[string]string{}
	for line := range strings.Lines(string(shown)) {
		name, value, _ := strings.Cut(strings.TrimRight(line, "\n"), " ")
		values[name] = strings.TrimPrefix(strings.TrimLeft(value, " "), " ")
	}
	return values
}

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

// exprGen makes random expressions that check.
type exprGen struct {
	r     *rand.Rand
	depth int
	// vars are the loop variables in scope, numbers all.
	vars []string
}

func (g *exprGen) any() string {
	switch g.r.Intn(5) {
	case 0:
		return g.boolean()
	case 1:
		return g.text()
	case 2:
		return g.list()
	}
	return g.number()
}

func (g *exprGen) pick(list ...string) string { return list[g.r.Intn(len(list))] }

// deep runs f one level down; at the bottom leaf stands.
func (g *exprGen) deep(leaf func() string, f func() string) string {
	if g.depth >= 4 || g.r.Intn(5) == 0 {
		return leaf()
	}
	g.depth++
	defer func() { g.depth-- }()
	return f()
}

func (g *exprGen) number() string {
	leaf := func() string {
		if len(g.vars) > 0 && g.r.Intn(2) == 0 {
			return g.pick(g.vars...)
		}
		return g.pick("v.a", "v.b", "v.c", "2.0", "0.5", "3.0", "1.1", "default(v.xs[3], 9.0)")
	}
	if g.depth == 0 {
		leaf = func() string { return g.pick("v.a", "v.b", "v.c") }
	}
	return g.deep(leaf, func() string {
		switch g.r.Intn(14) {
		case 10:
			return "try(" + g.number() + " / " + g.divisor() + ", " + g.number() + ")"
		case 11:
			// Only what is read of a record is worked out; to HCL the rest can fail as well.
			return g.pick("{ a = "+g.number()+", b = v.c }.a", "{ a = v.c, b = "+g.number()+" }.b")
		case 12:
			return "[" + g.number() + ", " + g.number() + "][" + g.pick("0", "1") + "]"
		case 13:
			return "default({ for e in v.ss : \"k${e}\" => " + g.number() + " }[" + g.pick("\"kx\"", "\"kYy\"", "\"k\"") + "], 0.0)"
		case 0, 1, 2:
			return "(" + g.number() + " " + g.pick("+", "-", "*") + " " + g.number() + ")"
		case 3:
			return "(" + g.number() + " / " + g.divisor() + ")"
		case 4:
			return "(" + g.number() + " % " + g.divisor() + ")"
		case 5:
			return "(" + g.boolean() + " ? " + g.number() + " : " + g.number() + ")"
		case 6:
			return g.pick("min", "max") + "(" + g.number() + ", " + g.number() + ")"
		case 7:
			return g.pick("abs", "floor", "ceil") + "(" + g.number() + ")"
		case 8:
			return "-(" + g.number() + ")"
		}
		return "(length(" + g.list() + ") * 1.0)"
	})
}

// divisor is a number that the checker cannot fold: it refuses a zero.
func (g *exprGen) divisor() string {
	for {
		if text := g.number(); strings.Contains(text, "v.") {
			return text
		}
	}
}

func (g *exprGen) boolean() string {
	leaf := func() string { return g.pick("v.p", "v.q") }
	return g.deep(leaf, func() string {
		switch g.r.Intn(9) {
		case 6:
			return "(" + g.number() + " " + g.pick("==", "!=") + " " + g.number() + ")"
		case 7:
			return "(" + g.boolean() + " " + g.pick("==", "!=") + " " + g.boolean() + ")"
		case 8:
			return "(" + g.made() + " " + g.pick("==", "!=") + " " + g.made() + ")"
		case 0, 1:
			return "(" + g.number() + " " + g.pick("<", "<=", ">", ">=") + " " + g.number() + ")"
		case 2:
			return "(" + g.boolean() + " " + g.pick("&&", "||") + " " + g.boolean() + ")"
		case 3:
			return "!" + g.pick("v.p", "v.q", "(v.a > "+g.number()+")")
		case 4:
			return "contains(" + g.text() + ", " + g.text() + ")"
		}
		return "(" + g.text() + " " + g.pick("==", "!=") + " " + g.text() + ")"
	})
}

func (g *exprGen) text() string {
	leaf := func() string { return g.pick("v.s", "v.t", "default(v.ss[1], \"-\")") }
	return g.deep(leaf, func() string {
		switch g.r.Intn(6) {
		case 0:
			return g.pick("upper", "lower", "trim") + "(" + g.text() + ")"
		case 1:
			return "\"" + g.pick("", "k ", "é-") + "${" + g.text() + "}" + g.pick("", "/") + "${" + g.number() + "}\""
		case 2:
			return "(" + g.boolean() + " ? " + g.text() + " : " + g.text() + ")"
		case 3:
			return "join(v.ss, " + g.pick("\",\"", "\"\"", "v.t") + ")"
		case 4:
			return "\"%{ for e in v.ss }<${e}>%{ endfor }\""
		}
		return "\"%{ if " + g.boolean() + " }${" + g.text() + "}%{ else }-%{ endif }\""
	})
}

// made is a list that the expression makes: to HCL one that came in is of another
// type, and so never equal to it.
func (g *exprGen) made() string {
	if g.r.Intn(2) == 0 {
		return "[" + g.number() + ", " + g.number() + ", v.a]"
	}
	return "[for x in v.xs : x" + g.pick("", " if x > 1.0") + "]"
}

func (g *exprGen) list() string {
	leaf := func() string { return g.pick("v.xs", "v.rs[*].n") }
	return g.deep(leaf, func() string {
		name := "e" + strconv.Itoa(len(g.vars))
		switch g.r.Intn(6) {
		case 3:
			return "[for r in v.rs : r.n * " + g.number() + g.pick("", " if r.on") + "]"
		case 4:
			return "[for i, x in v.xs : i * 1.0 + " + g.number() + "]"
		case 5:
			return "[for k, x in { b = " + g.number() + ", a = " + g.number() + " } : x]"
		case 0:
			return "[" + g.number() + ", " + g.number() + "]"
		case 1:
			g.vars = append(g.vars, name)
			body := g.number()
			g.vars = g.vars[:len(g.vars)-1]
			return "[for " + name + " in v.xs : " + body + "]"
		}
		g.vars = append(g.vars, name)
		body, cond := g.number(), g.boolean()
		g.vars = g.vars[:len(g.vars)-1]
		return "[for " + name + " in v.xs : " + body + " if " + cond + "]"
	})
}
