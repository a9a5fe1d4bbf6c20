package syntax

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
)

// Flow files may come from anywhere. These limits are checked on bytes and tokens, before HCL's parser runs:
// it calls itself for every bracket, and Go cannot recover from a full stack; and it computes every number to
// 512 bits, which for 1e100000000 does not end.
const (
	maxFileBytes    = 1 << 20
	maxProgramBytes = 8 << 20
	maxDepth        = 64       // brackets, templates, signs and conditions inside each other
	maxLiteralBytes = 64 << 10 // one string or heredoc
	maxNumberBytes  = 400      // the largest float64 written out has 309 digits
	maxNameBytes    = 255
	maxOperators    = 1000 // in one expression: later passes call themselves for each
	maxThings       = 10_000
)

func tooBig(summary string, r hcl.Range, label, why string) *diag.Diagnostic {
	return &diag.Diagnostic{Code: "E0001", Summary: summary, Subject: diag.Span{Range: r, Label: label}, Why: why}
}

// limitProgram checks the size of all files together, before any of them is read. It names the file that is too much.
func limitProgram(names []string, files map[string][]byte) *diag.Diagnostic {
	total := 0
	for _, name := range names {
		if total += len(files[name]); total > maxProgramBytes {
			top := hcl.Range{Filename: name, Start: hcl.InitialPos, End: hcl.InitialPos}
			return tooBig("This flow is too big", top, "", "All files of a flow together may have 8 MB.")
		}
	}
	return nil
}

// limitFile checks what can be told from the bytes: size and encoding.
func limitFile(name string, src []byte) *diag.Diagnostic {
	top := hcl.Range{Filename: name, Start: hcl.InitialPos, End: hcl.InitialPos}
	if len(src) > maxFileBytes {
		return tooBig("This file is too big", top, "",
			"A flow file may have 1 MB; split it into several in the same folder.")
	}
	if what := binaryOf(src); what != "" {
		return &diag.Diagnostic{
			Code: "E0002", Summary: "This is not text", Subject: diag.Span{Range: top},
			Why:  name + " is " + what + ".",
			Hint: "give the folder that holds the .hcl files, or one of the files.",
		}
	}
	if utf8.Valid(src) {
		return nil
	}
	return notText(name, src)
}

// notText shows the first byte that is not UTF-8.
func notText(name string, src []byte) *diag.Diagnostic {
	at := 0
	for at < len(src) {
		r, size := utf8.DecodeRune(src[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	line := strings.Count(string(src[:at]), "\n") + 1
	column := utf8.RuneCount(src[strings.LastIndexByte(string(src[:at]), '\n')+1:at]) + 1
	pos := hcl.Pos{Line: line, Column: column, Byte: at}
	d := &diag.Diagnostic{
		Code:    "E0002",
		Summary: "This is not text",
		Subject: diag.Span{Range: hcl.Range{Filename: name, Start: pos, End: pos}, Label: "this byte is not UTF-8"},
		Hint:    "tell your editor to save the file as UTF-8.",
	}
	switch {
	case utf16(src):
		d.Why = "The file looks like UTF-16, which some Windows programs write."
	case at < len(src) && src[at] >= 0xA0:
		d.Why = fmt.Sprintf("In Latin-1, which older editors write, it is `%c`.", rune(src[at]))
	}
	return d
}

// limitTokens checks what can be told from the tokens, in one walk. It gives the first finding
// and the number of things and equations.
func limitTokens(tokens hclsyntax.Tokens) (d *diag.Diagnostic, things int) {
	w := limitWalk{}
	for _, tok := range tokens {
		if d := w.step(tok); d != nil {
			return d, w.things
		}
		if tok.Type != hclsyntax.TokenComment || endsLine(tok) {
			w.before = tok
		}
	}
	return nil, w.things
}

// limitWalk counts how deep the parser, and everything after it, would go.
type limitWalk struct {
	open       []openBracket
	directives int // %{ if } and %{ for } not yet ended
	top        chain
	things     int
	before     hclsyntax.Token // the last token that was no comment within a line
}

type openBracket struct {
	tok hclsyntax.Token
	chain
}

// chain counts what nests without brackets, since the last comma or line end.
type chain struct{ operators, questions, signs, indexes int }

func (w *limitWalk) chain() *chain {
	if len(w.open) == 0 {
		return &w.top
	}
	return &w.open[len(w.open)-1].chain
}

func (w *limitWalk) step(tok hclsyntax.Token) *diag.Diagnostic {
	if len(w.open) == 0 && tok.Type == hclsyntax.TokenIdent && startsLine(w.before) {
		w.things++
	}
	c := w.chain()
	if tok.Type != hclsyntax.TokenBang && tok.Type != hclsyntax.TokenMinus {
		c.signs = 0
	}
	switch tok.Type {
	case hclsyntax.TokenComma, hclsyntax.TokenNewline:
		if tok.Type == hclsyntax.TokenComma || !w.insideParens() {
			*c = chain{}
		}
	case hclsyntax.TokenQuestion:
		c.questions++
	case hclsyntax.TokenBang:
		c.signs++
	case hclsyntax.TokenMinus:
		if endsOperand(w.before.Type) {
			c.operators++
		} else {
			c.signs++
		}
	case hclsyntax.TokenOBrack, hclsyntax.TokenDoubleColon:
		if endsOperand(w.before.Type) {
			c.indexes++
		}
	case hclsyntax.TokenIdent:
		w.directive(tok)
		if len(tok.Bytes) > maxNameBytes {
			return tooBig("This name is too long", tok.Range, "", "A name may have 255 letters.")
		}
	default:
		if isBinary(tok.Type) {
			c.operators++
		}
	}
	if c.operators > maxOperators {
		return tooBig("This expression is too long", tok.Range, "more than 1,000 operators",
			"Give parts of it names of their own.")
	}
	if d := w.bracket(tok); d != nil {
		return d
	}
	if len(w.open)+w.directives > maxDepth || max(c.questions, c.signs, c.indexes) > maxDepth {
		return tooBig("This is nested too deeply", tok.Range, "the 65th level begins here",
			"Brackets, conditions and templates may stand 64 deep inside each other. Give an inner part a name of its own.")
	}
	return nil
}

// insideParens tells whether a line end is only space here, as it is inside ( ) and [ ].
func (w *limitWalk) insideParens() bool {
	if len(w.open) == 0 {
		return false
	}
	t := w.open[len(w.open)-1].tok.Type
	return t == hclsyntax.TokenOParen || t == hclsyntax.TokenOBrack
}

// directive counts %{ if } … %{ endif }, which nest like brackets.
func (w *limitWalk) directive(tok hclsyntax.Token) {
	if w.before.Type != hclsyntax.TokenTemplateControl {
		return
	}
	switch string(tok.Bytes) {
	case "if", "for":
		w.directives++
	case "endif", "endfor":
		w.directives = max(0, w.directives-1)
	}
}

// bracket keeps the stack of open brackets. A closer that fits nothing is not counted: better too deep than not deep enough.
func (w *limitWalk) bracket(tok hclsyntax.Token) *diag.Diagnostic {
	if opensBracket(tok.Type) {
		w.open = append(w.open, openBracket{tok: tok})
		return nil
	}
	n := len(w.open)
	if n == 0 || !closesBracket(w.open[n-1].tok.Type, tok.Type) {
		return nil
	}
	from := w.open[n-1].tok
	w.open = w.open[:n-1]
	isText := from.Type == hclsyntax.TokenOQuote || from.Type == hclsyntax.TokenOHeredoc
	if isText && tok.Range.End.Byte-from.Range.Start.Byte > maxLiteralBytes {
		return tooBig("This text is too long", from.Range, "it begins here", "A text in a flow may have 64 KB.")
	}
	return nil
}

// limitNumbers refuses numbers that no float64 holds, and text that looks like a number but is none. It returns
// the source with each of them replaced by 0, so that reading can go on; the bytes keep their places.
func limitNumbers(src []byte, tokens hclsyntax.Tokens) ([]byte, diag.List) {
	var found diag.List
	mended := src
	for _, tok := range tokens {
		if tok.Type != hclsyntax.TokenNumberLit {
			continue
		}
		d := limitNumber(tok)
		if d == nil {
			continue
		}
		if len(found) == 0 {
			mended = append([]byte(nil), src...)
		}
		found = append(found, d)
		blank(mended, tok.Range.Start.Byte, tok.Range.End.Byte)
		mended[tok.Range.Start.Byte] = '0'
	}
	return mended, found
}

func limitNumber(tok hclsyntax.Token) *diag.Diagnostic {
	text := string(tok.Bytes)
	if len(text) > maxNumberBytes {
		return tooBig("This number is too long", tok.Range, "", "A number may have 400 digits; flows keep about 16 of them.")
	}
	n, err := strconv.ParseFloat(text, 64)
	mantissa, _, _ := strings.Cut(strings.ToLower(text), "e")
	switch {
	case math.IsInf(n, 0):
		return tooBig("This number is too big", tok.Range, "", "Numbers go up to about 1.8e308.")
	case err != nil:
		return notANumber(tok, text)
	case n == 0 && strings.ContainsAny(mantissa, "123456789"):
		return tooBig("This number is too small", tok.Range, "", "The number closest to 0 is about 5e-324.")
	}
	return nil
}

func notANumber(tok hclsyntax.Token, text string) *diag.Diagnostic {
	d := syntaxError("This is not a number", tok.Range, "")
	if strings.Count(text, ".") > 1 && !strings.ContainsAny(text, "eE") {
		d.Hint = fmt.Sprintf("addresses, dates and versions are text, and text goes in quotes: `\"%s\"`.", text)
		d.Fix = []diag.Edit{{Range: tok.Range, Text: `"` + text + `"`}}
	}
	return d
}
