package main

import (
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"flowc/rt/flow"
)

// The same expressions, compiled and interpreted: run
//
//	go test -bench . ./testdata/exprbench
func BenchmarkExpressions(b *testing.B) {
	p := ready(b)
	for _, e := range []struct {
		name, text string
		compiled   func() bool
	}{
		{"hot", `v.temp * 1.8 + 32.0 > 80.0 && v.b`, func() bool { return p.evalHot().OK }},
		{"where", `"sensors/${v.topic}/${v.n}"`, func() bool { return p.evalWhere().OK }},
		{"double", `[for i in v.items : i.v * 2.0 if i.on]`, func() bool { return p.evalDouble().OK }},
		{"chosen", `v.b ? v.temp : 0.0`, func() bool { return p.evalChosen().OK }},
	} {
		b.Run(e.name+"/compiled", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if !e.compiled() {
					b.Fatal("not ready")
				}
			}
		})
		b.Run(e.name+"/HCL", func(b *testing.B) {
			x, diags := hclsyntax.ParseExpression([]byte(e.text), "x", hcl.InitialPos)
			if diags.HasErrors() {
				b.Fatal(diags)
			}
			ctx := &hcl.EvalContext{Variables: map[string]cty.Value{"v": sample()}}
			b.ReportAllocs()
			for b.Loop() {
				if _, diags := x.Value(ctx); diags.HasErrors() {
					b.Fatal(diags)
				}
			}
		})
	}
}

func ready(tb testing.TB) *Program {
	var p *Program
	flow.NewEngine(flow.SystemClock(), info, flow.Output{}, func(e *flow.Engine) flow.Program {
		p = newProgram(e)
		return p
	})
	var m vMsg
	if err := decodeVMsg([]byte(`{"temp":21.5,"n":7,"b":true,"topic":"attic","items":[{"v":1,"on":true},{"v":2.5,"on":false},{"v":3,"on":true}]}`), &m); err != nil {
		tb.Fatal(err)
	}
	p.v.Self.Happen(1, p.Time, m)
	return p
}

func sample() cty.Value {
	item := func(v float64, on bool) cty.Value {
		return cty.ObjectVal(map[string]cty.Value{"v": cty.NumberFloatVal(v), "on": cty.BoolVal(on)})
	}
	return cty.ObjectVal(map[string]cty.Value{
		"temp": cty.NumberFloatVal(21.5), "n": cty.NumberIntVal(7), "b": cty.True, "topic": cty.StringVal("attic"),
		"items": cty.ListVal([]cty.Value{item(1, true), item(2.5, false), item(3, true)}),
	})
}

// What needs no string and no list allocates nothing.
func TestPlainExpressionsDoNotAllocate(t *testing.T) {
	p := ready(t)
	if n := testing.AllocsPerRun(100, func() { p.evalHot(); p.evalChosen() }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
