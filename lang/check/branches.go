package check

import (
	"flowc/lang/typed"
	"flowc/lang/types"
)

// branches finishes a choice among answers. In one that is made when something
// happens, the answers may not remember: what remembers goes on with each
// occurrence, also with those that take another answer.
func (c *checker) branches(x typed.Expr, answers []typed.Expr, operands ...typed.Expr) typed.Expr {
	done := c.finish(x, operands...)
	if isBad(done) || done.Base().Shape != types.Event {
		return done
	}
	ok := true
	for _, a := range answers {
		if op := remembering(a); op != nil {
			c.report(errRemembersInAnswer(op))
			ok = false
		}
	}
	if !ok {
		return c.bad(done.Base().Range)
	}
	return done
}

// remembering is what remembers in an answer, nil if nothing does. Choices inside it
// that are made when something happens were looked at before.
func remembering(x typed.Expr) typed.Expr {
	var found typed.Expr
	typed.Walk(x, func(n typed.Expr) bool {
		switch n.(type) {
		case *typed.Cond, *typed.Match:
			if n.Base().Shape == types.Event {
				return false
			}
		case *typed.OpCall, *typed.Where, *typed.Initially, *typed.Since:
			found = n
		}
		return found == nil
	})
	return found
}
