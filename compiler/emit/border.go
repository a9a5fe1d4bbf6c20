package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// decode prints
//
//	var v soilRecord
//	if err := decodeSoilRecord([]byte(p.raw.V), &v); err != nil { … }
func (b *body) decode(x *typed.Decode) *jen.Statement {
	data := b.typedExpr(x.X)
	if x.X.Base().Type.Kind != types.Bytes {
		data = jen.Index().Byte().Parens(data)
	}
	v := b.temp()
	read := b.g.types.reader(x.Type, x.Codec, x.Lines, posText(x.Pos))
	b.add(jen.Var().Id(v).Add(b.g.types.goType(x.Type)))
	b.add(jen.If(jen.Err().Op(":=").Add(read).Call(data, jen.Op("&").Id(v)), jen.Err().Op("!=").Nil()).Block(b.leave(nil)...))
	return jen.Id(v)
}

// encode prints
//
//	string(appendSoilRecord(nil, p.soil.V))
func (b *body) encode(x *typed.Encode) *jen.Statement {
	e, t := b.typedExpr(x.X), x.X.Base().Type
	if t.Kind == types.JSON {
		return e
	}
	if x.Codec == typed.SQL {
		if t.Kind != types.Record { // no parameters
			return jen.Nil()
		}
		return b.g.types.rowEncoder(t).Call(jen.Nil(), e)
	}
	if x.Codec != typed.JSON {
		return jen.String().Parens(b.g.types.lineEncoder(t, x).Call(jen.Nil(), e))
	}
	return jen.String().Parens(b.g.types.encoder(t).Call(jen.Nil(), e))
}
