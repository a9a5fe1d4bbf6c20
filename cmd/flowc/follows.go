package main

import (
	"fmt"
	"math"
	"strings"
	"time"

	"flowc/compiler"
	"flowc/lang/catalog"
	"flowc/lang/rate"
	"flowc/lang/typed"
	"flowc/lang/types"
)

func durationOf(v any) (time.Duration, bool) {
	d, ok := v.(time.Duration)
	return d, ok
}

func ratesOf(p *typed.Program) *rate.Table { return rate.New(p.Things, p.Enums) }

// hop is one name or operator on the way from a source to what follows it.
type hop struct {
	text string
	x    typed.Expr
}

// paths are the ways from the sources to an expression, each once: names of equations,
// and operators that stand in the expression itself.
func paths(x typed.Expr) [][]hop {
	var list [][]hop
	seen := map[string]bool{}
	open := map[*typed.Equation]bool{}
	var walk func(x typed.Expr, tail []hop)
	walk = func(x typed.Expr, tail []hop) {
		switch x := x.(type) {
		case *typed.Wire:
			if x.Eq != nil {
				if !open[x.Eq] {
					open[x.Eq] = true
					walk(x.Eq.X, append([]hop{{x.Eq.Name, x}}, tail...))
					delete(open, x.Eq)
				}
				return
			}
			if x.Thing == nil {
				return
			}
			whole := append([]hop{{wireName(x), x}}, tail...)
			if key := hopNames(whole); !seen[key] && len(list) < 16 {
				seen[key] = true
				list = append(list, whole)
			}
			return
		case *typed.OpCall:
			if allConstant(x.Args) {
				list = append(list, append([]hop{{x.Base().Text, x}}, tail...))
				return
			}
			if len(open) == 0 { // inside an equation its name stands for it
				tail = append([]hop{{x.Op.Name, x}}, tail...)
			}
		}
		for _, o := range typed.Operands(x) {
			if o.Base().Shape != types.Constant {
				walk(o, tail)
			}
		}
	}
	walk(x, nil)
	return list
}

func allConstant(list []typed.Expr) bool {
	for _, x := range list {
		if x.Base().Shape != types.Constant {
			return false
		}
	}
	return true
}

func wireName(x *typed.Wire) string {
	if x.Output == "" {
		return x.Thing.Name
	}
	return x.Thing.Name + "." + x.Output
}

func hopNames(list []hop) string {
	var names []string
	for _, h := range list {
		names = append(names, h.text)
	}
	return strings.Join(names, " → ")
}

// followLines print the paths: "soil (mqtt_in, any rate) → good → dry → any_of". A rate
// is told where it changes.
func followLines(t *rate.Table, x typed.Expr) []string {
	var lines []string
	for _, way := range paths(x) {
		var parts []string
		last := ""
		for i, h := range way {
			text, said := h.text, t.Of(h.x).String()
			switch w, ok := h.x.(*typed.Wire); {
			case i == 0 && ok:
				text += " (" + w.Thing.Kind.Name + ", " + said + ")"
			case said != last:
				text += " (" + said + ")"
			}
			last = said
			parts = append(parts, text)
		}
		lines = append(lines, strings.Join(parts, " → "))
	}
	return lines
}

// costRows are the bounds of a thing or equation.
func costRows(s *sheet, f *compiler.Flow, d typed.Decl) {
	bounds, err := f.Bounds()
	if err != nil {
		return
	}
	t := ratesOf(f.Typed)
	keys := func(k types.Key) float64 {
		n, _ := t.Keys(k)
		return n
	}
	b := bounds.Of(d, keys)
	switch {
	case b.Steps > 0:
		text := "1 instant, at most " + counted(b.Steps, "step")
		if b.Passes {
			text += " in each of its passes"
		}
		if len(b.Later) > 0 {
			text += "; later by itself: " + strings.Join(b.Later, ", ")
		}
		s.row("reaction", text)
	case b.Steps < 0:
		s.row("reaction", "1 instant; the number of keys, and so of steps, has no bound")
	}
	for _, m := range b.Memory {
		if text := keptText(m, keys); text != "" {
			s.row("memory", text)
		}
	}
}

// keptText is "1,000 beds × 240 B for all that is kept of a bed"; "" where the number of
// keys has no bound.
func keptText(m compiler.KeyMemory, keys func(types.Key) float64) string {
	n := keys(m.Key)
	if math.IsInf(n, 1) {
		return ""
	}
	each := strings.ReplaceAll(m.Key.Names, ",", " and ")
	text := fmt.Sprintf("%s × %s for all that is kept of a %s", counted(int(n), each), bytesText(m.Bytes), each)
	if m.More {
		text += "; texts, lists and timers come on top"
	}
	return text
}

func counted(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return rate.Number(float64(n)) + " " + word + "s"
}

func bytesText(n int64) string { return rate.Number(float64(n)) + " B" }

// rateWord is what a rate counts.
func rateWord(s types.Shape) string {
	if s.Happens() {
		return "happens"
	}
	return "changes"
}

// rateRows are the rates of a thing's outputs, of what it does, and what leads to it.
func rateRows(s *sheet, t *rate.Table, all families, th *typed.Thing) {
	if x := rate.Trigger(th); x != nil {
		s.row("acts", t.Shots(th).String())
		s.lines("follows", all.once(followLines(t, x)))
		return
	}
	for _, f := range th.Kind.Fields {
		if shape, ok := outputShape(th, f); ok {
			name := ""
			if f.Role != catalog.RoleSelf {
				name = f.Name
			}
			s.row(strings.TrimSuffix(rateWord(shape)+" "+name, " "), t.Output(th, name).String())
		}
	}
}
