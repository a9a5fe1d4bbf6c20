package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// sentTopic is the topic of a message: the pattern with its captures filled in.
func (b *testBody) sentTopic(s *plan.TestStep) *jen.Statement {
	if s.Topic != nil && len(s.Keys) == 0 {
		return b.known(s.Topic)
	}
	levels := strings.Split(patternOf(s.Thing), "/")
	if k, ok := s.Topic.(*typed.Const); ok { // it has the levels that have no name
		levels = b.fillIn(levels, strings.Split(k.V.(string), "/"))
	}
	var e *jen.Statement
	text, key := "", 0
	flush := func() {
		if text != "" {
			e = joined(e, jen.Lit(text))
			text = ""
		}
	}
	for i, l := range levels {
		if i > 0 {
			text += "/"
		}
		if !strings.HasPrefix(l, "{") {
			text += l
			continue
		}
		x := s.Keys[key]
		key++
		if c, ok := x.(*typed.Const); ok {
			text += textOfKey(c.V)
			continue
		}
		flush()
		e = joined(e, b.textOf(b.known(x), x.Base().Type))
	}
	flush()
	return e
}

// fillIn puts the levels of a topic where a pattern has wildcards.
func (b *testBody) fillIn(pattern, topic []string) []string {
	var out []string
	for i, l := range pattern {
		switch {
		case l == "#":
			return append(out, topic[min(i, len(topic)):]...)
		case l == "+" && i < len(topic):
			out = append(out, topic[i])
		default:
			out = append(out, l)
		}
	}
	return out
}

func joined(a, b *jen.Statement) *jen.Statement {
	if a == nil {
		return b
	}
	return a.Op("+").Add(b)
}

func textOfKey(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return constText(v)
}

func patternOf(th *plan.Thing) string {
	for _, set := range th.Settings {
		if c, ok := set.X.(*typed.Const); ok && set.Field.Role == "pattern" {
			text, _ := c.V.(string)
			return text
		}
	}
	return ""
}

// payload is a message in the thing's own encoding.
func (b *testBody) payload(th *plan.Thing, x typed.Expr) *jen.Statement {
	v, t := b.known(x), x.Base().Type
	if th.Param != nil {
		t = th.Param // it knows how data is spelled at this border
	}
	switch {
	case th.Codec == typed.JSON || th.Param == nil:
		return b.g.types.appendScalar(jen.Nil(), v, t)
	case th.Codec == typed.CSV:
		return b.g.types.lineEncoder(t, &typed.Encode{Codec: typed.CSV, Lines: th.Lines}).Call(jen.Nil(), v)
	case t.Form != nil:
		return jen.Qual(simPath, "Bare").Call(b.g.types.appendScalar(jen.Nil(), v, t))
	case t.Kind == types.String, t.Kind == types.Enum:
		return jen.Index().Byte().Parens(v)
	}
	return b.g.types.sender(t).Call(jen.Nil(), v)
}

// sent is what a sink is expected to have sent.
func (b *testBody) sent(s *plan.TestStep) *jen.Statement {
	var values, fields, columns []jen.Code
	for i, w := range s.TestStep.Wants {
		x := s.Wants[i]
		switch w.Sort {
		case typed.WantTopic:
			values = append(values, jen.Id("Topic").Op(":").Add(flowName("Some").Call(b.known(x))))
		case typed.WantText:
			values = append(values, jen.Id("Text").Op(":").Add(flowName("Some").Call(b.known(x))))
		case typed.WantWhole:
			values = append(values, b.whole(s.Thing, x))
		case typed.WantColumn:
			columns = append(columns, jen.Values(jen.Id("Index").Op(":").Lit(w.Column), jen.Id("Text").Op(":").Add(b.cellText(x, w.Field.Type))))
		case typed.WantField:
			name := w.Field.Wire
			if name == "" {
				name = w.Field.Name
			}
			fields = append(fields, jen.Values(jen.Id("Name").Op(":").Lit(name), jen.Id("JSON").Op(":").Add(b.fieldJSON(x, w.Field.Type))))
		}
	}
	if len(fields) > 0 {
		values = append(values, jen.Id("Fields").Op(":").Index().Qual(simPath, "Field").Custom(multiline, fields...))
	}
	if len(columns) > 0 {
		values = append(values, jen.Id("Columns").Op(":").Index().Qual(simPath, "Column").Custom(multiline, columns...))
	}
	values = append(values, jen.Id("Times").Op(":").Lit(s.Times))
	if len(s.Wires) > 0 {
		values = append(values, jen.Id("Wires").Op(":").Add(b.wires(s)))
	}
	return jen.Qual(simPath, "Sent").Custom(multiline, values...)
}

// whole is the whole payload: a text with `*`, or what the sink would send.
func (b *testBody) whole(th *plan.Thing, x typed.Expr) jen.Code {
	t := x.Base().Type
	if th != nil && th.Kind.Decides { // in the words of the device
		t = th.Param
	}
	switch t.Kind {
	case types.String:
		return jen.Id("Text").Op(":").Add(flowName("Some").Call(b.known(x)))
	case types.Record, types.List, types.Map, types.Variant:
		return jen.Id("JSON").Op(":").Add(b.g.types.encoder(t).Call(jen.Nil(), b.known(x)))
	}
	return jen.Id("Text").Op(":").Add(flowName("Some").Call(jen.String().Parens(b.g.types.sender(t).Call(jen.Nil(), b.known(x)))))
}

// fieldJSON is a field as JSON; one that may be missing is null.
func (b *testBody) fieldJSON(x typed.Expr, t *types.Type) *jen.Statement {
	if t.Kind == types.Optional {
		return b.g.types.encoder(t).Call(jen.Nil(), b.known(x))
	}
	return b.g.types.appendScalar(jen.Nil(), b.known(x), t)
}

// cellText is a value as the row that it is stored in shows it.
func (b *testBody) cellText(x typed.Expr, t *types.Type) *jen.Statement {
	if t.Kind != types.Optional {
		return jen.Qual(sqlPath, "ValuesText").Call(appendCellTo(jen.Nil(), b.known(x), t))
	}
	if k, ok := x.(*typed.Const); ok && k.V == nil {
		return jen.Lit("NULL")
	}
	v := jen.Id("v")
	return jen.Qual(simPath, "Cell").Call(b.known(x), jen.Func().Params(v.Clone().Add(b.g.types.goType(t.Elem))).String().Block(
		jen.Return(jen.Qual(sqlPath, "ValuesText").Call(appendCellTo(jen.Nil(), v.Clone(), t.Elem)))))
}
