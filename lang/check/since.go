package check

import (
	"time"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// movesWithTime are the functions whose value changes without anything happening.
// Of operators the catalogue says so.
var movesWithTime = map[string]bool{"now": true}

// samplers are the operators that look at a moving value only now and then.
var samplers = map[string]bool{"sample": true, "at": true}

// finishSince is a call as it stands; moving values are judged where they end up.
func (c *checker) finishSince(_ call, x *typed.OpCall) typed.Expr { return x }

// sinceCompared is `since(e) > 5.min`, which an exact timer drives.
func (c *checker) sinceCompared(e *hclsyntax.BinaryOpExpr, op string, l, r typed.Expr) typed.Expr {
	call, d, flip := sinceSide(l, r)
	if call == nil {
		return nil
	}
	if flip {
		op = map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<="}[op]
	}
	event := call.Args[0]
	x := &typed.Since{Info: c.info(e.Range(), types.TBool), Of: call.Op, Event: event, Op: op, D: d}
	x.Shape, x.Key = types.Value, event.Base().Key
	return x
}

func sinceSide(l, r typed.Expr) (*typed.OpCall, time.Duration, bool) {
	for _, s := range []struct {
		x, k typed.Expr
		flip bool
	}{{l, r, false}, {r, l, true}} {
		call, ok := s.x.(*typed.OpCall)
		k, isConst := s.k.(*typed.Const)
		if !ok || !isConst || call.Op.Over == "" {
			continue
		}
		if d, ok := k.V.(time.Duration); ok {
			return call, d, s.flip
		}
	}
	return nil, 0, false
}

// moving reports the places of an expression where a value moves with time alone
// and nothing says when to look, and whether there are any.
func (c *checker) moving(x typed.Expr) bool {
	if isBad(x) || x.Base().Shape == types.Event {
		return false
	}
	before := len(c.found)
	typed.Walk(x, func(n typed.Expr) bool {
		switch n := n.(type) {
		case *typed.Moment:
			c.report(errMovesNow(n))
		case *typed.Chance:
			c.report(errDrawn(n))
		case *typed.OpCall:
			if n.Op.Over != "" {
				c.report(errMoves(n, n.Op.Name))
				return false
			}
			if samplers[n.Op.Name] {
				c.sampled(n)
				return false
			}
		case *typed.Call:
			if movesWithTime[n.Fn.Name] {
				c.report(errMoves(n, n.Fn.Name))
				return false
			}
		}
		return n.Base().Shape != types.Event
	})
	return len(c.found) > before
}

// sampled looks into the arguments of an operator that samples: behind another
// operator a moving value is as wrong as anywhere.
func (c *checker) sampled(x *typed.OpCall) {
	for _, a := range x.Args {
		typed.Walk(a, func(n typed.Expr) bool {
			if inner, ok := n.(*typed.OpCall); ok && inner.Op.Over == "" {
				c.moving(inner)
				return false
			}
			return true
		})
	}
}
