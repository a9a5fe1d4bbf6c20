package check

import (
	"flowc/lang/typed"
)

const chooseSignature = "choose({ condition = answer, else = answer })"

// chooseForm is `choose({ cond = a, else = b })`: the answer of the first row that
// holds. It becomes a chain of conditionals.
func (c *checker) chooseForm(k call) typed.Expr {
	r := k.e.Range()
	if len(k.args) != 1 {
		c.report(errFormCount(k, 1, chooseSignature))
		return c.bad(r)
	}
	rows, ok := c.rows(k, k.args[0], chooseSignature)
	if !ok || !c.endsInElse(k, rows) {
		return c.bad(r)
	}
	conds, ok := c.chooseConditions(rows)
	t := c.typeAnswers(rows, k.want)
	if !ok || t == nil {
		return c.guessedRow(r, rows)
	}
	x := c.convert(rows[len(rows)-1].x, t)
	for n := len(conds) - 1; n >= 0; n-- {
		a := c.convert(rows[n].x, t)
		x = c.branches(&typed.Cond{Info: c.info(r, t), C: conds[n], A: a, B: x}, []typed.Expr{a, x}, conds[n], a, x)
	}
	return x
}

// chooseConditions types what stands on the left. A row is looked at only where
// those above it do not hold, and what they asked is known there.
func (c *checker) chooseConditions(rows []*row) ([]typed.Expr, bool) {
	var conds []typed.Expr
	ok := true
	s := c.scope
	for _, r := range rows[:len(rows)-1] {
		cond := c.with(s, func() typed.Expr { return c.condition(r.key, "in `choose`") })
		ok = ok && !isBad(cond)
		conds = append(conds, cond)
		r.facts = s.facts.and(holds(cond, true))
		s.facts = s.facts.and(holds(cond, false))
	}
	rows[len(rows)-1].facts = s.facts
	return conds, ok
}

// endsInElse reports a table without an `else`, or with rows below it.
func (c *checker) endsInElse(k call, rows []*row) bool {
	for n, r := range rows {
		if !r.isElse() {
			continue
		}
		if n < len(rows)-1 {
			c.report(errBelowElse(r, rows[n+1]))
			return false
		}
		if n == 0 {
			c.report(c.errOnlyElse(r))
		}
		return true
	}
	c.report(c.errNoElse(k, rows))
	return false
}

// matchSwitch is a match over a switch: a conditional.
func (c *checker) matchSwitch(k call, x typed.Expr, rows []*row, members map[string]*row, other *row) typed.Expr {
	r := k.e.Range()
	for name, m := range members {
		m.facts = c.scope.facts.and(holds(x, name == "on"))
	}
	t := c.typeAnswers(rows, k.want)
	if t == nil {
		return c.guessedRow(r, rows)
	}
	answer := func(name string) typed.Expr {
		if m := members[name]; m != nil {
			return c.convert(m.x, t)
		}
		return c.convert(other.x, t)
	}
	on, off := answer("on"), answer("off")
	return c.branches(&typed.Cond{Info: c.info(r, t), C: x, A: on, B: off}, []typed.Expr{on, off}, x, on, off)
}

// switchNames are the members of bool as they may be written.
var switchNames = map[string]string{"on": "on", "true": "on", "off": "off", "false": "off"}
