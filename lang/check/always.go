package check

import (
	"github.com/hashicorp/hcl/v2"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// decided warns of conditions that are always on or always off: by what was asked
// before, by the range of a setting, by what such a thing can be.
func (c *checker) decided() {
	a := &decider{bounds: bounds{c: c}, told: map[hcl.Range]bool{}}
	for _, x := range c.wholes() {
		a.walk(x, nil)
	}
}

// decider looks at every condition with what is known where it stands.
type decider struct {
	bounds
	told map[hcl.Range]bool
}

func (a *decider) walk(x typed.Expr, k knowledge) {
	switch x := x.(type) {
	case nil:
	case *typed.Binary:
		a.binary(x, k)
	case *typed.Cond:
		a.condition(x.C, k)
		a.walk(x.A, k.and(a.facts(x.C, true, k)))
		a.walk(x.B, k.and(a.facts(x.C, false, k)))
	case *typed.Unary:
		a.condition(x.X, k)
	case *typed.Where:
		a.walk(x.X, nil)
		a.condition(x.If, nil)
	case *typed.For:
		a.loop(x, k)
	case *typed.Match:
		a.match(x, k)
	case *typed.OpCall, *typed.Initially, *typed.Since:
		for _, o := range typed.Operands(x) {
			a.walk(o, nil)
		}
	default:
		for _, o := range typed.Operands(x) {
			a.walk(o, k)
		}
	}
}

// condition looks at something that is on or off.
func (a *decider) condition(x typed.Expr, k knowledge) {
	if _, isBinary := x.(*typed.Binary); !isBinary {
		a.tell(x, k)
	}
	a.walk(x, k)
}

func (a *decider) binary(x *typed.Binary, k knowledge) {
	if x.Op == "&&" || x.Op == "||" {
		a.condition(x.L, k)
		a.condition(x.R, k.and(a.facts(x.L, x.Op == "&&", k)))
		return
	}
	if mirrored[x.Op] != "" {
		a.tell(x, k)
	}
	a.walk(x.L, k)
	a.walk(x.R, k)
}

func (a *decider) loop(x *typed.For, k knowledge) {
	a.walk(x.In, k)
	if x.If != nil {
		a.condition(x.If, k)
		k = k.and(a.facts(x.If, true, k))
	}
	if x.MapKey != nil {
		a.walk(x.MapKey, k)
	}
	a.walk(x.Body, k)
}

// match knows in each answer which member it is for.
func (a *decider) match(x *typed.Match, k knowledge) {
	a.walk(x.X, k)
	path := pathOf(x.X)
	for _, arm := range x.Arms {
		known := k
		if path != "" && x.X.Base().Type.Kind == types.Enum {
			known = k.and(knowledge{path: oneOf(knownMember(x.X, arm), arm.Member)})
		}
		a.walk(arm.Body, known)
	}
	a.walk(x.Else, k)
}

func (a *decider) tell(x typed.Expr, k knowledge) {
	r := x.Base().Range
	if r.Filename == "" || a.told[r] || isConst(x) {
		return
	}
	is, decided, why := a.truth(x, k)
	if !decided {
		return
	}
	a.told[r] = true
	a.c.report(errDecided(x, is, why))
}
