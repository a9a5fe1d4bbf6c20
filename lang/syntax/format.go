package syntax

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
)

// Format gives the source of one file the common form: HCL's spacing, aligned `=`, at most one empty line, naked labels,
// on and off for switches, and in things wiring before logic before limits. Line ends become \n. The meaning stays;
// formatting twice changes nothing more. A file with errors is returned as it is, with its findings.
func Format(src []byte) ([]byte, diag.List) {
	return FormatFile("flow.hcl", src)
}

// FormatFile is Format for a file with a name, which the ranges of findings then carry.
func FormatFile(name string, src []byte) ([]byte, diag.List) {
	r := reader{name: name, src: src}
	if r.read(); len(r.found) > 0 {
		return src, r.found
	}
	plain := bytes.TrimPrefix(src, []byte("\uFEFF"))
	plain = withLineEnd(bytes.ReplaceAll(plain, []byte("\r\n"), []byte("\n")))
	out, settled := settle(plain)
	if !settled || !sameMeaning(plain, out) {
		return src, nil // rather a plain file than a changed one
	}
	return out, nil
}

// maxPasses bounds how often the form is applied: one step can make room for another, two have always been enough.
const maxPasses = 5

// settle formats until nothing changes.
func settle(src []byte) (out []byte, settled bool) {
	for range maxPasses {
		out = onePass(src)
		if bytes.Equal(out, src) {
			return out, true
		}
		src = out
	}
	return out, false
}

func onePass(src []byte) []byte {
	src = apply(src, spellingEdits)
	src = apply(src, orderEdits)
	return layOut(src, lex("", src))
}

// textEdit replaces src[from:to] by text.
type textEdit struct {
	from, to int
	text     string
}

// apply reads src, asks for edits and makes them. They must not overlap.
func apply(src []byte, edits func(r *reader) []textEdit) []byte {
	r := &reader{name: "flow.hcl", src: src}
	if r.read(); len(r.found) > 0 {
		return src
	}
	list := edits(r)
	slices.SortFunc(list, func(a, b textEdit) int { return cmp.Compare(a.from, b.from) })
	var out []byte
	at := 0
	for _, e := range list {
		out = append(append(out, src[at:e.from]...), e.text...)
		at = e.to
	}
	return append(out, src[at:]...)
}

// spellingEdits take the quotes off names and write switches as on and off.
func spellingEdits(r *reader) []textEdit {
	var edits []textEdit
	eachBlock(r.blocks, func(b *Block) {
		for _, l := range b.Labels {
			if l.Quoted && !hasFreeLabel(b.Kind) && validName.MatchString(l.Text) {
				edits = append(edits, textEdit{l.Range.Start.Byte, l.Range.End.Byte, l.Text})
			}
		}
		for _, a := range b.Attrs {
			if word := switchWord(b, a); word != "" {
				edits = append(edits, textEdit{a.Expr.Range().Start.Byte, a.Expr.Range().End.Byte, word})
			}
		}
	})
	return edits
}

func eachBlock(blocks []*Block, do func(b *Block)) {
	for _, b := range blocks {
		do(b)
		eachBlock(b.Blocks, do)
	}
}

// switchWord is "on" or "off" for a setting that is a switch and is given as true or false, else empty.
func switchWord(b *Block, a *Attr) string {
	switch b.Kind {
	case "type", "enum", "variant", "function": // there it is a name like any other
		return ""
	}
	literal, ok := a.Expr.(*hclsyntax.LiteralValueExpr)
	if !ok || a.Name != "on" && a.Name != "safe" {
		return ""
	}
	return boolWord(literal)
}

func boolWord(literal *hclsyntax.LiteralValueExpr) string {
	v := literal.Val
	switch {
	case v.IsNull() || !v.IsKnown() || v.Type().FriendlyName() != "bool":
		return ""
	case v.True():
		return "on"
	}
	return "off"
}

// tokensIn are the tokens that begin within a range.
func tokensIn(tokens hclsyntax.Tokens, r hcl.Range) hclsyntax.Tokens {
	from, _ := slices.BinarySearchFunc(tokens, r.Start.Byte, compareStart)
	to, _ := slices.BinarySearchFunc(tokens, r.End.Byte, compareStart)
	return tokens[from:max(from, to)]
}

func compareStart(tok hclsyntax.Token, at int) int { return cmp.Compare(tok.Range.Start.Byte, at) }
