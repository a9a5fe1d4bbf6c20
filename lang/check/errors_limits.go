package check

import (
	"fmt"
	"time"

	"flowc/lang/diag"
	"flowc/lang/typed"
)

// errLimitsCross is a switch with two limits that would have to be on and off between
// them.
func (c *checker) errLimitsCross(low, high *typed.Const, names [2]string) *diag.Diagnostic {
	f := finding("E0213", "These limits cross", high.Range, fmt.Sprintf("`%s` is less than `%s`", names[1], names[0]))
	also(f, low.Range, fmt.Sprintf("`%s` is this", names[0]))
	f.Why = fmt.Sprintf("Between %s and %s it would have to be on and off. Between its limits a switch stays as it was.", c.src(high.Range), c.src(low.Range))
	f.Hint = fmt.Sprintf("are they the wrong way round? `%s = %s, %s = %s`", names[0], c.src(high.Range), names[1], c.src(low.Range))
	return f
}

// errPartOfDay is a window of the calendar that no calendar has.
func errPartOfDay(k *typed.Const, d time.Duration) *diag.Diagnostic {
	f := finding("E0213", "This is no number of days", k.Range, "longer than a day, and not a whole number of days")
	f.Why = "Windows begin on the clock and at midnight, so that one that is longer than a day has whole days."
	days := int64(d / (24 * time.Hour))
	f.Hint = fmt.Sprintf("write `%d.d` or `%d.d`.", days, days+1)
	return f
}
