package check

import (
	"strings"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// keysOf is `keys_of(w)`: the known keys of a keyed wire.
func (c *checker) keysOf(k call) typed.Expr {
	r := k.e.Range()
	if !c.needs(k, 1, "keys_of(w)") {
		return c.bad(r)
	}
	if c.scope.repeated {
		c.report(c.errRemembersHere(k.e))
		return c.bad(r)
	}
	x := k.arg(c, 0, nil)
	if isBad(x) {
		return c.bad(r)
	}
	if !x.Base().Key.Keyed() {
		c.report(errOneKey(k.name, x))
		return c.bad(r)
	}
	out := &typed.KeysOf{Info: c.info(r, types.ListOf(c.keyType(x))), X: x}
	out.Shape = types.Value
	return out
}

// keyType is the type of a wire's key: that of its capture, and a record where there
// are several.
func (c *checker) keyType(x typed.Expr) *types.Type {
	key := x.Base().Key
	var fields []types.Field
	for _, name := range strings.Split(key.Names, ",") {
		fields = append(fields, types.Field{Name: name, Type: keyPart(key, name, c.captureType(x, name))})
	}
	if len(fields) == 1 {
		return fields[0].Type
	}
	return &types.Type{Kind: types.Record, Fields: fields}
}
