package check

import (
	"bytes"
	"maps"
	"slices"
	"time"

	"flowc/lang/typed"
	"flowc/rt/fn"
)

func arithmeticValue(op string, l, r any) (any, bool, error) {
	switch a := l.(type) {
	case int64:
		v, err := intValue(op, a, r.(int64))
		return v, true, err
	case float64:
		v, err := floatValue(op, a, r.(float64))
		return v, true, err
	case time.Duration:
		v, err := durationValue(op, a, r)
		return v, true, err
	case time.Time:
		return timeValue(op, a, r), true, nil
	}
	return nil, false, nil
}

func intValue(op string, a, b int64) (int64, error) {
	switch op {
	case "+":
		return fn.AddInt(a, b)
	case "-":
		return fn.SubInt(a, b)
	case "*":
		return fn.MulInt(a, b)
	case "/":
		return fn.DivInt(a, b)
	}
	return fn.RemInt(a, b)
}

func floatValue(op string, a, b float64) (float64, error) {
	switch op {
	case "+":
		return fn.Finite(a + b)
	case "-":
		return fn.Finite(a - b)
	case "*":
		return fn.Finite(float64(a * b))
	case "/":
		return fn.Div(a, b)
	}
	return fn.Rem(a, b)
}

func durationValue(op string, a time.Duration, r any) (any, error) {
	if f, ok := r.(float64); ok {
		if op == "*" {
			return fn.MulDuration(a, f)
		}
		return fn.DivDuration(a, f)
	}
	b, _ := r.(time.Duration)
	switch op {
	case "+":
		return fn.AddDuration(a, b)
	case "-":
		return fn.SubDuration(a, b)
	}
	return fn.Div(float64(a), float64(b))
}

// timeValue is a moment and a duration, or the duration between two moments.
func timeValue(op string, a time.Time, r any) any {
	d, _ := r.(time.Duration)
	switch {
	case op == "+":
		return a.Add(d)
	case d != 0:
		return a.Add(-d)
	}
	if b, ok := r.(time.Time); ok {
		return a.Sub(b)
	}
	return a
}

func equal(a, b any) bool {
	if t, isTime := a.(time.Time); isTime {
		u, ok := b.(time.Time)
		return ok && t.Equal(u)
	}
	switch a := a.(type) {
	case map[string]any:
		b, _ := b.(map[string]any)
		return maps.EqualFunc(a, b, equal)
	case []any:
		b, _ := b.([]any)
		return slices.EqualFunc(a, b, equal)
	case []byte:
		b, _ := b.([]byte)
		return bytes.Equal(a, b)
	case typed.Made:
		b, ok := b.(typed.Made)
		return ok && a.Case == b.Case && equal(a.V, b.V)
	}
	return a == b
}

func ordered(op string, a, b any) bool {
	var less, more bool
	switch a := a.(type) {
	case int64:
		less, more = a < b.(int64), a > b.(int64)
	case float64:
		less, more = a < b.(float64), a > b.(float64)
	case time.Duration:
		less, more = a < b.(time.Duration), a > b.(time.Duration)
	case fn.Date:
		less, more = a.Compare(b.(fn.Date)) < 0, a.Compare(b.(fn.Date)) > 0
	case fn.TimeOfDay:
		less, more = a.Compare(b.(fn.TimeOfDay)) < 0, a.Compare(b.(fn.TimeOfDay)) > 0
	case time.Time:
		less, more = a.Before(b.(time.Time)), a.After(b.(time.Time))
	}
	switch op {
	case "<":
		return less
	case "<=":
		return !more
	case ">":
		return more
	}
	return !less
}
