package check

import (
	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// match is how well arguments fit a callee, and what its type parameters become.
type match struct {
	bind map[string]*types.Type
	// by is the argument that decided about a type parameter.
	by map[string]typed.Expr
	// dims are those that the operator makes of others, unit the unit that the call
	// wants the result in.
	dims    map[string]madeOf
	unit    *types.Type
	cost    int
	problem *problem
}

// problem is why arguments do not fit.
type problem struct {
	sort problemSort
	// n is the argument, want the type it should have had.
	n    int
	want *types.Type
	arg  *catalog.Arg
	// constraint is what a type parameter asks for.
	constraint string
	by         typed.Expr
}

type problemSort int

const (
	problemCount problemSort = iota
	problemType
	problemConstraint
	problemOptional
	problemShape
	problemConst
	problemUnbound
)

// choose finds the callee that fits best. If none does, it is the one that came
// furthest, with what is wrong there.
func (c *checker) choose(list []callee, given []argument) (callee, match) {
	best, found := list[0], match{cost: -1}
	for _, e := range list {
		m := c.fit(e, given)
		if found.cost < 0 || better(m, found) {
			best, found = e, m
		}
	}
	return best, found
}

func better(a, b match) bool {
	switch {
	case a.problem == nil && b.problem != nil:
		return true
	case a.problem != nil && b.problem == nil:
		return false
	case a.problem != nil:
		if a.problem.sort != b.problem.sort {
			return a.problem.sort > b.problem.sort
		}
		return a.problem.n > b.problem.n
	}
	return a.cost < b.cost
}

// fit unifies arguments with the parameters of a callee, steps of a type after
// the type they are steps of.
func (c *checker) fit(e callee, given []argument) match {
	m := match{bind: map[string]*types.Type{}, by: map[string]typed.Expr{}}
	if !e.takes(len(given)) {
		m.problem = &problem{sort: problemCount, n: len(given)}
		return m
	}
	for _, made := range []bool{false, true} {
		if made {
			c.bindDims(e, &m)
		}
		for n, g := range given {
			p := e.arg(n)
			if p.Shape == "unit" {
				continue
			}
			if g.lambda != (p.Shape == "lambda") {
				m.problem = &problem{sort: problemType, n: n, arg: p, want: types.TBad}
				return m
			}
			if g.lambda || (p.Delta || e.dim(paramOf(p.Type)) != "") != made {
				continue
			}
			if m.problem = c.fitArg(e, p, n, g.x, &m); m.problem != nil {
				return m
			}
		}
	}
	if n := unboundAt(e, given, m); n >= 0 {
		m.problem = &problem{sort: problemUnbound, n: n, arg: e.arg(n)}
		return m
	}
	for n, g := range given {
		if m.problem = fitShape(e, e.arg(n), n, g, &m); m.problem != nil {
			return m
		}
	}
	return m
}

func (c *checker) fitArg(e callee, p *catalog.Arg, n int, x typed.Expr, m *match) *problem {
	t := x.Base().Type
	if p.Hap && (p.Type.Name == "unit") {
		return nil // whatever it carries is left behind
	}
	if made, ok := m.dimOfArg(p); ok {
		if !made.fits(t) {
			return &problem{sort: problemType, n: n, arg: p, want: made.user}
		}
		return nil
	}
	if p.Delta {
		want := c.paramType(p, *m)
		cost, ok := convertible(t, want)
		m.cost += cost
		if !ok {
			return &problem{sort: problemType, n: n, arg: p, want: want, by: m.by[p.Type.Ref]}
		}
		return nil
	}
	u := unifier{c: c, e: e, m: m, x: x}
	if u.fits(p.Type, t) {
		return nil
	}
	pr := &problem{sort: problemType, n: n, arg: p, want: c.catalogType(p.Type, m.bind, ""), by: m.by[p.Type.Ref]}
	if e.op != nil && p.Shape == "value" && x.Base().Shape == types.Event && t.Kind != types.Optional {
		pr.sort = problemShape // that it is an event is the greater mistake
		return pr
	}
	if u.constraint != "" {
		pr.sort, pr.constraint = problemConstraint, u.constraint
	}
	if t.Kind == types.Optional && (unifier{c: c, e: e, m: m.copy(), x: x}).would(p.Type, t.Elem) {
		pr.sort = problemOptional
	}
	return pr
}

func (m *match) copy() *match {
	d := match{bind: map[string]*types.Type{}, by: map[string]typed.Expr{}}
	for k, v := range m.bind {
		d.bind[k] = v
	}
	for k, v := range m.by {
		d.by[k] = v
	}
	return &d
}

// unifier fits one argument.
type unifier struct {
	c          *checker
	e          callee
	m          *match
	x          typed.Expr
	constraint string
}

func (u unifier) would(p *catalog.Type, t *types.Type) bool { return u.fits(p, t) }

func (u *unifier) fits(p *catalog.Type, t *types.Type) bool {
	switch p.Name {
	case "any":
		return true
	case "param":
		return u.param(p.Ref, t)
	case "optional":
		if t.Kind == types.Optional {
			return u.fits(p.Elem, t.Elem)
		}
		if t.Kind == types.Null {
			return true
		}
		u.m.cost += 2
		return u.fits(p.Elem, t)
	case "list":
		return t.Kind == types.List && (t.Elem.Kind == types.Null || u.fits(p.Elem, t.Elem))
	case "map":
		if writtenOut(u.x) && u.x.Base().Type == t {
			elem := fieldsType(t)
			return elem != nil && u.fits(p.Elem, elem)
		}
		return t.Kind == types.Map && u.fits(p.Elem, t.Elem)
	case "val", "hap":
		return u.fits(p.Elem, t)
	}
	want := u.c.catalogType(p, u.m.bind, "")
	cost, ok := convertible(t, want)
	if !ok && fitsAsDate(u.x, want) {
		cost, ok = 1, true
	}
	u.m.cost += cost
	return ok
}

// param fits a type parameter: the first argument decides, a whole number gives
// way to a number.
func (u *unifier) param(name string, t *types.Type) bool {
	bound := u.m.bind[name]
	constraint := u.constraintOf(name)
	if bound == nil {
		t, ok := meets(constraint, t)
		if !ok {
			u.constraint = constraint
			return false
		}
		if t != u.x.Base().Type {
			u.m.cost++
		}
		u.m.bind[name], u.m.by[name] = t, u.x
		return true
	}
	if cost, ok := convertible(t, bound); ok {
		u.m.cost += cost
		u.m.bind[name] = types.Doubt(bound, t)
		return true
	}
	if cost, ok := convertible(bound, t); ok && bound.Kind == types.Int {
		u.m.cost += cost
		u.m.bind[name] = t
		return true
	}
	return false
}

func (u *unifier) constraintOf(name string) string {
	for _, p := range u.e.params {
		if p.Name == name {
			return p.Constraint
		}
	}
	return "any"
}

// meets reports whether a type satisfies a constraint, and as what: a whole
// number becomes a number where only measured numbers are taken.
func meets(constraint string, t *types.Type) (*types.Type, bool) {
	point := t.Kind == types.Quantity && t.Unit.Point
	switch constraint {
	case "any":
		return t, true
	case "comparable":
		return t, t.Comparable()
	case "number":
		return t, !point && (t.Kind == types.Int || t.Kind == types.Number || t.Kind == types.Quantity || t.Kind == types.Duration)
	case "ordered":
		switch t.Kind {
		case types.Int, types.Number, types.Quantity, types.Duration:
			return t, true
		}
		return t, false
	case "quantity", "linear":
		if t.Kind == types.Int {
			return types.TNumber.From(t.Origin), true
		}
		if constraint == "linear" && point {
			return t, false
		}
		return t, t.Kind == types.Number || t.Kind == types.Quantity
	}
	return t, true
}

// fitShape holds an argument of an operator against what it may be: constant,
// value, event, reading.
func fitShape(e callee, p *catalog.Arg, n int, g argument, m *match) *problem {
	if e.op == nil || g.lambda || p.Shape == "unit" {
		return nil
	}
	s := g.x.Base().Shape
	fail := &problem{sort: problemShape, n: n, arg: p}
	switch p.Shape {
	case "const":
		if !fixed(g.x) {
			return &problem{sort: problemConst, n: n, arg: p}
		}
	case "value":
		if s == types.Event {
			return fail
		}
		if s == types.Reading {
			m.cost++ // an operator made for readings is better
		}
	case "event":
		if !s.Happens() {
			return fail
		}
		if s == types.Reading {
			m.cost++
		}
	case "reading":
		if s != types.Reading {
			return fail
		}
	case "any":
		if p.Hap && !s.Happens() {
			return fail
		}
	}
	return nil
}

// fixed reports whether an option of an operator is known early enough: a number
// that sizes a buffer when the flow is built, all else when it starts.
func fixed(x typed.Expr) bool {
	if isConst(x) {
		return true
	}
	return x.Base().Shape == types.Constant && elemOrSelf(x.Base().Type).Kind != types.Int
}

// unboundAt is the argument that leaves a type parameter open, an empty list; -1 if
// there is none.
func unboundAt(e callee, given []argument, m match) int {
	for _, p := range e.params {
		if m.bind[p.Name] != nil {
			continue
		}
		for n, g := range given {
			if !g.lambda && g.unit == nil && uses(e.arg(n).Type, p.Name) && open(g.x.Base().Type) {
				return n
			}
		}
	}
	return -1
}

// open reports whether a type is not settled: the element of an empty list, null.
func open(t *types.Type) bool {
	switch t.Kind {
	case types.Null, types.Never:
		return true
	case types.List, types.Map, types.Optional:
		return open(t.Elem)
	case types.Record:
		for _, f := range t.Fields {
			if open(f.Type) {
				return true
			}
		}
	}
	return false
}
