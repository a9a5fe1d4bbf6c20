package check

import (
	"flowc/lang/typed"
	"flowc/rt/fn"
)

// choiceValue works out a choice or a call of a function of the flow.
func choiceValue(x typed.Expr, e env) (any, bool, error) {
	switch x := x.(type) {
	case *typed.Match:
		return matchValue(x, e)
	case *typed.Let:
		v, ok, err := value(x.X, e)
		if !ok || err != nil {
			return nil, ok, err
		}
		return value(x.Body, e.and(x.Var, v))
	case *typed.FunctionCall:
		return functionValue(x, e)
	case *typed.MapOf:
		return mapValue(x, e)
	case *typed.Fail:
		return failValue(x, e)
	}
	return nil, false, nil
}

// matchValue is a match over an enumeration; there are no constant variants.
func matchValue(x *typed.Match, e env) (any, bool, error) {
	v, ok, err := value(x.X, e)
	name, isName := v.(string)
	if !ok || err != nil || !isName {
		return nil, false, err
	}
	for _, a := range x.Arms {
		if a.Member == name {
			return value(a.Body, e)
		}
	}
	if x.Else == nil {
		return nil, false, nil
	}
	return value(x.Else, e)
}

func mapValue(x *typed.MapOf, e env) (any, bool, error) {
	out := map[string]any{}
	for n, k := range x.Keys {
		v, ok, err := value(x.Elems[n], e)
		if !ok || err != nil {
			return nil, false, err
		}
		out[k] = v
	}
	return out, true, nil
}

func failValue(x *typed.Fail, e env) (any, bool, error) {
	v, ok, err := value(x.Why, e)
	if why, isText := v.(string); ok && err == nil && isText {
		return nil, false, fn.Failure(why)
	}
	return nil, false, err
}

func functionValue(x *typed.FunctionCall, e env) (any, bool, error) {
	inside := env{zone: e.zone}
	for n, p := range x.Fn.Params {
		v, ok, err := value(x.Args[n], e)
		if !ok || err != nil {
			return nil, ok, err
		}
		inside = inside.and(p, v)
	}
	for _, s := range x.Fn.Steps {
		v, ok, err := value(s.X, inside)
		if !ok || err != nil {
			return nil, ok, err
		}
		inside = inside.and(s.Var, v)
	}
	return value(x.Fn.Result, inside)
}
