package check

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// decodeForm is `decode(x, T)`: JSON as data of a declared type.
func (c *checker) decodeForm(k call) typed.Expr {
	if !c.needs(k, 2, "decode(x, T)") {
		return c.bad(k.e.Range())
	}
	return c.decoded(k, typed.JSON, typed.Lines{}, types.JSON, types.String, types.Bytes)
}

// decodeCSV is `decode_csv(text, T)`: lines with columns as a record, or as a list
// of records.
func (c *checker) decodeCSV(k call) typed.Expr {
	lines := typed.Lines{Separator: ','}
	if k.count() == 3 {
		var ok bool
		if lines, ok = c.lineOptions(k, k.node(2), "header", "separator"); !ok {
			return c.bad(k.e.Range())
		}
	} else if !c.needs(k, 2, `decode_csv(text, T)`) {
		return c.bad(k.e.Range())
	}
	return c.decoded(k, typed.CSV, lines, types.String, types.Bytes)
}

// decoded types a form that reads a text as a type.
func (c *checker) decoded(k call, codec typed.Codec, lines typed.Lines, from ...types.Kind) typed.Expr {
	r := k.e.Range()
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
	d := &typed.Decode{Info: c.info(r, t), X: x, Codec: codec, Lines: lines}
	d.Fallible = true
	return c.finish(d, x)
}

// decodable reports what is wrong with a type that data is to be read as.
func (c *checker) decodable(node hclsyntax.Expression, t *types.Type, codec typed.Codec) bool {
	if u := untagged(t); u != nil {
		c.report(errUntagged(node.Range(), u))
		return false
	}
	return codec != typed.CSV || c.columns(node, t, codec)
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

// csvLine is `csv_line(record)`: a record as one line of CSV.
func (c *checker) csvLine(k call) typed.Expr {
	r := k.e.Range()
	lines := typed.Lines{Separator: ','}
	if k.count() == 2 {
		var ok bool
		if lines, ok = c.lineOptions(k, k.node(1), "separator"); !ok {
			return c.bad(r)
		}
	} else if !c.needs(k, 1, "csv_line(record)") {
		return c.bad(r)
	}
	x := c.written(k, columnType)
	if isBad(x) {
		return x
	}
	return c.finish(&typed.Encode{Info: c.info(r, types.TString), X: x, Codec: typed.CSV, Lines: lines}, x)
}

// queryForm is `query(record)`: a record as the query of an address.
func (c *checker) queryForm(k call) typed.Expr {
	r := k.e.Range()
	if !c.needs(k, 1, "query(record)") {
		return c.bad(r)
	}
	x := c.written(k, func(t *types.Type) bool {
		return columnType(t) || t.Kind == types.List && columnType(t.Elem) && t.Elem.Kind != types.Optional
	})
	if isBad(x) {
		return x
	}
	return c.finish(&typed.Encode{Info: c.info(r, types.TString), X: x, Codec: typed.Query}, x)
}

// written types the record that a form writes, each field of it as one text.
func (c *checker) written(k call, fits func(*types.Type) bool) typed.Expr {
	x := k.first
	if node := k.node(0); node != nil {
		x = c.plain(node, nil)
	}
	if isBad(x) || !c.encodable(x, "`"+k.name+"`") {
		return c.bad(k.e.Range())
	}
	if x.Base().Type.Kind != types.Record {
		c.report(c.errRecordWanted(k, x))
		return c.bad(k.e.Range())
	}
	for _, f := range x.Base().Type.Fields {
		if !fits(f.Type) {
			c.report(errFieldAsText(k, x, f))
			return c.bad(k.e.Range())
		}
	}
	return x
}
