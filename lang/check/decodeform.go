package check

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// decodeForm is `decode(x, T)`: JSON as data of a declared type.
func (c *checker) decodeForm(k call) typed.Expr {
	return c.decoded(k, typed.JSON, "decode(x, T)", types.JSON, types.String, types.Bytes)
}

// decoded types a form that reads a text as a type.
func (c *checker) decoded(k call, codec typed.Codec, signature string, from ...types.Kind) typed.Expr {
	r := k.e.Range()
	if !c.needs(k, 2, signature) {
		return c.bad(r)
	}
	x := k.first
	if node := k.node(0); node != nil {
		x = c.plain(node, nil)
	}
	t := c.typeExpr(k.node(1), k.name+"(…)")
	if isBad(x) || t.Kind == types.Bad || !c.decodable(k.node(1), t, codec) {
		return c.bad(r)
	}
	if !x.Base().Type.Is(from...) {
		c.report(c.errNotDecodable(k, x))
		return c.bad(r)
	}
	d := &typed.Decode{Info: c.info(r, t), X: x, Codec: codec}
	d.Fallible = true
	return c.finish(d, x)
}

// decodable reports what is wrong with a type that data is to be read as.
func (c *checker) decodable(node hclsyntax.Expression, t *types.Type, codec typed.Codec) bool {
	if u := untagged(t); u != nil {
		c.report(errUntagged(node.Range(), u))
		return false
	}
	return true
}

// jsonForm is `json(x)`: data as JSON, spelled the way it was declared.
func (c *checker) jsonForm(k call) typed.Expr {
	r := k.e.Range()
	if !c.needs(k, 1, "json(x)") {
		return c.bad(r)
	}
	x := k.first
	if k.node(0) != nil {
		x = c.expr(k.node(0), nil)
	}
	if isBad(x) || !c.encodable(x, "`json`") {
		return c.bad(r)
	}
	return c.finish(&typed.Encode{Info: c.info(r, types.TString), X: x, Codec: typed.JSON}, x)
}

// encodable reports what cannot be written as a text.
func (c *checker) encodable(x typed.Expr, label string) bool {
	t := x.Base().Type
	switch {
	case t.Is(types.Secret, types.Nothing):
		c.report(c.errCannotSend(x, label, rangeT{}))
		return false
	case open(t):
		c.report(errOpenType(x))
		return false
	}
	return true
}
