package check

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"

	"flowc/lang/typed"
	"flowc/rt/fn"
	"flowc/rt/unit"
)

// maxFolded bounds the elements of what is worked out at compile time.
const maxFolded = 100_000

// forValue runs a comprehension over a constant.
func forValue(x *typed.For, e env) (any, bool, error) {
	in, ok, err := value(x.In, e)
	if !ok || err != nil {
		return nil, ok, err
	}
	list := []any{}
	m := map[string]any{}
	for _, entry := range entries(in) {
		inner := e.and(x.Var, entry.v).and(x.KeyVar, entry.k)
		if x.If != nil {
			keep, ok, err := value(x.If, inner)
			if !ok || err != nil {
				return nil, ok, err
			}
			if !keep.(bool) {
				continue
			}
		}
		v, ok, err := value(x.Body, inner)
		if !ok || err != nil {
			return nil, ok, err
		}
		if x.MapKey == nil {
			list = append(list, v)
			continue
		}
		k, ok, err := value(x.MapKey, inner)
		if !ok || err != nil {
			return nil, ok, err
		}
		if err := putEntry(m, k.(string), v, x.Group); err != nil {
			return nil, false, err
		}
	}
	if x.MapKey == nil {
		return list, true, nil
	}
	return m, true, nil
}

func putEntry(m map[string]any, k string, v any, group bool) error {
	old, twice := m[k]
	switch {
	case group:
		l, _ := old.([]any)
		m[k] = append(slices.Clip(l), v)
	case twice:
		return fn.Failure("two entries have the key \"" + k + "\"")
	default:
		m[k] = v
	}
	return nil
}

type entry struct{ k, v any }

func entries(in any) []entry {
	var out []entry
	switch in := in.(type) {
	case []any:
		for n, v := range in {
			out = append(out, entry{int64(n), v})
		}
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(in)) {
			out = append(out, entry{k, in[k]})
		}
	}
	return out
}

// callValue calls a function of rt/fn on constants, if the table knows it.
func callValue(x *typed.Call, e env) (any, bool, error) {
	f := folds[x.Fn.Go]
	if f == nil {
		f = listFolds[x.Fn.Go]
	}
	if f == nil || x.Fn.Package != "flowc/rt/fn" {
		return nil, false, nil
	}
	var args []any
	for _, a := range x.Args {
		if l, ok := a.(*typed.Lambda); ok {
			args = append(args, func(it any) (any, bool, error) { return value(l.Body, e.and(l.Params[0], it)) })
			continue
		}
		v, ok, err := value(a, e)
		if !ok || err != nil {
			return nil, ok, err
		}
		args = append(args, v)
	}
	v, err := f(args)
	if err == errUnfolded {
		return nil, false, nil
	}
	return v, true, err
}

// errUnfolded says that arguments are of a kind that the table does not know.
const errUnfolded = fn.Failure("not folded")

type fold func(args []any) (any, error)

// folds are the functions that are worked out at compile time, by their Go name.
var folds = map[string]fold{
	"NumberToString":   text1(func(v float64) string { return fn.NumberToString(v) }),
	"IntToString":      text1(func(v int64) string { return fn.IntToString(v) }),
	"BoolToString":     text1(func(v bool) string { return fn.BoolToString(v) }),
	"TextToString":     text1(func(v string) string { return v }),
	"DurationToString": text1(func(v time.Duration) string { return fn.DurationToString(v) }),
	"ToInt":            one(fn.ToInt),
	"NumberToInt":      one(fn.NumberToInt),
	"ToNumber":         one(fn.ToNumber),
	"ToBool":           one(fn.ToBool),
	"Upper":            one(sure1(fn.Upper)),
	"Lower":            one(sure1(fn.Lower)),
	"Trim":             one(sure1(fn.Trim)),
	"Length":           one(sure1(fn.Length)),
	"IsEmpty":          one(sure1(fn.IsEmpty)),
	"Reverse":          one(sure1(fn.Reverse)),
	"Contains":         two(sure2(fn.Contains)),
	"StartsWith":       two(sure2(fn.StartsWith)),
	"EndsWith":         two(sure2(fn.EndsWith)),
	"Repeat":           two(fn.Repeat),
	"Replace":          three(fn.Replace),
	"PadLeft":          three(fn.PadLeft),
	"PadRight":         three(fn.PadRight),
	"Substr":           three(func(s string, a, b int64) (string, error) { return fn.Substr(s, a, b), nil }),
	"Abs":              one(func(v float64) (float64, error) { return math.Abs(v), nil }),
	"AbsInt":           one(fn.AbsInt),
	"AbsDuration":      one(fn.AbsDuration),
	"Floor":            one(sure1(fn.Floor)),
	"Ceil":             one(sure1(fn.Ceil)),
	"Trunc":            one(sure1(fn.Trunc)),
	"Sqrt":             one(fn.Sqrt),
	"Exp":              one(fn.Exp),
	"Ln":               one(fn.Ln),
	"Log10":            one(fn.Log10),
	"Pow":              two(fn.Pow),
	"Round":            two(sure2(fn.Round)),
	"IntDiv":           two(fn.IntDiv),
	"IntMod":           two(fn.IntMod),
	"Ratio":            one(func(v float64) (float64, error) { return fn.Ratio(unit.Percent(v)), nil }),
	"Percent":          one(func(v float64) (float64, error) { p, err := fn.Percent(v); return float64(p), err }),
	"Lerp":             three(fn.Lerp[float64]),
	"Sign":             foldSign,
	"Near":             three(func(a, b, t float64) (bool, error) { return fn.Near(a, b, t), nil }),
	"Min":              extreme(-1),
	"Max":              extreme(1),
	"Clamp":            foldClamp,
}

func text1[A any](f func(A) string) fold { return one(sure1(f)) }

func sure1[A, R any](f func(A) R) func(A) (R, error) {
	return func(a A) (R, error) { return f(a), nil }
}

func sure2[A, B, R any](f func(A, B) R) func(A, B) (R, error) {
	return func(a A, b B) (R, error) { return f(a, b), nil }
}

func one[A, R any](f func(A) (R, error)) fold {
	return func(args []any) (any, error) {
		a, ok := args[0].(A)
		if !ok {
			return nil, errUnfolded
		}
		return f(a)
	}
}

func two[A, B, R any](f func(A, B) (R, error)) fold {
	return func(args []any) (any, error) {
		a, ok1 := args[0].(A)
		b, ok2 := args[1].(B)
		if !ok1 || !ok2 {
			return nil, errUnfolded
		}
		return f(a, b)
	}
}

func three[A, B, C, R any](f func(A, B, C) (R, error)) fold {
	return func(args []any) (any, error) {
		a, ok1 := args[0].(A)
		b, ok2 := args[1].(B)
		d, ok3 := args[2].(C)
		if !ok1 || !ok2 || !ok3 {
			return nil, errUnfolded
		}
		return f(a, b, d)
	}
}

// compareValues orders two constants of one type; ok is false where they have no
// order.
func compareValues(a, b any) (int, bool) {
	switch a := a.(type) {
	case int64:
		return cmp.Compare(a, b.(int64)), true
	case float64:
		return cmp.Compare(a, b.(float64)), true
	case time.Duration:
		return cmp.Compare(a, b.(time.Duration)), true
	}
	return 0, false
}

func extreme(sign int) fold {
	return func(args []any) (any, error) {
		best := args[0]
		for _, v := range args[1:] {
			n, ok := compareValues(v, best)
			if !ok {
				return nil, errUnfolded
			}
			if n*sign > 0 {
				best = v
			}
		}
		return best, nil
	}
}

func foldClamp(args []any) (any, error) {
	switch v := args[0].(type) {
	case int64:
		return fn.Clamp(v, args[1].(int64), args[2].(int64)), nil
	case float64:
		return fn.Clamp(v, args[1].(float64), args[2].(float64)), nil
	case time.Duration:
		return fn.Clamp(v, args[1].(time.Duration), args[2].(time.Duration)), nil
	}
	return nil, errUnfolded
}

func foldSign(args []any) (any, error) {
	switch v := args[0].(type) {
	case int64:
		return fn.Sign(v), nil
	case float64:
		return fn.Sign(v), nil
	case time.Duration:
		return fn.Sign(v), nil
	}
	return nil, errUnfolded
}
