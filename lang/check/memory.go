package check

import (
	"flowc/lang/memory"
	"flowc/lang/rate"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// memorySetting is how much memory the program may need: `program { memory = 64.MB }`.
const memorySetting = "memory"

// leastMemory is what no program does with less than, in bytes.
const leastMemory = 4e6

func sizeType() *types.Type {
	u, _ := types.LookupUnit("B")
	return types.QuantityOf(u)
}

// memoryBound holds what the program can need against what the flow allows.
func (c *checker) memoryBound() {
	if c.about == nil || c.found.HasErrors() {
		return
	}
	a := c.about.Attr(memorySetting)
	if a == nil {
		return
	}
	if c.memory < leastMemory {
		c.report(errTooLittleMemory(a))
		return
	}
	things, equations := c.parts()
	if b := memory.Of(things, equations, c.rateTable()); b.Total > float64(c.memory) {
		c.report(c.errMemory(a, b))
	}
}

// parts are the things and equations of the flow.
func (c *checker) parts() (things []*typed.Thing, equations []*typed.Equation) {
	for _, d := range c.order {
		if d.thing != nil {
			things = append(things, d.thing)
		}
		equations = append(equations, d.steps...)
		if d.eq != nil && d.isWire() {
			equations = append(equations, d.eq)
		}
	}
	return things, equations
}

// workMost is how many parts of expressions a Raspberry Pi Zero works out in a second
// with a fifth of its time, at about 200 ns each; instantWork is what each instant costs
// besides.
const (
	workMost    = 1e6
	instantWork = 30
)

// work holds how much is to be worked out in a second against what the smallest board
// has time for. Where nothing bounds a rate, nothing is known and nothing told.
func (c *checker) work() {
	if c.found.HasErrors() {
		return
	}
	t := c.rateTable()
	var most float64
	var busiest *typed.Equation
	sum := 0.0
	_, equations := c.parts()
	for _, e := range equations {
		n := workOf(t, e.X)
		if sum += n; n > most {
			most, busiest = n, e
		}
	}
	if sum > workMost {
		c.report(c.errWork(busiest, t, most, sum))
	}
}

// workOf is how many parts of an expression are worked out in a second.
func workOf(t *rate.Table, x typed.Expr) float64 {
	parts, often := 0.0, 0.0
	typed.Walk(x, func(n typed.Expr) bool {
		parts++
		if r := t.Together(t.Of(n), x.Base().Key); n.Base().Shape != types.Constant && r.Bounded() {
			often = max(often, r.Max)
		}
		return true
	})
	if n := (parts + instantWork) * often; n < 1e15 {
		return n
	}
	return 0
}
