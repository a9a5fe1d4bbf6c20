package check

import (
	"reflect"
	"strings"
	"sync"
	"time"

	"flowc/rt/fn"
)

// goCall is one call of a Go function with constants.
type goCall struct {
	// failed is the first error inside a lambda.
	failed error
}

var (
	timeType     = reflect.TypeFor[time.Time]()
	durationType = reflect.TypeFor[time.Duration]()
	bytesType    = reflect.TypeFor[[]byte]()
	dateType     = reflect.TypeFor[fn.Date]()
	clockType    = reflect.TypeFor[fn.TimeOfDay]()
)

// goValue is a constant as Go's functions take it. The error is errUnfolded where
// it is of another type.
func (g *goCall) goValue(v any, t reflect.Type) (reflect.Value, error) {
	if t.Kind() == reflect.Interface {
		if v == nil {
			return reflect.Zero(t), nil
		}
		return reflect.ValueOf(v), nil
	}
	if v != nil && reflect.TypeOf(v) == t {
		return reflect.ValueOf(v), nil
	}
	if parse, ok := parsersByType()[t]; ok {
		return parsedText(v, parse)
	}
	switch t.Kind() {
	case reflect.Slice:
		return g.goSlice(v, t)
	case reflect.Map:
		return g.goMap(v, t)
	case reflect.Struct:
		return g.goStruct(v, t)
	case reflect.Func:
		return g.goFunc(v, t)
	}
	return goBasic(v, t)
}

// goBasic is a number, text or switch of a named type.
func goBasic(v any, t reflect.Type) (reflect.Value, error) {
	switch v.(type) {
	case bool, int64, float64, string:
		if reflect.TypeOf(v).Kind() == t.Kind() && t != durationType {
			return reflect.ValueOf(v).Convert(t), nil
		}
	}
	return reflect.Value{}, errUnfolded
}

func (g *goCall) goSlice(v any, t reflect.Type) (reflect.Value, error) {
	list, ok := v.([]any)
	if !ok || t == bytesType {
		return reflect.Value{}, errUnfolded
	}
	out := reflect.MakeSlice(t, len(list), len(list))
	for n, e := range list {
		x, err := g.goValue(e, t.Elem())
		if err != nil {
			return out, err
		}
		out.Index(n).Set(x)
	}
	return out, nil
}

func (g *goCall) goMap(v any, t reflect.Type) (reflect.Value, error) {
	m, ok := v.(map[string]any)
	if !ok {
		return reflect.Value{}, errUnfolded
	}
	out := reflect.MakeMap(t)
	for k, e := range m {
		x, err := g.goValue(e, t.Elem())
		if err != nil {
			return out, err
		}
		out.SetMapIndex(reflect.ValueOf(k), x)
	}
	return out, nil
}

// goStruct is data that may be missing, or a record.
func (g *goCall) goStruct(v any, t reflect.Type) (reflect.Value, error) {
	out := reflect.New(t).Elem()
	if isOpt(t) {
		if v == nil {
			return out, nil
		}
		x, err := g.goValue(v, t.Field(0).Type)
		if err == nil {
			out.Field(0).Set(x)
			out.Field(1).SetBool(true)
		}
		return out, err
	}
	m, ok := v.(map[string]any)
	if !ok || t == timeType {
		return out, errUnfolded
	}
	for n := range t.NumField() {
		x, err := g.goValue(m[strings.ToLower(t.Field(n).Name)], t.Field(n).Type)
		if err != nil {
			return out, err
		}
		out.Field(n).Set(x)
	}
	return out, nil
}

// isOpt reports whether a type is flow.Opt of something.
func isOpt(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && strings.HasPrefix(t.Name(), "Opt[") && strings.HasSuffix(t.PkgPath(), "/rt/flow")
}

// goFunc is a lambda as a Go function. What goes wrong in it is kept until the
// call is over.
func (g *goCall) goFunc(v any, t reflect.Type) (reflect.Value, error) {
	f, ok := v.(lambda)
	if !ok {
		return reflect.Value{}, errUnfolded
	}
	return reflect.MakeFunc(t, func(in []reflect.Value) []reflect.Value {
		args := make([]any, len(in))
		for n, a := range in {
			args[n] = constValue(a)
		}
		result := reflect.Zero(t.Out(0))
		v, ok, err := f(args...)
		if err == nil && !ok {
			err = errUnfolded
		}
		if err == nil {
			var x reflect.Value
			if x, err = g.goValue(v, t.Out(0)); err == nil {
				result = x
			}
		}
		if g.failed == nil {
			g.failed = err
		}
		if result.Type() != t.Out(0) {
			result = result.Convert(t.Out(0)) // into an interface
		}
		return []reflect.Value{result}
	}), nil
}

// constValue is what a Go function gave, as a constant.
func constValue(v reflect.Value) any {
	if v.Kind() == reflect.Interface {
		if v.IsNil() {
			return nil
		}
		return constValue(v.Elem())
	}
	switch v.Type() {
	case timeType, durationType, bytesType, dateType, clockType:
		return v.Interface()
	}
	switch v.Kind() {
	case reflect.Bool:
		return v.Bool()
	case reflect.Int64:
		return v.Int()
	case reflect.Float64:
		return v.Float()
	case reflect.String:
		return v.String()
	case reflect.Slice:
		list := make([]any, v.Len())
		for n := range list {
			list[n] = constValue(v.Index(n))
		}
		return list
	case reflect.Map:
		m := make(map[string]any, v.Len())
		for _, k := range v.MapKeys() {
			m[k.String()] = constValue(v.MapIndex(k))
		}
		return m
	}
	return constStruct(v)
}

func constStruct(v reflect.Value) any {
	if isOpt(v.Type()) {
		if !v.Field(1).Bool() {
			return nil
		}
		return constValue(v.Field(0))
	}
	m := map[string]any{}
	for n := range v.NumField() {
		m[strings.ToLower(v.Type().Field(n).Name)] = constValue(v.Field(n))
	}
	return m
}

// parsersByType are foldParsers by the type that they make of a text.
var parsersByType = sync.OnceValue(func() map[reflect.Type]reflect.Value {
	byType := map[reflect.Type]reflect.Value{}
	for _, f := range foldParsers {
		byType[reflect.TypeOf(f).Out(0)] = reflect.ValueOf(f)
	}
	return byType
})

// parsedText reads a constant text: a pattern, a layout, the name of a zone.
func parsedText(v any, parse reflect.Value) (reflect.Value, error) {
	text, ok := v.(string)
	if !ok {
		return reflect.Value{}, errUnfolded
	}
	out := parse.Call([]reflect.Value{reflect.ValueOf(text)})
	if err, failed := out[1].Interface().(error); failed {
		return reflect.Value{}, err
	}
	return out[0], nil
}
