package syntax

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
)

// findTextMistake finds text in quotes of other languages, addresses without quotes, and characters that mean nothing.
func findTextMistake(m *mistakeScan, i int) (*diag.Diagnostic, int) {
	w := m.word(i)
	switch w.Type {
	case hclsyntax.TokenApostrophe, hclsyntax.TokenBacktick:
		return m.otherQuotes(i, "Text goes in double quotes", func(k int) bool { return m.word(k).is(w.Type) })
	case hclsyntax.TokenInvalid:
		return m.strange(i)
	case hclsyntax.TokenSemicolon:
		d := syntaxError("There are no semicolons", w.Range, "a line ends by itself")
		d.Hint = "take it away; what follows goes on a line of its own."
		if m.word(i + 1).is(hclsyntax.TokenNewline) {
			d.Fix = m.replace(i, i, "")
		}
		return d, i + 1
	case hclsyntax.TokenSlash:
		if m.opensComment(i) {
			d := syntaxError("A comment is never closed", m.between(i, i+1), "the `*/` for this is missing")
			d.Hint = "a comment of one line begins with `#`."
			return d, len(m.words)
		}
	case hclsyntax.TokenIdent:
		return m.address(i)
	}
	return nil, 0
}

// otherQuotes tells of text between marks that are no quotes here. ends finds the closing one.
func (m *mistakeScan) otherQuotes(i int, summary string, ends func(k int) bool) (*diag.Diagnostic, int) {
	last := i
	for k := i + 1; k < len(m.words) && !m.words[k].is(hclsyntax.TokenNewline); k++ {
		if ends(k) {
			last = k
			break
		}
	}
	d := syntaxError(summary, m.between(i, last), "this mark begins no text")
	if inner := m.cutOff(i); last == i && inner != "" {
		d.Hint = fmt.Sprintf("write `\"%s\"`.", inner)
		d.Fix = []diag.Edit{{Range: m.onLine(i, len(inner)+2), Text: `"` + inner + `"`}}
		return d, i + 1
	}
	if last == i {
		d.Hint = "write `\"text\"`."
		return d, i + 1
	}
	inner := string(m.src[m.words[i].Range.End.Byte:m.words[last].Range.Start.Byte])
	if strings.ContainsAny(inner, "\"\\") {
		d.Hint = "write `\"…\"`, with a backslash before each `\"` inside."
		return d, last + 1
	}
	d.Hint = fmt.Sprintf("write `\"%s\"`.", inner)
	d.Fix = m.replace(i, last, `"`+inner+`"`)
	return d, last + 1
}

// cutOff is the text behind a mark of which a comment took the rest: 'tcp://host'.
func (m *mistakeScan) cutOff(i int) string {
	from := m.word(i).Range.End.Byte
	rest := string(m.src[from:lineEnd(m.src, from)])
	inner, _, closed := strings.Cut(rest, m.word(i).text())
	if !closed || strings.ContainsAny(inner, "\"\\") {
		return ""
	}
	return inner
}

// onLine is the range of so many bytes from word i on.
func (m *mistakeScan) onLine(i, bytes int) hcl.Range {
	r := m.word(i).Range
	r.End = hcl.Pos{Line: r.Start.Line, Column: r.Start.Column + bytes, Byte: r.Start.Byte + bytes}
	return r
}

func (m *mistakeScan) strange(i int) (*diag.Diagnostic, int) {
	w := m.word(i)
	switch w.text() {
	case "“", "”", "„", "«", "»", "‘", "’":
		return m.otherQuotes(i, "Text goes in straight quotes", func(k int) bool {
			return m.word(k).is(hclsyntax.TokenInvalid) && strings.Contains("“”»«‘’", m.word(k).text())
		})
	case "≤", "≥", "≠", "×", "÷", "·", "−", "–", "→", "∧", "∨", "¬":
		plain := map[string]string{
			"≤": "<=", "≥": ">=", "≠": "!=", "×": "*", "÷": "/", "·": "*", "−": "-", "–": "-", "∧": "&&", "∨": "||", "¬": "!",
		}[w.text()]
		if plain == "" {
			break
		}
		d := syntaxError("This sign is written differently", w.Range, "")
		d.Hint = fmt.Sprintf("write `%s`.", plain)
		d.Fix = m.replace(i, i, plain)
		return d, i + 1
	case "\uFEFF", "\u200B", "\u00A0":
		d := syntaxError("An invisible character stands here", w.Range, "nothing to be seen")
		d.Hint = "delete it; such characters come along when text is copied from web pages."
		d.Fix = m.replace(i, i, " ")
		return d, i + 1
	}
	if r, _ := utf8.DecodeRuneInString(w.text()); unicode.IsControl(r) {
		return m.control(i, r)
	}
	d := syntaxError("This character means nothing here", w.Range, "")
	next := m.word(i + 1)
	switch mark := w.text(); {
	case (mark == "$" || mark == "@") && next.is(hclsyntax.TokenIdent) && w.touches(next):
		d.Hint = fmt.Sprintf("a name is written as it is: `%s`.", next.text())
		d.Fix = m.replace(i, i, "")
	case mark == "$" && next.is(hclsyntax.TokenOBrace) && next.close > i+2:
		inner := m.text(i+2, next.close-1)
		d.Subject = diag.Span{Range: m.between(i, next.close), Label: "`${…}` puts a value into a text"}
		d.Summary, d.Hint = "A value stands here as it is", fmt.Sprintf("write `%s`.", inner)
		d.Fix = m.replace(i, next.close, inner)
		return d, next.close + 1
	case mark == "\\":
		d.Hint = "a value goes on in the next line inside parentheses: `( … )`."
	default:
		d.Hint = "text goes in double quotes."
	}
	return d, i + 1
}

// opensComment reports `/*`: HCL reads it as two operators where no end follows.
func (m *mistakeScan) opensComment(i int) bool {
	return m.types(i, hclsyntax.TokenSlash, hclsyntax.TokenStar) && m.adjacent(i, 2)
}

// control tells of a character that is there for machines.
func (m *mistakeScan) control(i int, r rune) (*diag.Diagnostic, int) {
	d := syntaxError("An invisible character stands here", m.word(i).Range, fmt.Sprintf("the control character U+%04X", r))
	if r != '\r' {
		d.Hint = "delete it."
		d.Fix = m.replace(i, i, " ")
		return d, i + 1
	}
	d.Hint = "tell your editor to end lines as Unix or Windows do; old Macs did it like this."
	return d, len(m.words) // it is the same with every line
}

// address finds `tcp://host` without quotes, of which only `tcp:` is left: the rest is a comment.
func (m *mistakeScan) address(i int) (*diag.Diagnostic, int) {
	if !m.types(i, hclsyntax.TokenIdent, hclsyntax.TokenColon) || !m.adjacent(i, 2) {
		return nil, 0
	}
	after := m.word(i + 1).Range.End.Byte
	if !strings.HasPrefix(string(m.src[after:]), "//") {
		return nil, 0
	}
	end := lineEnd(m.src, after)
	whole := strings.TrimRight(string(m.src[m.words[i].Range.Start.Byte:end]), " \t\r,)")
	d := syntaxError("Addresses go in quotes", m.between(i, i+1), "from `//` on this is read as a comment")
	d.Hint = fmt.Sprintf("write `\"%s\"`.", whole)
	if !strings.ContainsAny(whole, "\"\\ ") {
		d.Fix = []diag.Edit{{Range: m.onLine(i, len(whole)), Text: `"` + whole + `"`}}
	}
	return d, i + 2
}
