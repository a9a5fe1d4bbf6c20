package check

import (
	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/fn"
)

// textAs is x, or the date, the time of day or the member of an enumeration that a
// constant text stands for where one is wanted.
func (c *checker) textAs(x typed.Expr, want *types.Type) typed.Expr {
	if m := c.quotedMember(x, want); m != nil {
		return m
	}
	k, ok := dateText(x, want)
	if !ok {
		return x
	}
	want = elemOrSelf(want)
	v, err := readDate(k, want)
	if err != nil {
		c.report(errDateText(k, want))
		return c.bad(k.Range)
	}
	i := k.Info
	i.Type = want.From(k.Type.Origin)
	return &typed.Const{Info: i, V: v}
}

// dateText is a constant text where a date or a time of day is wanted.
func dateText(x typed.Expr, want *types.Type) (*typed.Const, bool) {
	if want == nil || !elemOrSelf(want).Is(types.Date, types.TimeOfDay) {
		return nil, false
	}
	k, ok := constant(x)
	return k, ok && k.Type.Kind == types.String
}

func readDate(k *typed.Const, want *types.Type) (any, error) {
	text, _ := k.V.(string)
	if want.Kind == types.Date {
		return fn.ReadDate(text)
	}
	return fn.ReadTimeOfDay(text)
}

// fitsAsDate reports whether a constant text can stand for what is wanted.
func fitsAsDate(x typed.Expr, want *types.Type) bool {
	k, ok := dateText(x, want)
	if !ok {
		return false
	}
	_, err := readDate(k, elemOrSelf(want))
	return err == nil
}

// datePart is a part of a constant date or time of day.
func datePart(v any, name string) (any, bool) {
	switch v := v.(type) {
	case fn.Date:
		return map[string]int64{"year": v.Year, "month": v.Month, "day": v.Day}[name], true
	case fn.TimeOfDay:
		return map[string]int64{"hour": v.Hour, "minute": v.Minute, "second": v.Second}[name], true
	}
	return nil, false
}
