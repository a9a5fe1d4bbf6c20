package check

import "flowc/lang/typed"

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
