package syntax

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// sameMeaning tells whether two sources declare the same things and carry the same comments. It is the net under Format.
func sameMeaning(a, b []byte) bool {
	x, okX := meaning(a)
	y, okY := meaning(b)
	return okX && okY && x == y
}

// meaning writes down what a source declares, apart from what Format may change: space, quotes of names,
// the order of settings in things, on or true.
func meaning(src []byte) (string, bool) {
	r := &reader{name: "flow.hcl", src: src}
	if r.read(); len(r.found) > 0 {
		return "", false
	}
	var b strings.Builder
	r.writeAttrs(&b, nil, r.equations)
	r.writeBlocks(&b, r.blocks)
	b.WriteString(strings.Join(commentTexts(r.tokens), "\n"))
	return b.String(), true
}

func (r *reader) writeBlocks(b *strings.Builder, blocks []*Block) {
	for _, block := range blocks {
		fmt.Fprintf(b, "%s", block.Kind)
		for _, l := range block.Labels {
			fmt.Fprintf(b, " %q", l.Text)
		}
		b.WriteString(" {\n")
		r.writeAttrs(b, block, block.Attrs)
		r.writeBlocks(b, block.Blocks)
		b.WriteString("}\n")
	}
}

func (r *reader) writeAttrs(b *strings.Builder, in *Block, attrs []*Attr) {
	var lines []string
	for _, a := range attrs {
		text := r.tokenText(a)
		if in != nil {
			if word := switchWord(in, a); word != "" {
				text = word + "\x00"
			}
		}
		lines = append(lines, a.Name+" = "+text+" | "+a.Doc)
	}
	if in != nil && !keepsOrder(in.Kind) {
		slices.Sort(lines)
	}
	for _, line := range lines {
		b.WriteString(line + "\n")
	}
}

// tokenText is the expression without its spaces and line ends. Tokens are kept apart so that "ab" is not "a b".
func (r *reader) tokenText(a *Attr) string {
	var b bytes.Buffer
	for _, tok := range tokensIn(r.tokens, a.Expr.Range()) {
		if tok.Type != hclsyntax.TokenNewline && tok.Type != hclsyntax.TokenComment {
			b.Write(tok.Bytes)
			b.WriteByte(0)
		}
	}
	return b.String()
}

// commentTexts are the comments of a file, sorted: their places change with the settings they belong to.
func commentTexts(tokens hclsyntax.Tokens) []string {
	var texts []string
	for _, tok := range tokens {
		if tok.Type == hclsyntax.TokenComment {
			texts = append(texts, strings.TrimRight(string(tok.Bytes), " \t\r\n"))
		}
	}
	slices.Sort(texts)
	return texts
}
