package compiler

import (
	"math/rand"
	"strconv"
	"strings"
)

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
