package check

import (
	"fmt"
	"strings"
	"time"

	"flowc/lang/diag"
	"flowc/lang/memory"
	"flowc/lang/rate"
	"flowc/lang/syntax"
	"flowc/lang/typed"
)

// errMemory is a program that can need more memory than the flow allows.
func (c *checker) errMemory(a *syntax.Attr, b memory.Bound) *diag.Diagnostic {
	f := warning("W0905", "This can need more memory than it may", a.Expr.Range(), fmt.Sprintf("but it can come to %s", memory.Size(b.Total)))
	var pairs []string
	var unwritten *decl
	for _, p := range b.Largest(5) {
		d := c.decls[p.Name()]
		switch {
		case d == nil:
		case d.unwritten:
			unwritten = d
		default:
			also(f, d.at, fmt.Sprintf("%s: %s", memory.Size(p.Bytes), p.Text()))
		}
		text := memory.Size(p.Bytes) + "  " + p.Text()
		if len(p.Settings) > 0 {
			text += " (" + strings.Join(p.Settings, ", ") + ")"
		}
		pairs = append(pairs, p.Name(), text)
	}
	f.Why = "That is the sum of all queues, keys and operators, when each is as full as it can be."
	f.Hint = "these take most. Let them keep less (`max_items`, `max_keys`, another `on_full`), or allow more:"
	if unwritten != nil {
		f.Why += fmt.Sprintf(" `%s` is what a flow has without writing it; one that is written takes settings.", unwritten.name)
	}
	f.Example = rows(pairs...) + fmt.Sprintf("\n%s = %d.MB\n", memorySetting, 1+int(b.Total/1e6))
	return f
}

// errTooLittleMemory is less than any program needs.
func errTooLittleMemory(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0213", "No program does with so little", a.Expr.Range(), "Go alone needs more")
	f.Hint = "at least"
	f.Example = memorySetting + " = 4.MB"
	return f
}

// errWork is a flow that has more to do than a small board has time for.
func (c *checker) errWork(e *typed.Equation, t *rate.Table, most, sum float64) *diag.Diagnostic {
	f := warning("W0906", "A small board has no time for this", e.X.Base().Range, fmt.Sprintf("this alone is %s steps a second", rate.Number(most)))
	f.Why = fmt.Sprintf("All of the flow comes to %s steps a second; a Raspberry Pi Zero does about 5,000,000 if it does nothing else.", rate.Number(sum))
	f.Hint = "let what it follows happen less often."
	beat := c.beat(e.X, t)
	if beat == nil {
		return f
	}
	for _, a := range beat.Args {
		k, ok := a.(*typed.Const)
		d, isTime := time.Duration(0), false
		if ok {
			d, isTime = duration(k.V)
		}
		if !isTime {
			continue
		}
		f.Hint = "let it happen less often:"
		f.Example = strings.Replace(beat.Text, k.Text, literal(pace(1.1*d.Seconds()*sum/workMost)), 1)
		if !overlaps(beat.Range, e.X.Base().Range) {
			also(f, beat.Range, "so often it comes from here")
		}
	}
	return f
}

// beat is the operator that an expression has its rate from: the innermost of those that
// happen most often.
func (c *checker) beat(x typed.Expr, t *rate.Table) (found *typed.OpCall) {
	most := 0.0
	follow(x, func(n typed.Expr) bool {
		if op, ok := n.(*typed.OpCall); ok && t.Of(op).Bounded() && t.Of(op).Max >= most {
			most, found = t.Of(op).Max, op
		}
		return true
	})
	return found
}
