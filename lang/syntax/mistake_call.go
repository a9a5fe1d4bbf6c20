package syntax

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
)

// findCallMistake finds named arguments and methods.
func findCallMistake(m *mistakeScan, i int) (*diag.Diagnostic, int) {
	if !m.word(i).is(hclsyntax.TokenIdent) {
		return nil, 0
	}
	if d, next := m.namedArgument(i); d != nil {
		return d, next
	}
	return m.method(i)
}

// namedArgument finds `f(x, below = 3)` and `f(x, below: 3)`: options go in braces.
func (m *mistakeScan) namedArgument(i int) (*diag.Diagnostic, int) {
	w, sign := m.word(i), m.word(i+1)
	if w.place != inCall || w.first != i || !sign.is(hclsyntax.TokenEqual) && !sign.is(hclsyntax.TokenColon) {
		return nil, 0
	}
	end := m.closeOf(w.open)
	if end <= i {
		return nil, 0
	}
	last := lastWord(m.words, end)
	if m.word(last).is(hclsyntax.TokenComma) {
		last = lastWord(m.words, last)
	}
	d := syntaxError("Options go in braces", m.between(i, i+1), "arguments have no names")
	d.Hint = "gather the options in `{ }`, as the last argument:"
	if m.restIsNamed(i, end) {
		d.Example = onOneLine(m.text(w.open-1, i-1) + spaceBefore(m, i) + "{ " + m.text(i, last) + " })")
		start, stop := m.word(i).Range, m.word(last).Range
		d.Fix = []diag.Edit{
			{Range: hcl.Range{Filename: start.Filename, Start: start.Start, End: start.Start}, Text: "{ "},
			{Range: hcl.Range{Filename: stop.Filename, Start: stop.End, End: stop.End}, Text: " }"},
		}
	} else {
		d.Example = m.text(w.open-1, w.open) + "…, { " + w.text() + " = … })"
	}
	return d, end + 1
}

// onOneLine joins the lines of a call.
func onOneLine(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "( ", "(")
}

func spaceBefore(m *mistakeScan, i int) string {
	if m.word(i - 1).touches(m.word(i)) {
		return ""
	}
	return " "
}

// restIsNamed tells whether all arguments from i on have names.
func (m *mistakeScan) restIsNamed(i, end int) bool {
	open := m.word(i).open
	for k := i; k < end; k++ {
		w := m.word(k)
		if w.open != open || w.first != k || w.is(hclsyntax.TokenComma) || w.is(hclsyntax.TokenNewline) {
			continue
		}
		sign := m.word(k + 1)
		if !w.is(hclsyntax.TokenIdent) || !sign.is(hclsyntax.TokenEqual) && !sign.is(hclsyntax.TokenColon) {
			return false
		}
	}
	return true
}

// functionNames are what a few methods of other languages are called here.
var functionNames = map[string]string{"filter": "where", "size": "length", "len": "length", "toUpperCase": "upper", "toLowerCase": "lower",
	"toFixed": "round", "toString": "to_string", "includes": "contains", "startsWith": "starts_with", "endsWith": "ends_with"}

// switchWords are methods that command something.
var switchWords = map[string]bool{"toggle": true, "turn_on": true, "turn_off": true, "on": true, "off": true, "set": true, "publish": true}

// maxChain is how many methods in a row are turned round.
const maxChain = 20

// method finds `a.where(x)` and turns a whole chain of them round.
func (m *mistakeScan) method(i int) (*diag.Diagnostic, int) {
	if !m.isMethod(i) {
		return nil, 0
	}
	from := m.operandStart(i - 1)
	if from < 0 || m.word(from).is(hclsyntax.TokenNumberLit) {
		return nil, 0
	}
	name := m.word(i)
	call := m.text(from, i-2)
	last := i
	for k, n := i, 0; n < maxChain && m.isMethod(k) && m.word(k+1).close > 0; k, n = last+2, n+1 {
		function := m.word(k).text()
		if known, ok := functionNames[function]; ok {
			function = known
		}
		last = m.word(k + 1).close
		call = fmt.Sprintf("%s(%s)", function, strings.Join(arguments(call, m.inside(k+1)), ", "))
	}
	if last == i {
		return nil, 0
	}
	if m.isVariant(m.text(from, i-2)) && last == m.word(i+1).close {
		made := m.text(from, i-2) + "::" + m.text(i, last)
		d := syntaxError("A case is made with ::", m.between(i-1, i), "this would be a field")
		d.Hint = fmt.Sprintf("write `%s`.", onOneLine(made))
		d.Fix = m.replace(i-1, i-1, "::")
		return d, last + 1
	}
	d := syntaxError("Things have no methods", name.Range, "functions are called by their name")
	d.Hint = "put the thing into the call:"
	if name.isName("map") {
		d.Hint = "an expression on a wire already is a map; for lists there is `[for x in list : …]`."
		return d, last + 1
	}
	if switchWords[name.text()] {
		d.Summary, d.Subject.Label = "Nothing is told what to do", "there are no commands"
		d.Why = fmt.Sprintf("What switches `%s` stands in `%s` itself, and holds at every moment.", m.text(from, i-2), m.text(from, i-2))
		d.Hint = fmt.Sprintf("say there when it is on, for example, in `%s`:", m.text(from, i-2))
		d.Example = "on = toggle(door.pressed)"
		return d, last + 1
	}
	d.Example = call
	d.Fix = m.replace(from, last, call)
	return d, last + 1
}

// isVariant reports whether the file declares a variant of that name.
func (m *mistakeScan) isVariant(name string) bool {
	declared := regexp.MustCompile(`(?m)^\s*variant\s+"?` + regexp.QuoteMeta(name) + `\b`)
	return declared.Match(m.src)
}

func arguments(first, rest string) []string {
	if rest == "" {
		return []string{first}
	}
	return []string{first, rest}
}

func (m *mistakeScan) isMethod(i int) bool {
	return m.types(i-1, hclsyntax.TokenDot, hclsyntax.TokenIdent, hclsyntax.TokenOParen) && m.adjacent(i, 2)
}

// inside is the text between an opening word and its closer.
func (m *mistakeScan) inside(open int) string {
	return strings.TrimSpace(string(m.src[m.word(open).Range.End.Byte:m.word(m.word(open).close).Range.Start.Byte]))
}

// operandStart goes back from a dot to the first word of what stands before it, or gives -1.
func (m *mistakeScan) operandStart(dot int) int {
	for k := dot - 1; k >= 0; k-- {
		switch m.word(k).Type {
		case hclsyntax.TokenCBrack, hclsyntax.TokenCParen:
			if k = m.openOf(k); k < 0 {
				return -1
			}
			callOrIndex := m.word(k-1).touches(m.word(k)) && endsOperand(m.word(k-1).Type)
			if callOrIndex {
				continue
			}
			return k
		case hclsyntax.TokenIdent, hclsyntax.TokenNumberLit:
			if before := m.word(k - 1); !before.is(hclsyntax.TokenDot) && !before.is(hclsyntax.TokenDoubleColon) {
				return k
			}
			k--
		default:
			return -1
		}
	}
	return -1
}

// openOf is the index of the opener that words[i] closes, or -1.
func (m *mistakeScan) openOf(i int) int {
	for k := i - 1; k >= 0; k-- {
		if m.word(k).close == i {
			return k
		}
	}
	return -1
}
