package check

import (
	"time"

	"flowc/lang/typed"
)

// twoEnds are the options that stand for two ends, the lower first.
var twoEnds = [][2]string{{"on_below", "off_above"}, {"off_below", "on_above"}}

// limits holds constant options of an operator against each other.
func (c *checker) limits(x *typed.OpCall) {
	for _, pair := range twoEnds {
		low, lo := optionNumber(x, pair[0])
		high, hi := optionNumber(x, pair[1])
		if low != nil && high != nil && lo > hi {
			c.report(c.errLimitsCross(low, high, pair))
		}
	}
	for _, o := range x.Options {
		k, ok := constant(o.X)
		if !ok {
			continue
		}
		d, isTime := k.V.(time.Duration)
		switch ends, _ := k.V.([]any); {
		case x.Op.Clock && o.Arg.Name == "every" && isTime && d > 24*time.Hour && d%(24*time.Hour) != 0:
			c.report(errPartOfDay(k, d))
		case o.Arg.Tags["items"] == "2" && len(ends) == 2:
			lo, _ := plainNumber(ends[0])
			if hi, _ := plainNumber(ends[1]); lo >= hi {
				c.report(errItems(k, o.Arg, "2"))
			}
		}
	}
}

// optionNumber is a constant option as a number in the unit of its type.
func optionNumber(x *typed.OpCall, name string) (*typed.Const, float64) {
	for _, o := range x.Options {
		if k, ok := constant(o.X); ok && o.Arg.Name == name {
			if v, isNumber := plainNumber(k.V); isNumber {
				return k, v
			}
		}
	}
	return nil, 0
}
