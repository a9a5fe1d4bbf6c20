package syntax

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
)

// maxImbalances bounds how often a file is read again after a bracket without its partner.
const maxImbalances = 10

// balance finds brackets, quotes and heredocs without their partner. HCL's parser would swallow the rest of the
// file and complain at its end; people need the place where the bracket was opened. It returns the source with the
// broken parts blanked, so that the rest can be read, and the tokens of that.
func balance(name string, src []byte, tokens hclsyntax.Tokens) ([]byte, hclsyntax.Tokens, diag.List) {
	var found diag.List
	for range maxImbalances {
		odd := findImbalance(src, tokens)
		if odd == nil {
			return src, tokens, found
		}
		if len(found) == 0 {
			src = bytes.Clone(src)
		}
		found = append(found, odd.diagnostic())
		from, to := odd.damage(src)
		blank(src, from, to)
		tokens = lex(name, src)
	}
	blank(src, 0, len(src))
	return src, lex(name, src), found
}

// imbalance is one opener without closer, or closer without opener.
type imbalance struct {
	opener *hclsyntax.Token
	closer *hclsyntax.Token
	around []hclsyntax.Token // brackets open around the opener, outermost first
}

// findImbalance walks the tokens with a stack. Where the last bracket of a file turns out to be missing, the
// indentation tells better than the nesting which one it was: the first whose closer stands further left than its
// opener's line, or that is still open where a new declaration begins at the left margin.
func findImbalance(src []byte, tokens hclsyntax.Tokens) *imbalance {
	var stack []hclsyntax.Token
	var inside []indent // of the lines within each bracket of the stack
	var suspect *imbalance
	unclosed := func(i int, closer *hclsyntax.Token) *imbalance {
		opener := stack[i]
		return &imbalance{opener: &opener, closer: closer, around: slices.Clone(stack[:i])}
	}
	for i, tok := range tokens {
		n := len(stack)
		if n > 0 && inside[n-1] == unknown && tok.Range.Start.Line > stack[n-1].Range.Start.Line {
			inside[n-1] = indentOf(tok)
		}
		switch {
		case opensBracket(tok.Type):
			stack, inside = append(stack, tok), append(inside, unknown)
		case tok.Type == hclsyntax.TokenQuotedNewline && n > 0:
			return unclosed(unclosedText(stack), nil)
		case isCloser(tok.Type):
			if n == 0 {
				return &imbalance{closer: &tokens[i]}
			}
			if !closesBracket(stack[n-1].Type, tok.Type) {
				if suspect != nil {
					return suspect
				}
				return unclosed(n-1, &tokens[i])
			}
			if suspect == nil && standsLeft(src, stack[n-1], tok) {
				suspect = unclosed(n-1, nil)
			}
			stack, inside = stack[:n-1], inside[:n-1]
		case n > 0 && suspect == nil && beginsDeclaration(tokens[i:], inside[n-1]):
			suspect = unclosed(n-1, nil)
		}
	}
	switch {
	case len(stack) == 0:
		return nil
	case suspect != nil && stack[len(stack)-1].Type != hclsyntax.TokenOHeredoc:
		return suspect
	}
	return unclosed(len(stack)-1, nil)
}

// unclosedText picks from the stack what a line end inside a text shows to be open: the first quote of that line,
// or the ${ directly in it when another quote follows ("a ${b" reads the last quote as a new beginning).
func unclosedText(stack []hclsyntax.Token) int {
	last := len(stack) - 1
	line := stack[last].Range.Start.Line
	for i, tok := range stack {
		if tok.Range.Start.Line != line || tok.Type != hclsyntax.TokenOQuote {
			continue
		}
		if i < last && (stack[i+1].Type == hclsyntax.TokenTemplateInterp || stack[i+1].Type == hclsyntax.TokenTemplateControl) {
			return i + 1
		}
		return i
	}
	return last
}

// standsLeft tells whether a closer begins its line and is indented less than the line of the opener.
func standsLeft(src []byte, opener, closer hclsyntax.Token) bool {
	if opener.Range.Start.Line == closer.Range.Start.Line {
		return false
	}
	from := lineStart(src, closer.Range.Start.Byte)
	indent := closer.Range.Start.Byte - from
	if len(bytes.TrimSpace(src[from:closer.Range.Start.Byte])) > 0 {
		return false
	}
	return indent < indentation(src, opener.Range.Start.Byte)
}

// beginsDeclaration tells whether tokens begin `kind name {` or `name =` at the left margin, inside a bracket.
// The second counts only if the inside of the bracket is indented: some people do not indent at all.
func beginsDeclaration(tokens hclsyntax.Tokens, inside indent) bool {
	if tokens[0].Type != hclsyntax.TokenIdent || tokens[0].Range.Start.Column != 1 {
		return false
	}
	labels := 0
	for i, next := range tokens[1:] {
		switch next.Type {
		case hclsyntax.TokenIdent, hclsyntax.TokenCQuote:
			labels++
		case hclsyntax.TokenOQuote, hclsyntax.TokenQuotedLit:
		case hclsyntax.TokenOBrace:
			return labels == 1
		case hclsyntax.TokenEqual:
			return i == 0 && inside == indented
		default:
			return false
		}
	}
	return false
}

// indent says how the lines inside a bracket begin, told from the first of them.
type indent int

const (
	unknown indent = iota
	atMargin
	indented
)

func indentOf(tok hclsyntax.Token) indent {
	switch {
	case tok.Type == hclsyntax.TokenNewline || tok.Type == hclsyntax.TokenComment:
		return unknown
	case tok.Range.Start.Column > 1:
		return indented
	}
	return atMargin
}

func lineStart(src []byte, at int) int {
	return bytes.LastIndexByte(src[:at], '\n') + 1
}

func lineEnd(src []byte, at int) int {
	if i := bytes.IndexByte(src[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(src)
}

// indentation is the number of blanks before the first word of the line that holds the byte.
func indentation(src []byte, at int) int {
	line := src[lineStart(src, at):at]
	return len(line) - len(bytes.TrimLeft(line, " \t"))
}

// topLevel finds a line that looks like the beginning of a declaration.
var topLevel = regexp.MustCompile(`(?m)^[A-Za-z_][\w-]*[ \t]*(=[^=]|\{|[\w"-][^=\n]*\{)`)

// damage is the part of the source to leave out: as little as can be told apart.
func (m *imbalance) damage(src []byte) (from, to int) {
	if m.opener == nil {
		return m.closer.Range.Start.Byte, m.closer.Range.End.Byte
	}
	at := m.opener.Range.Start.Byte
	from = lineStart(src, at)
	alone := true // nothing else was opened on this line, the text around a ${ aside
	for _, tok := range m.around {
		alone = alone && (tok.Range.Start.Byte < from || tok.Type == hclsyntax.TokenOQuote)
	}
	switch {
	case alone && isOneLineText(*m.opener, m.around):
		return from, lineEnd(src, at)
	case alone && m.closer != nil && fits(m.around, *m.closer):
		return from, m.closer.Range.Start.Byte
	case alone && m.closer != nil:
		return from, lineEnd(src, m.closer.Range.Start.Byte)
	}
	if len(m.around) > 0 {
		from = lineStart(src, m.around[0].Range.Start.Byte)
	}
	end := lineEnd(src, at)
	if next := topLevel.FindIndex(src[end:]); next != nil {
		return from, end + next[0]
	}
	return from, len(src)
}

func isOneLineText(opener hclsyntax.Token, around []hclsyntax.Token) bool {
	return opener.Type == hclsyntax.TokenOQuote ||
		opener.Type == hclsyntax.TokenTemplateInterp && len(around) > 0 && around[len(around)-1].Type == hclsyntax.TokenOQuote
}

// fits tells whether closer ends the innermost bracket around the opener.
func fits(around []hclsyntax.Token, closer hclsyntax.Token) bool {
	return len(around) > 0 && closesBracket(around[len(around)-1].Type, closer.Type)
}

// spelling is how a bracket looks to the person who forgot one.
func spelling(tok hclsyntax.Token) (opener, closer string) {
	switch tok.Type {
	case hclsyntax.TokenOBrace:
		return "{", "}"
	case hclsyntax.TokenOBrack:
		return "[", "]"
	case hclsyntax.TokenOParen:
		return "(", ")"
	case hclsyntax.TokenOQuote:
		return `"`, `"`
	case hclsyntax.TokenTemplateInterp:
		return "${", "}"
	case hclsyntax.TokenTemplateControl:
		return "%{", "}"
	}
	return strings.TrimSpace(string(tok.Bytes)), heredocMarker(tok)
}

func heredocMarker(tok hclsyntax.Token) string {
	return strings.TrimLeft(strings.TrimSpace(string(tok.Bytes)), "<-")
}

func (m *imbalance) diagnostic() *diag.Diagnostic {
	if m.opener == nil {
		what := strings.TrimSpace(string(m.closer.Bytes))
		return syntaxError("This closes nothing", m.closer.Range, fmt.Sprintf("no `%s` is open here", partner(what)))
	}
	opener, closer := spelling(*m.opener)
	summary, hint := "A bracket is never closed", ""
	subject := m.opener.Range
	switch m.opener.Type {
	case hclsyntax.TokenOQuote:
		summary, hint = "A text is never closed", "texts of several lines are written as `<<-TEXT` … `TEXT`."
	case hclsyntax.TokenOHeredoc:
		summary, hint = "A text is never closed", fmt.Sprintf("it ends with a line that holds only `%s`.", closer)
		subject.End = hcl.Pos{
			Line: subject.Start.Line, Column: subject.Start.Column + len(opener), Byte: subject.Start.Byte + len(opener),
		}
	}
	d := syntaxError(summary, subject, fmt.Sprintf("the `%s` for this `%s` is missing", closer, opener))
	if m.opener.Type == hclsyntax.TokenOHeredoc || m.opener.Type == hclsyntax.TokenOQuote {
		d.Subject.Label = "the end of this text is missing"
	}
	if m.closer != nil {
		d.Related = []diag.Span{{
			Range: m.closer.Range,
			Label: fmt.Sprintf("this `%s` comes first", strings.TrimSpace(string(m.closer.Bytes))),
		}}
	}
	d.Hint = hint
	return d
}

func partner(closer string) string {
	switch closer {
	case "}", "~}":
		return "{"
	case "]":
		return "["
	case ")":
		return "("
	}
	return `"`
}
