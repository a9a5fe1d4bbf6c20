package check

import (
	"strings"

	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// expandEach makes an instance for each entry of a constant map.
func (c *checker) expandEach(d *decl, of *component, each *syntax.Attr, open []*decl) []*decl {
	entries := c.eachEntries(d, each)
	if entries == nil {
		return nil
	}
	var list []*decl
	for _, e := range entries {
		if c.instanceCount++; c.instanceCount > maxInstances {
			if c.instanceCount == maxInstances+1 {
				c.report(errManyInstances(d))
			}
			return list
		}
		locals := &local{name: "each", x: e.value, next: &local{name: "each_key", x: e.key, next: d.locals}}
		list = append(list, c.instantiate(d, of, d.name+"."+e.name, e.name, locals, open)...)
	}
	c.forEachType(d, each, entries)
	return append(list, c.gatherings(d, of)...)
}

// eachEntry is an entry of the map of `for_each`.
type eachEntry struct {
	name       string
	key, value typed.Expr
}

// eachEntries types `for_each`: a constant map whose keys are names.
func (c *checker) eachEntries(d *decl, each *syntax.Attr) []eachEntry {
	x := c.with(scopeOf(d), func() typed.Expr { return c.expr(each.Expr, nil) })
	if isBad(x) {
		return nil
	}
	k, ok := constant(x)
	if !ok || k.Type.Kind != types.Record && k.Type.Kind != types.Map {
		c.report(c.errForEach(x, each))
		return nil
	}
	values := k.V.(map[string]any)
	names := keysOf(values)
	if k.Type.Kind == types.Record {
		names = nil
		for _, f := range k.Type.Fields {
			names = append(names, f.Name)
		}
	}
	var list []eachEntry
	for _, name := range names {
		if !isName(name) {
			c.report(errEachKey(name, each))
			return nil
		}
		t := k.Type.Elem
		if f, ok := k.Type.Field(name); ok {
			t = f.Type
		}
		list = append(list, eachEntry{
			name: name, key: c.constOf(each.Expr.Range(), types.TString, name), value: c.constOf(each.Expr.Range(), t, values[name]),
		})
	}
	if len(list) == 0 {
		c.report(errEachEmpty(each))
	}
	return list
}

// forEachType is the type of the key of the instances: an enumeration of the map's
// keys, by the map's name.
func (c *checker) forEachType(d *decl, each *syntax.Attr, entries []eachEntry) {
	name := keyword(each.Expr)
	if name == "" || d.inside != nil {
		name = strings.ReplaceAll(d.name, ".", "_")
	}
	t := &types.Type{Kind: types.Enum, Name: name, Origin: types.Origin{Range: each.Expr.Range(), Text: "`" + name + "`"}}
	for _, e := range entries {
		t.Values = append(t.Values, e.name)
	}
	d.forEach = t
	if c.eachTypes == nil {
		c.eachTypes = map[string]*types.Type{}
	}
	c.eachTypes[name] = t
}

// keyEnum is the enumeration that the key of a wire is of, by its name; nil for a key
// of another type.
func (c *checker) keyEnum(name string) *types.Type {
	if t := c.eachTypes[name]; t != nil {
		return t
	}
	if d := c.decls[name]; d != nil && d.sort == sortEnum {
		return d.typ
	}
	return nil
}
