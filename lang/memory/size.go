package memory

import (
	"math"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// numberText is how long a number or a time is as a text, in bytes.
const numberText = 40

// size is how much what an expression gives takes.
func (m *measure) size(x typed.Expr) float64 {
	words, wide := m.words(x.Base().Type)
	if wide > 0 {
		wide = m.text(x)
	}
	return wordBytes*words + wide
}

// words counts the plain parts of a type; wide is what its texts, lists and maps may
// take: they came in one message, so together they are no larger than that allows.
func (m *measure) words(t *types.Type) (words, wide float64) {
	if t == nil {
		return 0, 0
	}
	switch t.Kind {
	case types.String, types.Bytes, types.JSON, types.Secret:
		return 1, m.message
	case types.List, types.Map:
		elem, _ := m.words(t.Elem)
		return 1, m.message * max(1, elem*wordBytes/least(t.Elem))
	case types.Optional:
		return m.words(t.Elem)
	case types.Record, types.Variant:
		for _, f := range t.Fields {
			n, w := m.words(f.Type)
			words += n
			wide = math.Max(wide, w)
		}
		return words + 1, wide
	}
	return 1, 0
}

// text is how much the texts, lists and maps take that an expression gives.
func (m *measure) text(x typed.Expr) float64 {
	if _, wide := m.words(x.Base().Type); wide == 0 {
		return numberText
	}
	switch x := x.(type) {
	case *typed.Const:
		return float64(len(x.Text))
	case *typed.KeyOf, *typed.SettingRef:
		return keyBytes
	case *typed.Wire:
		if x.Eq != nil {
			return m.equation(x.Eq)
		}
	case *typed.OpCall:
		if x.Op.Keeps == "" {
			return m.sum(x.Args)
		}
		words, text := m.payload(x)
		return m.kept(x) * (words + text)
	case *typed.Cond, *typed.Field, *typed.Unwrap, *typed.Wrap, *typed.Where, *typed.Pick, *typed.ToText, *typed.Template, *typed.TopicPart,
		*typed.URLPart, *typed.RecordOf, *typed.ListOf, *typed.Default, *typed.Try, *typed.Initially, *typed.Match, *typed.State, *typed.Convert,
		*typed.TimeOf:
		return m.sum(typed.Operands(x))
	}
	// What a function makes of it, or a list of a list, is taken for as large as a message.
	_, wide := m.words(x.Base().Type)
	return wide
}

func (m *measure) sum(list []typed.Expr) float64 {
	n := 0.0
	for _, x := range list {
		n += m.text(x)
	}
	return n
}

func (m *measure) equation(e *typed.Equation) float64 {
	if n, known := m.texts[e]; known || e.X == nil {
		return n
	}
	_, m.texts[e] = m.words(e.X.Base().Type) // for a circle
	m.texts[e] = m.text(e.X)
	return m.texts[e]
}

// least is how short a value is in a message at least, in bytes: `1,` or `{"n":1},`.
func least(t *types.Type) float64 {
	if t.Kind != types.Record {
		return 2
	}
	n := 3.0
	for _, f := range t.Fields {
		if f.Type.Kind != types.Optional {
			n += float64(len(f.Name)) + 3 + least(f.Type)
		}
	}
	return n
}
