package syntax

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
)

// foreignOperator is a spelling other languages have. better is what to write in its place, if that is all;
// hint explains otherwise.
type foreignOperator struct {
	tokens       []hclsyntax.TokenType
	better, hint string
}

var foreignOperators = []foreignOperator{
	{[]hclsyntax.TokenType{hclsyntax.TokenEqualOp, hclsyntax.TokenEqual}, "==", "comparing is written `==`."},
	{[]hclsyntax.TokenType{hclsyntax.TokenNotEqual, hclsyntax.TokenEqual}, "!=", "comparing is written `!=`."},
	{[]hclsyntax.TokenType{hclsyntax.TokenLessThan, hclsyntax.TokenGreaterThan}, "!=", "“not equal” is written `!=`."},
	{[]hclsyntax.TokenType{hclsyntax.TokenEqual, hclsyntax.TokenLessThan}, "<=", "“at most” is written `<=`."},
	{[]hclsyntax.TokenType{hclsyntax.TokenMinus, hclsyntax.TokenGreaterThan}, "",
		"wires need no arrows: a name is the wire. Use it where its value goes, as in `on = door.down`."},
	{[]hclsyntax.TokenType{hclsyntax.TokenBitwiseOr, hclsyntax.TokenGreaterThan}, "",
		"call the function around the thing, `g(f(x), b)`, or write the steps in a row: `pipe(x, f, g(b))`."},
	{[]hclsyntax.TokenType{hclsyntax.TokenQuestion, hclsyntax.TokenQuestion}, "",
		"a value for when it is missing is written `default(x, other)`."},
	{[]hclsyntax.TokenType{hclsyntax.TokenQuestion, hclsyntax.TokenColon}, "",
		"a value for when it is missing is written `default(x, other)`."},
	{[]hclsyntax.TokenType{hclsyntax.TokenQuestion, hclsyntax.TokenDot}, "",
		"fields of something that may be missing: `default(x, …)` first, or ask `x != null ? x.field : …`."},
	{[]hclsyntax.TokenType{hclsyntax.TokenColon, hclsyntax.TokenEqual}, "=", "`=` gives a name to a value."},
	{[]hclsyntax.TokenType{hclsyntax.TokenPlus, hclsyntax.TokenPlus}, "",
		"names do not change. Counting is `count(event)`, summing is `sum(event.value)`."},
	{[]hclsyntax.TokenType{hclsyntax.TokenPlus, hclsyntax.TokenEqual}, "",
		"names do not change. Summing up is `sum(event.value)`; richer memory is a `state` block."},
	{[]hclsyntax.TokenType{hclsyntax.TokenMinus, hclsyntax.TokenEqual}, "",
		"names do not change. Memory is `sum(event.value)` or a `state` block."},
	{[]hclsyntax.TokenType{hclsyntax.TokenStar, hclsyntax.TokenStar}, "", "powers are written `pow(x, n)`."},
	{[]hclsyntax.TokenType{hclsyntax.TokenBitwiseXor}, "", "powers are written `pow(x, n)`; “one but not both” is `a != b`."},
	{[]hclsyntax.TokenType{hclsyntax.TokenBitwiseAnd}, "&&", "“and” is written `&&`; for bits there is `bit_and(a, b)`."},
	{[]hclsyntax.TokenType{hclsyntax.TokenBitwiseOr}, "||", "“or” is written `||`; for bits there is `bit_or(a, b)`."},
	{[]hclsyntax.TokenType{hclsyntax.TokenBitwiseNot}, "!", "“not” is written `!`."},
}

// findOperatorMistake finds operators of other languages, as signs and as words.
func findOperatorMistake(m *mistakeScan, i int) (*diag.Diagnostic, int) {
	if m.word(i).place == inText {
		return nil, 0
	}
	if m.word(i).place == inSegment {
		if d, next := m.textFilter(i); d != nil {
			return d, next
		}
	}
	for _, op := range foreignOperators {
		n := len(op.tokens)
		if !m.types(i, op.tokens...) || !m.adjacent(i, n) {
			continue
		}
		d := syntaxError("There is no such operator", m.between(i, i+n-1), "this means nothing here")
		d.Hint = op.hint
		if op.better != "" {
			d.Fix = m.replace(i, i+n-1, op.better)
		}
		return d, i + n
	}
	if m.types(i, hclsyntax.TokenFatArrow) && m.word(i).place != inFor {
		d := syntaxError("There is no such operator", m.word(i).Range, "this means nothing here")
		d.Hint = "`=>` stands only in `{for k, v in map : k => v}`; entries of an object are `name = value`."
		if m.word(i-1).is(hclsyntax.TokenCParen) || m.word(i).place == inCall {
			d.Hint = "what is asked of each element is written with `it`: `any(list, it > 3)`, `sort_by(list, it.age)`."
		}
		return d, i + 1
	}
	if d, next := m.spelledOperator(i); d != nil {
		return d, next
	}
	return m.compareWithEqual(i)
}

var spelledOperators = map[string]string{
	"and": "&&", "AND": "&&", "or": "||", "OR": "||", "is": "==", "mod": "%",
}

// spelledOperator finds `a and b`, `not a`, `if a then b else c`.
func (m *mistakeScan) spelledOperator(i int) (*diag.Diagnostic, int) {
	w, next := m.word(i), m.word(i+1)
	if !w.is(hclsyntax.TokenIdent) || m.starts(i) {
		return nil, 0
	}
	before := m.word(i - 1)
	follows := startsOperand(next.Type) || next.is(hclsyntax.TokenBang) || next.is(hclsyntax.TokenMinus)
	switch sign, known := spelledOperators[w.text()]; {
	case known && endsOperand(before.Type) && follows:
		d := syntaxError("Operators are signs", w.Range, "this is read as a name")
		d.Hint = fmt.Sprintf("write `%s`.", sign)
		d.Fix = m.replace(i, i, sign)
		return d, i + 1
	case (w.isName("not") || w.isName("NOT")) && next.is(hclsyntax.TokenIdent) && !endsOperand(before.Type):
		d := syntaxError("Operators are signs", w.Range, "this is read as a name")
		last := i + 1
		for m.types(last+1, hclsyntax.TokenDot, hclsyntax.TokenIdent) {
			last += 2
		}
		d.Hint = fmt.Sprintf("write `!%s`.", m.text(i+1, last))
		if !m.word(last + 1).is(hclsyntax.TokenOParen) {
			d.Fix = m.replace(i, last, "!"+m.text(i+1, last))
		}
		return d, i + 1
	case w.isName("if") && w.place != inFor && w.place != inSegment && follows && !endsOperand(before.Type):
		d := syntaxError("A choice is written with ? and :", w.Range, "there is no `if` in a value")
		d.Hint = "write `condition ? value : other`."
		return d, m.statementEnd(m.word(i).first)
	}
	return nil, 0
}

// compareWithEqual finds a single = where two are meant.
func (m *mistakeScan) compareWithEqual(i int) (*diag.Diagnostic, int) {
	w := m.word(i)
	if !w.is(hclsyntax.TokenEqual) {
		return nil, 0
	}
	switch w.place {
	case inFor:
		if m.word(i - 1).isName("for") {
			return m.fieldFor(i)
		}
	case inGroup, inIndex, inSegment, inList:
	case inCall:
		if w.first >= i-1 { // an argument with a name
			return nil, 0
		}
	case inBody:
		if i-1 > w.first+1 && m.word(i-1).is(hclsyntax.TokenIdent) && endsOperand(m.word(i-2).Type) {
			return m.secondSetting(i - 1)
		}
		if !hasEqual(m.words[w.first:i]) {
			return nil, 0
		}
	default:
		return nil, 0
	}
	d := syntaxError("Comparing is written ==", w.Range, "a single `=` gives a name to a value")
	d.Hint = "write `==`."
	d.Fix = m.replace(i, i, "==")
	return d, i + 1
}

// fieldFor is a field with the one name that begins something else in braces.
func (m *mistakeScan) fieldFor(i int) (*diag.Diagnostic, int) {
	d := syntaxError("No field can be called `for`", m.word(i-1).Range, "after `{` it begins a list of what each element becomes")
	d.Hint = "give it another name. A type can say what it is called outside: `length = named(\"for\", s)`."
	return d, m.statementEnd(m.word(i).first)
}

// textFilter finds `${x | round}` and `${x:.1f}`: what other languages do to a value on its way into a text.
func (m *mistakeScan) textFilter(i int) (*diag.Diagnostic, int) {
	w, next := m.word(i), m.word(i+1)
	value := m.text(w.open+1, i-1)
	switch {
	case w.is(hclsyntax.TokenBitwiseOr) && next.is(hclsyntax.TokenIdent):
		d := syntaxError("Functions stand around their value", m.between(i, i+1), "there are no filters")
		d.Hint = fmt.Sprintf("write `${%s(%s, …)}`, with what the function needs: `flowc doc %[1]s` tells.", next.text(), value)
		return d, i + 2
	case w.is(hclsyntax.TokenColon) && next.is(hclsyntax.TokenDot) && m.word(i+2).is(hclsyntax.TokenNumberLit):
		digits := strings.TrimRight(m.word(i+2).text(), "ef")
		d := syntaxError("A function rounds", m.between(i, i+2), "there are no formats here")
		d.Hint = fmt.Sprintf("write `${round(%s, %s)}`; a quantity wants its unit, too: `${round(%[1]s, C, %[2]s)}`.", value, digits)
		return d, i + 3
	}
	return nil, 0
}
