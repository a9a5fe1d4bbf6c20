package check

import (
	"slices"
	"strings"
	"time"

	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/fn"
	"flowc/rt/unit"
)

// fold works out a node whose operands are constants, with the very code that
// would do it at run time. What cannot work is an error here and now.
func (c *checker) fold(x typed.Expr) typed.Expr {
	if !foldable(x) {
		return x
	}
	v, ok, err := value(x, c.env())
	if err != nil {
		c.report(errNeverWorks(x, err))
		return c.bad(x.Base().Range)
	}
	if !ok || !storable(v) {
		return x
	}
	i := *x.Base()
	i.Fallible = false
	return &typed.Const{Info: i, V: v}
}

// foldable reports whether everything below x is constant: no settings.
func foldable(x typed.Expr) bool {
	ok := true
	typed.Walk(x, func(n typed.Expr) bool {
		switch n.(type) {
		case *typed.SettingRef, *typed.Wire, *typed.OpCall, *typed.Pick, *typed.KeysOf, *typed.ThingRef:
			ok = false
		}
		return ok
	})
	return ok
}

// storable reports whether a constant can stand in the typed program. Bytes, and
// moments by the clocks of another place, are worked out again at run time.
func storable(v any) bool {
	switch v := v.(type) {
	case []byte, typed.Made:
		return false
	case time.Time:
		return v.Location() == time.UTC
	case []any:
		return !slices.ContainsFunc(v, func(e any) bool { return !storable(e) })
	case map[string]any:
		for _, e := range v {
			if !storable(e) {
				return false
			}
		}
	}
	return true
}

// env is what an expression may read while a constant is worked out: the values
// of local variables, the time zone of the site and its place.
type env struct {
	locals map[*typed.Local]any
	zone   string
	site   fn.Site
}

// env is what constants are worked out with before there are local variables.
func (c *checker) env() env { return env{zone: c.zone, site: c.place.site()} }

func (e env) and(v *typed.Local, x any) env {
	if v == nil {
		return e
	}
	out := env{locals: map[*typed.Local]any{v: x}, zone: e.zone, site: e.site}
	for k, y := range e.locals {
		if k != v {
			out.locals[k] = y
		}
	}
	return out
}

// value works out a constant expression. ok is false where that is not possible
// at compile time.
func value(x typed.Expr, e env) (v any, ok bool, err error) {
	switch x := x.(type) {
	case *typed.Const:
		return x.V, true, nil
	case *typed.LocalRef:
		v, ok := e.locals[x.Local]
		return v, ok, nil
	case *typed.Field:
		return field(x, e)
	case *typed.Unwrap:
		return value(x.X, e)
	case *typed.Wrap:
		return value(x.X, e)
	case *typed.Present:
		v, ok, err := value(x.X, e)
		return v != nil, ok, err
	case *typed.Default:
		v, ok, err := value(x.X, e)
		if v == nil && ok && err == nil {
			return value(x.D, e)
		}
		return v, ok, err
	case *typed.Try:
		if v, ok, err := value(x.X, e); err == nil {
			return v, ok, nil
		}
		return value(x.D, e)
	case *typed.Initially:
		return value(x.X, e)
	case *typed.IsReady:
		return true, true, nil
	case *typed.Convert:
		return converted(x, e)
	case *typed.Unary:
		return unaryValue(x, e)
	case *typed.Binary:
		return binaryValue(x, e)
	case *typed.Cond:
		return condValue(x, e)
	case *typed.ToText:
		return textValue(x.X, e)
	case *typed.Template:
		return templateValue(x, e)
	case *typed.ListOf:
		return listValue(x.Elems, e)
	case *typed.RecordOf:
		return recordValue(x, e)
	case *typed.Index:
		return indexValue(x, e)
	case *typed.For:
		return forValue(x, e)
	case *typed.Call:
		return callValue(x, e)
	}
	return choiceValue(x, e)
}

func field(x *typed.Field, e env) (any, bool, error) {
	v, ok, err := value(x.X, e)
	if part, isDate := datePart(v, x.Name); isDate && ok && err == nil {
		return part, true, nil
	}
	m, isRecord := v.(map[string]any)
	if !ok || err != nil || !isRecord {
		return nil, false, err
	}
	return m[x.Name], true, nil
}

func converted(x *typed.Convert, e env) (any, bool, error) {
	v, ok, err := value(x.X, e)
	if !ok || err != nil {
		return nil, ok, err
	}
	from, to := x.X.Base().Type, x.Type
	switch {
	case from.Kind == types.Int && to.Kind == types.Number:
		return float64(v.(int64)), true, nil
	case from.Kind == types.Duration:
		return v.(time.Duration).Seconds(), true, nil
	case to.Kind == types.Duration:
		d, err := fn.Seconds(v.(float64))
		return d, true, err
	case from.Kind == types.Quantity && to.Kind == types.Quantity:
		f, err := fn.Finite(unit.Convert(v.(float64), from.Unit.Conv, to.Unit.Conv))
		return f, true, err
	}
	return v, true, nil // a unit put on or taken off
}

func unaryValue(x *typed.Unary, e env) (any, bool, error) {
	v, ok, err := value(x.X, e)
	if !ok || err != nil {
		return nil, ok, err
	}
	switch v := v.(type) {
	case bool:
		return !v, true, nil
	case int64:
		n, err := fn.NegInt(v)
		return n, true, err
	case float64:
		return -v, true, nil
	case time.Duration:
		d, err := fn.SubDuration(0, v)
		return d, true, err
	}
	return nil, false, nil
}

func condValue(x *typed.Cond, e env) (any, bool, error) {
	v, ok, err := value(x.C, e)
	if !ok || err != nil {
		return nil, ok, err
	}
	if v.(bool) {
		return value(x.A, e)
	}
	return value(x.B, e)
}

func binaryValue(x *typed.Binary, e env) (any, bool, error) {
	l, ok, err := value(x.L, e)
	if !ok || err != nil {
		return nil, ok, err
	}
	if b, isBool := l.(bool); isBool && (x.Op == "&&" && !b || x.Op == "||" && b) {
		return b, true, nil
	}
	r, ok, err := value(x.R, e)
	if !ok || err != nil {
		return nil, ok, err
	}
	switch x.Op {
	case "&&", "||":
		return r, true, nil
	case "==", "!=":
		return equal(l, r) == (x.Op == "=="), true, nil
	case "<", "<=", ">", ">=":
		return ordered(x.Op, l, r), true, nil
	}
	return arithmeticValue(x.Op, l, r)
}

func textValue(x typed.Expr, e env) (any, bool, error) {
	v, ok, err := value(x, e)
	if !ok || err != nil {
		return nil, ok, err
	}
	switch v := v.(type) {
	case bool:
		return fn.FormatBool(v), true, nil
	case int64:
		return fn.FormatInt(v), true, nil
	case float64:
		return unit.Format(v, symbolOf(x.Base().Type)), true, nil
	case string:
		return v, true, nil
	case time.Duration:
		return fn.FormatDuration(v), true, nil
	case time.Time:
		return fn.FormatTime(v), true, nil
	case fn.Date:
		return fn.FormatDate(v), true, nil
	case fn.TimeOfDay:
		return fn.FormatTimeOfDay(v), true, nil
	}
	return nil, false, nil
}

func symbolOf(t *types.Type) string {
	if t.Kind == types.Quantity {
		return t.Unit.Symbol
	}
	return ""
}

func templateValue(x *typed.Template, e env) (any, bool, error) {
	var b strings.Builder
	for _, p := range x.Parts {
		v, ok, err := value(p, e)
		s, isText := v.(string)
		if !ok || err != nil || !isText {
			return nil, false, err
		}
		b.WriteString(s)
		if b.Len() > fn.MaxText {
			return nil, false, fn.Failure("the text would be longer than 1 MB")
		}
	}
	return b.String(), true, nil
}

func listValue(elems []typed.Expr, e env) (any, bool, error) {
	out := make([]any, 0, len(elems))
	for _, x := range elems {
		v, ok, err := value(x, e)
		if !ok || err != nil {
			return nil, false, err
		}
		out = append(out, v)
	}
	return out, true, nil
}

func recordValue(x *typed.RecordOf, e env) (any, bool, error) {
	out := map[string]any{}
	for n, f := range x.Type.Fields {
		v, ok, err := value(x.Elems[n], e)
		if !ok || err != nil {
			return nil, false, err
		}
		out[f.Name] = v
	}
	return out, true, nil
}

func indexValue(x *typed.Index, e env) (any, bool, error) {
	v, ok, err := value(x.X, e)
	if !ok || err != nil {
		return nil, ok, err
	}
	k, ok, err := value(x.I, e)
	if !ok || err != nil {
		return nil, ok, err
	}
	switch v := v.(type) {
	case []any:
		n, isInt := k.(int64)
		if isInt && n >= 0 && n < int64(len(v)) {
			return v[n], true, nil
		}
	case map[string]any:
		name, _ := k.(string)
		return v[name], true, nil
	}
	return nil, true, nil
}
