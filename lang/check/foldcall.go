package check

import (
	"maps"
	"reflect"
	"slices"

	"flowc/lang/typed"
	"flowc/rt/fn"
)

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

// errUnfolded says that a call cannot be worked out at compile time.
const errUnfolded = fn.Failure("not folded")

// lambda is an argument that is an expression over elements.
type lambda func(args ...any) (any, bool, error)

// callValue calls a function of the runtime on constants. Of a generic function it
// takes the first instance that the arguments fit.
func callValue(x *typed.Call, e env) (any, bool, error) {
	instances := foldTable[x.Fn.Package+"."+x.Fn.Go]
	if instances == nil {
		return nil, false, nil
	}
	args, ok, err := argValues(x, e)
	if !ok || err != nil {
		return nil, ok, err
	}
	for _, f := range instances {
		v, err := callGo(reflect.ValueOf(f), args)
		if err != errUnfolded {
			return v, true, err
		}
	}
	return nil, false, nil
}

func argValues(x *typed.Call, e env) (args []any, ok bool, err error) {
	if x.Fn.Zone {
		zone, err := zoneOf(e.zone)
		if err != nil {
			return nil, false, nil // that there is no such zone is told at `site`
		}
		args = append(args, zone)
	}
	if x.Fn.Site {
		args = append(args, e.site)
	}
	for _, a := range x.Args {
		if l, ok := a.(*typed.Lambda); ok {
			args = append(args, lambdaOf(l, e))
			continue
		}
		v, ok, err := value(a, e)
		if !ok || err != nil {
			return nil, ok, err
		}
		args = append(args, v)
	}
	return args, true, nil
}

// zoneOf is the zone of the site; UTC where the flow has none, which is an error
// of its own.
func zoneOf(name string) (fn.Zone, error) {
	if name == "" {
		return fn.Zone{}, nil
	}
	return fn.ParseZone(name)
}

func lambdaOf(l *typed.Lambda, e env) lambda {
	return func(args ...any) (any, bool, error) {
		inner := e
		for n, p := range l.Params {
			inner = inner.and(p, args[n])
		}
		return value(l.Body, inner)
	}
}

// callGo calls one instance of a function. The error is errUnfolded where the
// arguments do not fit it, or where Go cannot compare them (records in lists).
func callGo(f reflect.Value, args []any) (v any, err error) {
	defer func() {
		if recover() != nil {
			v, err = nil, errUnfolded
		}
	}()
	t := f.Type()
	call := goCall{}
	in := make([]reflect.Value, len(args))
	for n, a := range args {
		want := t.In(min(n, t.NumIn()-1))
		if t.IsVariadic() && n >= t.NumIn()-1 {
			want = want.Elem()
		}
		if in[n], err = call.goValue(a, want); err != nil {
			return nil, err
		}
	}
	out := f.Call(in)
	if call.failed != nil {
		return nil, call.failed
	}
	if len(out) == 2 && !out[1].IsNil() {
		return nil, out[1].Interface().(error)
	}
	return constValue(out[0]), nil
}
