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
	case *typed.CaseValue:
		v, ok, err := value(x.X, e)
		return typed.Made{Case: x.Case, V: v}, ok, err
	case *typed.CaseOf:
		v, ok, err := value(x.X, e)
		made, isMade := v.(typed.Made)
		return made.V, ok && isMade, err
	case *typed.IsCase:
		v, ok, err := value(x.X, e)
		made, isMade := v.(typed.Made)
		return made.Case == x.Case, ok && isMade, err
	case *typed.Fail:
		return failValue(x, e)
	}
	return nil, false, nil
}

// matchValue is a match over an enumeration or a variant.
func matchValue(x *typed.Match, e env) (any, bool, error) {
	v, ok, err := value(x.X, e)
	name, isName := v.(string)
	made, isMade := v.(typed.Made)
	if !ok || err != nil || !isName && !isMade {
		return nil, false, err
	}
	if isMade {
		name = made.Case
	}
	for _, a := range x.Arms {
		if a.Member == name {
			return value(a.Body, e.and(a.It, made.V))
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
