package syntax

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
)

// findStatementMistake looks at how a line of a block or of the top level begins.
func findStatementMistake(m *mistakeScan, i int) (*diag.Diagnostic, int) {
	if !m.starts(i) || m.word(i).place != inBody {
		return nil, 0
	}
	for _, find := range []mistakeFinder{
		findForeignStatement, findParameters, findLooseStep, findDotted, findQuotedName, findOtherEqual, findLooseBrace, findMissingEqual,
	} {
		if d, next := find(m, i); d != nil {
			return d, next
		}
	}
	return nil, 0
}

var foreignStatements = map[string]string{
	"if":       "rules are values: `on = condition ? value : other`, or `on = a && b`.",
	"else":     "rules are values: `on = condition ? value : other`.",
	"elif":     "rules are values: `on = condition ? value : other`.",
	"for":      "there are no loops; lists are made with `[for x in list : …]`, and keyed wires run once per key by themselves.",
	"foreach":  "there are no loops; lists are made with `[for x in list : …]`.",
	"while":    "there are no loops; what repeats in time is `every(5.s)`.",
	"return":   "the value of a function is its setting `result = …`.",
	"switch":   "choices are values: `condition ? value : other`.",
	"let":      "write just `name = value`.",
	"var":      "write just `name = value`.",
	"const":    "write just `name = value`.",
	"def":      "functions are blocks: `function name { params = { x = number }  result = x }`, each setting on its own line.",
	"fn":       "functions are blocks: `function name { … }` with `params` and `result`.",
	"import":   "all files of the folder are read together; nothing is imported.",
	"resource": "things are written `kind name { … }`.",
}

// findForeignStatement finds statements of programming languages.
func findForeignStatement(m *mistakeScan, i int) (*diag.Diagnostic, int) {
	w := m.word(i)
	hint, known := foreignStatements[w.text()]
	next := m.word(i + 1)
	if !known || !w.is(hclsyntax.TokenIdent) || next.is(hclsyntax.TokenEqual) || next.is(hclsyntax.TokenOBrace) && !w.isName("else") {
		return nil, 0
	}
	d := syntaxError("Flows have no statements", w.Range, fmt.Sprintf("`%s` is not part of the language", w.text()))
	d.Hint = hint
	return d, m.statementEnd(i)
}

// ForeignStatement is what to write for a word that begins a statement in other
// languages; "" for all others.
func ForeignStatement(word string) string { return foreignStatements[word] }

// findParameters finds `function f(x) {`.
func findParameters(m *mistakeScan, i int) (*diag.Diagnostic, int) {
	if !m.types(i, hclsyntax.TokenIdent, hclsyntax.TokenIdent, hclsyntax.TokenOParen) || m.word(i+2).close < 0 {
		return nil, 0
	}
	end := m.word(i + 2).close
	d := syntaxError("Parameters stand inside the block", m.between(i+2, end), "a block has a name and nothing more")
	d.Hint = "write them with their types:"
	var params []string
	for k := i + 3; k < end; k++ {
		if w := m.word(k); w.is(hclsyntax.TokenIdent) && (k == i+3 || m.word(k-1).is(hclsyntax.TokenComma)) {
			params = append(params, w.text()+" = number")
		}
	}
	d.Example = fmt.Sprintf("%s %s {\n  params = { %s }\n  result = …\n}", m.word(i).text(), m.word(i+1).text(), strings.Join(params, ", "))
	return d, m.statementEnd(i)
}

// findDotted finds `mqtt.in x {` and `pump.on = …`.
func findDotted(m *mistakeScan, i int) (*diag.Diagnostic, int) {
	if !m.types(i, hclsyntax.TokenIdent, hclsyntax.TokenDot, hclsyntax.TokenIdent) {
		return nil, 0
	}
	last := i + 2
	for m.types(last+1, hclsyntax.TokenDot, hclsyntax.TokenIdent) {
		last += 2
	}
	if m.word(last + 1).is(hclsyntax.TokenEqual) {
		if open := m.word(i).open; open > 0 && m.word(open-1).isName("on") {
			d := syntaxError("A table is a value", m.between(open-1, open), "`=` belongs between these two")
			d.Hint = "write `on = {`."
			d.Fix = m.replace(open-1, open, "on = {")
			return d, m.closeOf(open)
		}
		d := syntaxError("Settings stand inside their block", m.between(i, last), "a name has no dots")
		d.Hint = fmt.Sprintf("write it into the block `%s`:", m.word(i).text())
		d.Example = fmt.Sprintf("… %s {\n  %s = …\n}", m.word(i).text(), m.word(last).text())
		return d, m.statementEnd(i)
	}
	for k, end := last+1, m.statementEnd(i); k < end; k++ {
		if m.word(k).is(hclsyntax.TokenOBrace) {
			return m.dottedKind(i, last)
		}
	}
	return nil, 0
}

func (m *mistakeScan) dottedKind(i, last int) (*diag.Diagnostic, int) {
	better := m.word(i).text()
	for k := i + 2; k <= last; k += 2 {
		better += "_" + m.word(k).text()
	}
	d := syntaxError("A kind is one word", m.between(i, last), "a kind has no dots")
	d.Hint = fmt.Sprintf("did you mean `%s`?", better)
	d.Fix = m.replace(i, last, better)
	return d, last + 1
}

// findQuotedName finds `"name" = value`, as JSON has it.
func findQuotedName(m *mistakeScan, i int) (*diag.Diagnostic, int) {
	w := m.word(i)
	if !w.is(hclsyntax.TokenOQuote) || w.close < 0 {
		return nil, 0
	}
	sign := m.word(w.close + 1)
	if !sign.is(hclsyntax.TokenEqual) && !sign.is(hclsyntax.TokenColon) {
		return nil, 0
	}
	d := syntaxError("Names are written without quotes", m.between(i, w.close), "this is a name")
	if m.addressSet(d, i) {
		return d, w.close + 2
	}
	if name := m.inside(i); validName.MatchString(name) {
		d.Hint = fmt.Sprintf("write `%s = …`.", name)
		d.Fix = m.replace(i, w.close+1, name+" =")
		if sign.is(hclsyntax.TokenEqual) {
			d.Fix = m.replace(i, w.close, name)
		}
	}
	return d, w.close + 2
}

// addressSet tells of `set outside { "https://…" = 200 }`, and reports whether it is this: an answer of a server is set
// by the fields of its type.
func (m *mistakeScan) addressSet(d *diag.Diagnostic, i int) bool {
	key, open := m.inside(i), m.word(i).open
	if !strings.Contains(key, "://") && !strings.HasPrefix(key, "/") {
		return false
	}
	d.Summary, d.Subject.Label = "An address is no name", "a name has small letters, digits and `_`"
	if open < 2 || !m.word(open-2).isName("set") {
		return true
	}
	name := m.word(open - 1).text()
	d.Why = "The address stands in the thing that asks. What the server answers is set by the fields of its type, and with status 200; any other status is a failure."
	d.Hint = "write what it answers, or how it fails:"
	d.Example = fmt.Sprintf("set %s { temperature = 20.C }\n\nfail %s { status = 503 }", name, name)
	return true
}

// findLooseStep finds steps of a test that are written like a setting or a path: `set outside = 20`, `send bell.pressed`.
func findLooseStep(m *mistakeScan, i int) (*diag.Diagnostic, int) {
	w, thing, next := m.word(i), m.word(i+1), m.word(i+2)
	if !w.isName("set") && !w.isName("send") || !thing.is(hclsyntax.TokenIdent) || w.open < 2 || !m.inTest(w.open) {
		return nil, 0
	}
	end := lastWord(m.words, m.statementEnd(i))
	right := ""
	switch {
	case next.is(hclsyntax.TokenEqual) && end > i+2:
		right = fmt.Sprintf("%s %s { value = %s }", w.text(), thing.text(), m.text(i+3, end))
	case next.is(hclsyntax.TokenDot) && w.isName("send"):
		right = fmt.Sprintf("press %s {}", thing.text())
	default:
		return nil, 0
	}
	d := syntaxError("A step has braces", m.between(i, end), "what goes on here stands in braces")
	d.Hint = fmt.Sprintf("write `%s`.", right)
	d.Fix = m.replace(i, end, right)
	return d, m.statementEnd(i)
}

// inTest tells whether a brace opens the block of a test.
func (m *mistakeScan) inTest(open int) bool {
	for k := open - 1; k >= 0 && k >= open-5; k-- {
		if m.word(k).isName("test") {
			return true
		}
	}
	return false
}

// findOtherEqual finds `name: value`, `name == value` and `name := value`.
func findOtherEqual(m *mistakeScan, i int) (*diag.Diagnostic, int) {
	if !m.word(i).is(hclsyntax.TokenIdent) {
		return nil, 0
	}
	last := i + 1
	switch sign := m.word(last); {
	case sign.is(hclsyntax.TokenColon) && m.word(last+1).is(hclsyntax.TokenEqual):
		last++
	case sign.is(hclsyntax.TokenColon), sign.is(hclsyntax.TokenEqualOp):
	default:
		return nil, 0
	}
	d := syntaxError("Settings are written with =", m.between(i+1, last), "`=` belongs here")
	d.Fix = m.replace(i+1, last, "=")
	if m.word(i+1).touches(m.word(i)) || m.word(i).touches(m.word(i+1)) {
		d.Fix[0].Text = " ="
	}
	d.Hint = fmt.Sprintf("write `%s = …`.", m.word(i).text())
	return d, last + 1
}

// findLooseBrace finds `relay pump` with its brace on the next line, or with none.
func findLooseBrace(m *mistakeScan, i int) (*diag.Diagnostic, int) {
	if !m.word(i).is(hclsyntax.TokenIdent) {
		return nil, 0
	}
	end := i + 1 // after kind and labels
	for m.word(end).is(hclsyntax.TokenIdent) || m.word(end).is(hclsyntax.TokenOQuote) && m.word(end).close > 0 {
		if m.word(end).close > 0 {
			end = m.word(end).close
		}
		end++
	}
	if !m.word(end).is(hclsyntax.TokenNewline) {
		return nil, 0
	}
	head := m.between(i, end-1)
	if brace := skipLines(m.words, end); m.word(brace).is(hclsyntax.TokenOBrace) && m.word(brace).open == m.word(i).open {
		d := syntaxError("The brace belongs on the first line", m.word(brace).Range, "this `{` comes a line too late")
		d.Subject, d.Related = diag.Span{Range: head, Label: "`{` belongs behind this"}, []diag.Span{d.Subject}
		d.Fix = []diag.Edit{{
			Range: hcl.Range{Filename: head.Filename, Start: head.End, End: m.word(brace).Range.Start}, Text: " ",
		}}
		return d, brace + 1
	}
	switch {
	case end == i+1:
		d := syntaxError("This line is not finished", head, "a name alone says nothing")
		d.Hint = "a setting is `name = value`, a thing is `kind name { … }`."
		return d, end
	case end == i+2 && m.word(i).open < 0:
		d := syntaxError("This block is not complete", head, "`{` was expected behind this")
		d.Hint = fmt.Sprintf("a thing is `%s { … }`, with the `{` on the first line.", m.text(i, end-1))
		return d, end
	}
	return nil, 0
}

// findMissingEqual finds `pin 17` and `topic "a"`.
func findMissingEqual(m *mistakeScan, i int) (*diag.Diagnostic, int) {
	w, value := m.word(i), m.word(i+1)
	if !w.is(hclsyntax.TokenIdent) {
		return nil, 0
	}
	switch value.Type {
	case hclsyntax.TokenNumberLit, hclsyntax.TokenOBrack, hclsyntax.TokenMinus, hclsyntax.TokenBang, hclsyntax.TokenOHeredoc:
	case hclsyntax.TokenIdent, hclsyntax.TokenOQuote: // not a block: there is no brace
		for k, end := i+1, m.statementEnd(i); k < end; k++ {
			if m.word(k).is(hclsyntax.TokenOBrace) || m.word(k).is(hclsyntax.TokenEqual) {
				return nil, 0
			}
		}
	default:
		return nil, 0
	}
	if write := stepForms[w.text()]; write != "" && w.open >= 0 {
		return m.step(i, write)
	}
	at := hcl.Range{Filename: w.Range.Filename, Start: w.Range.End, End: w.Range.End}
	d := syntaxError("A = is missing", m.between(i, i+1), "between the name and its value")
	d.Hint = fmt.Sprintf("write `%s = …`.", w.text())
	d.Fix = []diag.Edit{{Range: at, Text: " ="}}
	return d, m.statementEnd(i)
}

// stepForms are the steps of a test that people write like a sentence, and how what follows is written.
var stepForms = map[string]string{
	"press": "press %s {}", "expect": "expect { that = %s }", "advance": "advance { by = %s }", "fail": "fail %s {}",
	"wait": "advance { by = %s }", "sleep": "advance { by = %s }", "assert": "expect { that = %s }", "check": "expect { that = %s }",
	"disconnect": "disconnect %s {}", "connect": "connect %s {}", "restart": "restart { after = %s }",
	"expect_fault": "expect_fault %s {}", "expect_nothing_sent": "expect_nothing_sent %s {}", "expect_sent": "expect_sent %s {}",
}

// step tells of a step of a test without its braces: `press door`, `advance 5.min`.
func (m *mistakeScan) step(i int, write string) (*diag.Diagnostic, int) {
	end := lastWord(m.words, m.statementEnd(i))
	d := syntaxError("A step has braces", m.between(i, end), "`{ }` belongs here")
	what := m.text(i+1, end)
	if n := strings.IndexFunc(what, func(r rune) bool { return r < '0' || r > '9' }); n > 0 && what[n] >= 'a' && what[n] <= 'z' {
		what = what[:n] + "." + what[n:] // 5s
	}
	right := fmt.Sprintf(write, what)
	d.Hint = fmt.Sprintf("write `%s`.", right)
	d.Fix = m.replace(i, end, right)
	return d, m.statementEnd(i)
}
