package check

import (
	"slices"
	"strings"

	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// convertible reports whether a value of type from can be used where to is
// wanted without a word: the same type, another unit of the same dimension, an
// int for a number. cost is 0 where nothing has to be done.
func convertible(from, to *types.Type) (cost int, ok bool) {
	if types.Same(from, to) {
		return 0, true
	}
	switch {
	case from.Kind == types.Never:
		return 0, true
	case from.Kind == types.Int && to.Kind == types.Number:
		return 1, true
	case from.Kind == types.Quantity && to.Kind == types.Quantity:
		return 1, types.Alike(from, to)
	case from.Kind == types.Null && to.Kind == types.Optional:
		return 1, true
	case from.Kind == types.Optional && to.Kind == types.Optional:
		_, ok := convertible(from.Elem, to.Elem)
		return 2, ok
	case to.Kind == types.Optional:
		cost, ok := convertible(from, to.Elem)
		return cost + 1, ok
	case from.Kind == types.List && to.Kind == types.List, from.Kind == types.Map && to.Kind == types.Map:
		if from.Elem.Kind == types.Null {
			return 0, true
		}
		cost, ok := convertible(from.Elem, to.Elem)
		return cost + 1, ok
	case from.Kind == types.Record && to.Kind == types.Record:
		return recordConvertible(from, to)
	case from.Kind == types.Enum && to.Kind == types.Enum:
		return 1, oneEnum(from, to)
	}
	return 0, false
}

// oneEnum reports whether an enumeration of the flow and one of its own Go have the
// same members.
func oneEnum(a, b *types.Type) bool {
	own := func(t *types.Type) bool { return strings.HasPrefix(t.GoType, catalog.OwnName+".") }
	if a.GoType == "" && own(b) || own(a) && b.GoType == "" {
		return slices.Equal(slices.Sorted(slices.Values(a.Values)), slices.Sorted(slices.Values(b.Values)))
	}
	return false
}

func recordConvertible(from, to *types.Type) (int, bool) {
	if len(from.Fields) != len(to.Fields) {
		return 0, false
	}
	total := 1
	for _, f := range from.Fields {
		g, ok := to.Field(f.Name)
		if !ok {
			return 0, false
		}
		cost, ok := convertible(f.Type, g.Type)
		if !ok {
			return 0, false
		}
		total += cost
	}
	return total, true
}

// convert makes x a value of type to; convertible must have said yes.
func (c *checker) convert(x typed.Expr, to *types.Type) typed.Expr {
	from := x.Base().Type
	if types.Same(from, to) || isBad(x) || to.Kind == types.Bad {
		return x
	}
	if _, ok := dateText(x, to); ok {
		return c.convert(c.textAs(x, to), to)
	}
	i := *x.Base()
	i.Type, i.Fallible = to, false
	switch {
	case from.Kind == types.Never:
		return convertFail(x, to)
	case to.Kind == types.Optional && from.Kind == types.Optional:
		return c.convertOptional(x, to, i)
	case to.Kind == types.Optional:
		if from.Kind != types.Null {
			x = c.convert(x, to.Elem)
		}
		return c.folded(&typed.Wrap{Info: i, X: x})
	case to.Kind == types.List && from.Elem.Kind == types.Null:
		return c.constAt(&typed.Const{Info: i, V: []any{}}, i.Range)
	case to.Kind == types.List:
		return c.convertList(x, to, i)
	case to.Kind == types.Map && from.Kind == types.Record:
		if m := c.asMap(x); m != nil {
			return c.convert(m, to)
		}
		return c.bad(i.Range)
	case to.Kind == types.Map:
		return c.convertMap(x, to, i)
	case to.Kind == types.Record:
		return c.convertRecord(x, to, i)
	}
	return c.folded(&typed.Convert{Info: i, X: x})
}

// folded folds a node whose shape is settled.
func (c *checker) folded(x typed.Expr) typed.Expr {
	if x.Base().Shape == types.Constant {
		return c.fold(x)
	}
	return x
}

func (c *checker) convertOptional(x typed.Expr, to *types.Type, i typed.Info) typed.Expr {
	if k, ok := constant(x); ok {
		if k.V == nil {
			return c.constAt(&typed.Const{Info: i}, i.Range)
		}
		inner := *k
		inner.Type = k.Type.Elem
		return c.convert(&inner, to)
	}
	return &typed.Convert{Info: i, X: x}
}

func (c *checker) convertList(x typed.Expr, to *types.Type, i typed.Info) typed.Expr {
	if l, ok := x.(*typed.ListOf); ok {
		out := &typed.ListOf{Info: i}
		for _, e := range l.Elems {
			out.Elems = append(out.Elems, c.convert(e, to.Elem))
		}
		return out
	}
	if k, ok := constant(x); ok {
		list := make([]any, 0)
		for _, v := range k.V.([]any) {
			list = append(list, c.convertConst(v, k.Type.Elem, to.Elem, i))
		}
		return &typed.Const{Info: i, V: list}
	}
	v, ref := c.element(x)
	return &typed.For{Info: i, Var: v, In: x, Body: c.convert(ref, to.Elem)}
}

func (c *checker) convertMap(x typed.Expr, to *types.Type, i typed.Info) typed.Expr {
	if k, ok := constant(x); ok {
		m := map[string]any{}
		for name, v := range k.V.(map[string]any) {
			m[name] = c.convertConst(v, k.Type.Elem, to.Elem, i)
		}
		return &typed.Const{Info: i, V: m}
	}
	key := &typed.Local{Name: "key", Type: types.TString}
	v, ref := c.element(x)
	at := *ref.Base()
	at.Type = types.TString
	return &typed.For{
		Info: i, KeyVar: key, Var: v, In: x,
		MapKey: &typed.LocalRef{Info: at, Local: key}, Body: c.convert(ref, to.Elem),
	}
}

// element is a variable over the elements of x.
func (c *checker) element(x typed.Expr) (*typed.Local, *typed.LocalRef) {
	b := x.Base()
	v := &typed.Local{Name: "item", Type: b.Type.Elem}
	i := *b
	i.Type, i.Shape, i.Source, i.Key, i.Fallible = b.Type.Elem, types.Constant, nil, types.Key{}, false
	return v, &typed.LocalRef{Info: i, Local: v}
}

func (c *checker) convertConst(v any, from, to *types.Type, i typed.Info) any {
	i.Type = from
	if k, ok := c.convert(&typed.Const{Info: i, V: v}, to).(*typed.Const); ok {
		return k.V
	}
	return v
}

func (c *checker) convertRecord(x typed.Expr, to *types.Type, i typed.Info) typed.Expr {
	from := x.Base().Type
	if r, ok := x.(*typed.RecordOf); ok {
		out := &typed.RecordOf{Info: i}
		for _, f := range to.Fields {
			for n, g := range from.Fields {
				if g.Name == f.Name {
					out.Elems = append(out.Elems, c.convert(r.Elems[n], f.Type))
				}
			}
		}
		return out
	}
	if k, ok := constant(x); ok {
		m := map[string]any{}
		for _, f := range to.Fields {
			g, _ := from.Field(f.Name)
			m[f.Name] = c.convertConst(k.V.(map[string]any)[f.Name], g.Type, f.Type, i)
		}
		return &typed.Const{Info: i, V: m}
	}
	out := &typed.RecordOf{Info: i}
	for _, f := range to.Fields {
		g, _ := from.Field(f.Name)
		fi := i
		fi.Type = g.Type
		out.Elems = append(out.Elems, c.convert(&typed.Field{Info: fi, X: x, Name: f.Name}, f.Type))
	}
	return out
}
