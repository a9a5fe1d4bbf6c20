package check

import (
	"fmt"
	"strings"
	"time"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/rate"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// errFlood is a costly sink behind something that nothing bounds.
func (c *checker) errFlood(d *decl, x typed.Expr, r rate.Rate, costs string) *diag.Diagnostic {
	f := finding("E0901", "This could send a thousand "+costs+"s", x.Base().Range, "each one sends "+article(costs))
	if r.From != nil {
		if from := c.decls[r.From.Name]; from != nil {
			also(f, from.at, "this may happen at any rate")
		}
	}
	f.Why = fmt.Sprintf("Nothing says how often this may happen at most, and `%s` would send every time.", d.name)
	f.Hint = "allow at most one an hour:"
	f.Example = slower(x, time.Hour)
	return f
}

// errTooFast is a sink that is given more than it takes.
// one is the rate of a single key.
func (c *checker) errTooFast(d *decl, x typed.Expr, r, one rate.Rate, most string) *diag.Diagnostic {
	comes := r.Min
	if comes == 0 {
		comes = r.Max
	}
	takes, _ := catalog.Capacity(most)
	f := finding("E0902", "This comes faster than it can go", x.Base().Range,
		fmt.Sprintf("this happens %s", comesAt(comes, r)))
	also(f, d.at, fmt.Sprintf("and %s takes %s", article(d.kind.Name), rate.PerTime(takes)))
	f.Why = "What does not get through waits, and in the end it is lost."
	if d.kind.Decides {
		f.Why = fmt.Sprintf("`%s` would be switched faster than it can follow.", d.name)
		f.Hint = "let what switches it happen less often."
		return f
	}
	f.Hint = "let less of it through:"
	n := comes / one.Max
	f.Example = slower(x, pace(n/takes))
	return f
}

// errWears is a sink that writes to a card more often than the card is made for.
func errWears(d *decl, x typed.Expr, r rate.Rate) *diag.Diagnostic {
	f := warning("W0903", "This wears out a memory card", x.Base().Range,
		fmt.Sprintf("`%s` writes %s times a day", d.name, rate.Number(r.Min*86400)))
	f.Why = "Each row is made safe on the card, and each time rewrites a few of its blocks, which bear that some ten thousand times."
	f.Hint = "write less often, for example once a minute what it is then, or what many of them come to:"
	f.Example = "when = every(1.min)"
	return f
}

// comesAt is how often something comes, in words.
func comesAt(comes float64, r rate.Rate) string {
	if r.Exact() {
		return rate.PerTime(comes)
	}
	if r.Min == 0 {
		return "up to " + rate.PerTime(comes)
	}
	return "at least " + rate.PerTime(comes)
}

// pace is a time of at least so many seconds that people would write.
func pace(seconds float64) time.Duration {
	for _, d := range []time.Duration{
		time.Millisecond, 5 * time.Millisecond, 10 * time.Millisecond, 50 * time.Millisecond, 100 * time.Millisecond,
		500 * time.Millisecond, time.Second, 10 * time.Second, time.Minute, 10 * time.Minute, time.Hour,
	} {
		if d.Seconds() >= seconds {
			return d
		}
	}
	return 24 * time.Hour
}

// slower is the expression with a bound.
func slower(x typed.Expr, d time.Duration) string {
	if op, ok := x.(*typed.OpCall); ok && op.Op.Name == "throttle" {
		x = op.Args[0]
	}
	text := x.Base().Text
	if len(text) > 40 || strings.Contains(text, "\n") {
		text = "…"
	}
	if x.Base().Shape == types.Value {
		return fmt.Sprintf("sample(%s, %s)", text, literal(d))
	}
	return fmt.Sprintf("throttle(%s, %s)", text, literal(d))
}

// literal is a time as a flow writes it.
func literal(d time.Duration) string {
	switch {
	case d%time.Hour == 0:
		return fmt.Sprintf("%d.h", d/time.Hour)
	case d%time.Minute == 0:
		return fmt.Sprintf("%d.min", d/time.Minute)
	case d%time.Second == 0:
		return fmt.Sprintf("%d.s", d/time.Second)
	}
	return fmt.Sprintf("%d.ms", d/time.Millisecond)
}
