package emit

import (
	"reflect"
	"strings"

	"github.com/dave/jennifer/jen"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// codec is a generated encoder or decoder.
type codec struct {
	name   string
	typ    *types.Type
	decode bool
	// inner reads or writes JSON inside another value; text is a bare payload.
	inner bool
	text  bool
	place string
	// tag is the field that tells the cases of a variant apart, in the record of a
	// case.
	tag string
	// form is typed.CSV, typed.Pattern or typed.Query for lines of text; lines says how
	// they are made.
	form  typed.Codec
	lines typed.Lines
	// request is the thing whose requests are read.
	request *typed.Thing
	// sim says that only simulations use it.
	sim     bool
	printed bool
}

// codecFor finds or makes the codec for a type; its parts are made when it is
// printed, so they come after it.
func (t *goTypes) codecFor(c codec) *codec {
	for _, have := range t.codecs {
		if have.decode == c.decode && have.inner == c.inner && have.text == c.text && have.tag == c.tag &&
			have.form == c.form && reflect.DeepEqual(have.lines, c.lines) && sameWire(have.typ, c.typ) &&
			(!c.decode || samePlaces(have.typ, c.typ)) {
			have.sim = have.sim && t.sim
			return have
		}
	}
	c.sim = t.sim
	c.name = t.unique(c.name)
	t.codecs = append(t.codecs, &c)
	return t.codecs[len(t.codecs)-1]
}

// sameWire is Same with the names and defaults at the border.
func sameWire(a, b *types.Type) bool {
	if !types.Same(a, b) || !types.SameForm(a.Form, b.Form) {
		return false
	}
	switch a.Kind {
	case types.Duration:
		return durationUnit(a) == durationUnit(b)
	case types.List, types.Map, types.Optional:
		return sameWire(a.Elem, b.Elem)
	case types.Record, types.Variant:
		if a.Tag != b.Tag || a.Extra != b.Extra {
			return false
		}
		for i, f := range a.Fields {
			g := b.Fields[i]
			if f.Wire != g.Wire || (f.Default == nil) != (g.Default == nil) || !sameWire(f.Type, g.Type) {
				return false
			}
		}
	}
	return true
}

func (t *goTypes) stem(typ *types.Type) string {
	switch typ.Kind {
	case types.Record, types.Variant:
		if r := t.find(typ); r != nil {
			if _, own, is := strings.Cut(r.name, "."); is {
				return "Own" + own
			}
			return upper(r.name)
		}
		return "Record"
	case types.List:
		return t.stem(typ.Elem) + "List"
	case types.Map:
		return t.stem(typ.Elem) + "Map"
	case types.Optional:
		return "Optional" + t.stem(typ.Elem)
	case types.Quantity:
		return typ.Unit.GoType
	case types.Enum:
		return upper(lowerCamel(typ.Name))
	}
	return map[types.Kind]string{
		types.Bool: "Bool", types.Int: "Int", types.Number: "Number", types.String: "String",
		types.Bytes: "Bytes", types.Time: "Time", types.Duration: "Duration", types.JSON: "JSON",
		types.Date: "Date", types.TimeOfDay: "TimeOfDay",
	}[typ.Kind]
}

// decoder is the name of the function that reads a thing's payload.
func (t *goTypes) decoder(th *typed.Thing) *jen.Statement {
	return t.reader(th.Param, th.Codec, th.Lines, posText(th.Pos))
}

// reader is the name of the function that reads a whole text as a type.
func (t *goTypes) reader(typ *types.Type, form typed.Codec, lines typed.Lines, place string) *jen.Statement {
	c := codec{name: "decode" + t.stem(typ), typ: typ, decode: true, place: place}
	switch form {
	case typed.JSON:
	case typed.CSV, typed.Pattern, typed.SQL:
		c.form, c.lines = form, lines
	default:
		c.text = true
	}
	return jen.Id(t.codecFor(c).name)
}

// sender is the name of the function that writes what a thing sends: text as it
// is, numbers bare, records and lists as JSON.
func (t *goTypes) sender(typ *types.Type) *jen.Statement {
	switch typ.Kind {
	case types.Record, types.List, types.Map, types.Variant:
		return t.encoder(typ)
	}
	return jen.Id(t.codecFor(codec{name: "encode" + t.stem(typ), typ: typ, text: true}).name)
}

// encoder is the name of the function that appends a type as JSON.
func (t *goTypes) encoder(typ *types.Type) *jen.Statement {
	return jen.Id(t.codecFor(codec{name: "append" + t.stem(typ), typ: typ, inner: true}).name)
}

// print writes the codec's function.
func (c *codec) print(t *goTypes, f *jen.File) {
	switch {
	case c.request != nil:
		c.printParser(t, f)
	case c.form != typed.NoCodec:
		c.printLines(t, f)
	case c.decode && c.text:
		c.printTextDecoder(t, f)
	case c.decode && c.inner:
		c.printReader(t, f)
	case c.decode:
		c.printDecoder(t, f)
	case c.text:
		c.printTextEncoder(t, f)
	default:
		c.printEncoder(t, f)
	}
	f.Line()
}
