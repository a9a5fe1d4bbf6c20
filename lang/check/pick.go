package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// pick is `soil["tomatoes"]`: one key of a keyed wire.
func (c *checker) pick(x, k typed.Expr, r rangeT) typed.Expr {
	key := x.Base().Key
	name, ok := constant(k)
	if !ok {
		c.report(c.errNotConstant(k, "the key"))
		return c.bad(r)
	}
	if names := strings.Split(key.Names, ","); len(names) > 1 {
		c.report(errManyParts(x, k, names))
		return c.bad(r)
	}
	if d := c.keyFits(key, 0, name); d != nil {
		c.report(d)
		return c.bad(r)
	}
	return c.atKey(x, []any{name.V}, r)
}

// atKey is a keyed wire at one key.
func (c *checker) atKey(x typed.Expr, keys []any, r rangeT) typed.Expr {
	b := x.Base()
	p := &typed.Pick{Info: c.info(r, b.Type), X: x, Keys: keys}
	p.Shape = b.Shape
	if b.Source != nil {
		p.Source = c.pickedSource(b.Source, p.Text, keys)
	}
	return c.narrowed(p)
}

// pickParts is `t[{ floor = 1, room = bath }]`: one key that has several parts.
func (c *checker) pickParts(x typed.Expr, o *hclsyntax.ObjectConsExpr, r rangeT) typed.Expr {
	key := x.Base().Key
	names := strings.Split(key.Names, ",")
	parts := map[string]any{}
	for _, item := range o.Items {
		name, at := c.objectKey(item.KeyExpr)
		n := slices.Index(names, name)
		if n < 0 {
			c.report(c.errNoKeyPart(x, name, names, at))
			return c.bad(r)
		}
		v := c.plain(item.ValueExpr, c.captureType(x, name))
		if isBad(v) {
			return c.bad(r)
		}
		k, ok := constant(v)
		if !ok {
			c.report(c.errNotConstant(v, "the key"))
			return c.bad(r)
		}
		if d := c.keyFits(key, n, k); d != nil {
			c.report(d)
			return c.bad(r)
		}
		parts[name] = k.V
	}
	var keys []any
	for _, name := range names {
		if _, ok := parts[name]; !ok {
			c.report(errManyParts(x, &typed.Const{Info: c.info(o.Range(), types.TString)}, names))
			return c.bad(r)
		}
		keys = append(keys, parts[name])
	}
	return c.atKey(x, keys, r)
}

// keyFits checks a part of a key against what the wire is keyed by.
func (c *checker) keyFits(key types.Key, n int, k *typed.Const) *diag.Diagnostic {
	name := strings.Split(key.Names, ",")[n]
	kind := strings.Split(key.Types, ",")[n]
	if kind == "int" {
		if k.Type.Kind != types.Int {
			return errIndexType(k, "a whole number, as `"+name+"` is")
		}
		return nil
	}
	if k.Type.Kind != types.String && k.Type.Kind != types.Enum {
		return errIndexType(k, "a text, as `"+name+"` is")
	}
	if t := c.keyEnum(kind); t != nil {
		member, _ := k.V.(string)
		if !slices.Contains(t.Values, member) {
			return errNoMember(t, member, k.Range, t.Origin.Range)
		}
	}
	return nil
}

// keyWanted is the type of what stands between the brackets behind x, where that is
// known before it is read: the enumeration of a key.
func (c *checker) keyWanted(x typed.Expr) *types.Type {
	b := x.Base()
	if !b.Key.Keyed() || b.Type.Kind == types.List || b.Type.Kind == types.Map {
		return nil
	}
	return c.captureType(x, b.Key.Names)
}

// keyParts are the parts of a key that an index writes out, nil where it is none.
func keyParts(x typed.Expr, e hclsyntax.Expression) *hclsyntax.ObjectConsExpr {
	if !x.Base().Key.Keyed() {
		return nil
	}
	o, _ := unwrapped(e).(*hclsyntax.ObjectConsExpr)
	return o
}

// pickedSource is one source per key that is picked: two picks of the same key
// happen together.
func (c *checker) pickedSource(of *types.Source, text string, keys []any) *types.Source {
	if c.picked == nil {
		c.picked = map[pickedKey]*types.Source{}
		c.pickedFrom = map[*types.Source]pickedFrom{}
	}
	key := pickedKey{of, fmt.Sprintf("%q", keys)}
	if c.picked[key] == nil {
		c.picked[key] = &types.Source{Name: text}
		c.pickedFrom[c.picked[key]] = pickedFrom{of, keys}
	}
	return c.picked[key]
}

// pickedFrom is the source of many keys that a picked one is of.
type pickedFrom struct {
	of   *types.Source
	keys []any
}

type pickedKey struct {
	of   *types.Source
	keys string
}
