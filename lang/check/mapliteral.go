package check

import (
	"flowc/lang/typed"
	"flowc/lang/types"
)

// asMap is a record that was written out as a map, nil if its fields differ in
// type or it is no such record.
func (c *checker) asMap(x typed.Expr) typed.Expr {
	t := x.Base().Type
	if t.Kind != types.Record {
		return nil
	}
	elem := fieldsType(t)
	if elem == nil {
		return nil
	}
	return c.entriesOf(x, elem)
}

// entriesOf is a record that was written out as a map of elem.
func (c *checker) entriesOf(x typed.Expr, elem *types.Type) typed.Expr {
	i := *x.Base()
	i.Type = types.MapOf(elem)
	switch x := x.(type) {
	case *typed.Const:
		m := map[string]any{}
		for _, f := range x.Type.Fields {
			m[f.Name] = c.convertConst(x.V.(map[string]any)[f.Name], f.Type, elem, x.Info)
		}
		return &typed.Const{Info: i, V: m}
	case *typed.RecordOf:
		out := &typed.MapOf{Info: i}
		for n, f := range x.Type.Fields {
			out.Keys = append(out.Keys, f.Name)
			out.Elems = append(out.Elems, c.convert(x.Elems[n], elem))
		}
		return out
	}
	return nil
}

// writtenOut reports whether x is a record whose fields stand there one by one, so
// that it may be meant as a map.
func writtenOut(x typed.Expr) bool {
	if x.Base().Type.Kind != types.Record {
		return false
	}
	switch x.(type) {
	case *typed.Const, *typed.RecordOf:
		return true
	}
	return false
}

// asMapLike is a written record as a map, where the other side of a comparison is
// one; nil elsewhere.
func (c *checker) asMapLike(other, x typed.Expr) typed.Expr {
	if other.Base().Type.Kind != types.Map || !writtenOut(x) {
		return nil
	}
	return c.asMap(x)
}

// mapLiteral is `{ a = x, "b c" = y }` where a map is wanted: the fields are its
// entries. They must have one type.
func (c *checker) mapLiteral(x *typed.RecordOf, want *types.Type) typed.Expr {
	t := x.Type
	elem := want.Elem
	if elem.Kind == types.Bad {
		elem = nil
	}
	var first typed.Expr
	for n, f := range t.Fields {
		e := x.Elems[n]
		switch {
		case elem == nil:
			elem = f.Type
		case want.Elem.Kind != types.Bad:
			if _, ok := convertible(f.Type, elem); !ok {
				c.report(c.errWrongType(e, elem, "`"+f.Name+"`", f.Range))
				return c.bad(x.Range)
			}
		default:
			u := unifyTypes(elem, f.Type)
			if u == nil {
				c.report(c.errEntries(first, e, elem))
				return c.bad(x.Range)
			}
			elem = u
		}
		if first == nil {
			first = e
		}
	}
	if elem == nil {
		elem = types.TNull
	}
	if isBad(c.finish(x, x.Elems...)) {
		return c.bad(x.Range)
	}
	m := c.entriesOf(x, elem).(*typed.MapOf)
	return c.finish(m, m.Elems...)
}

// namedFields reports whether all fields of a written record have names that a flow can
// say; otherwise it can only be a map.
func namedFields(t *types.Type) bool {
	for _, f := range t.Fields {
		if !isName(f.Name) {
			return false
		}
	}
	return true
}
