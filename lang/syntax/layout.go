package syntax

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// layOut writes tokens with the common spacing: two columns for each line that leaves brackets open, `=` and comments
// of neighbouring lines below each other, at most one empty line. It does what hclwrite.Format does, and also takes
// care of empty lines and continued lists. What is between quotes and in heredocs stays as it is.
func layOut(src []byte, tokens hclsyntax.Tokens) []byte {
	lines := linesOf(src, tokens)
	lines = withoutSpareLines(lines)
	indentLines(lines)
	alignEquals(lines)
	alignComments(lines)
	var out bytes.Buffer
	for _, l := range lines {
		if len(l.pieces) > 0 {
			out.WriteString(strings.Repeat("  ", l.indent) + l.text(len(l.pieces)))
		}
		out.WriteByte('\n')
	}
	return out.Bytes()
}

// piece is a token, or a whole text with its quotes.
type piece struct {
	word
	text  string
	space int // before it
}

func (p piece) isComment() bool { return p.Type == hclsyntax.TokenComment }

// layoutLine is a line of pieces. A heredoc and a comment of several lines are one piece.
type layoutLine struct {
	pieces []piece
	indent int
	assign int  // the = of a setting or entry that begins on this line, or -1
	open   bool // brackets opened here are closed further down
}

// text is the first n pieces with the spaces between them.
func (l layoutLine) text(n int) string {
	var b strings.Builder
	for i, p := range l.pieces[:n] {
		if i > 0 {
			b.WriteString(strings.Repeat(" ", p.space))
		}
		b.WriteString(p.text)
	}
	return b.String()
}

// width is the number of characters of the first n pieces; of a text of several lines only the last one counts.
func (l layoutLine) width(n int) int {
	text := l.text(n)
	return utf8.RuneCountInString(text[strings.LastIndexByte(text, '\n')+1:])
}

// linesOf divides tokens into lines and decides the spaces between them.
func linesOf(src []byte, tokens hclsyntax.Tokens) []layoutLine {
	words := wordsOf(tokens)
	var lines []layoutLine
	line := layoutLine{assign: -1}
	next, written := 0, 0 // the word of the next token that is no comment; the byte up to which pieces reach
	first := -1           // the word that begins the line
	add := func(w word, text string) {
		p := piece{word: w, text: text}
		if n := len(line.pieces); n > 0 {
			p.space = spaceBetween(line.pieces, p)
		}
		line.pieces = append(line.pieces, p)
	}
	end := func() {
		lines = append(lines, line)
		line, first = layoutLine{assign: -1}, -1
	}
	for _, tok := range tokens {
		if tok.Range.Start.Byte < written {
			continue
		}
		if tok.Type == hclsyntax.TokenComment {
			add(word{Token: tok, close: -1}, strings.TrimRight(string(tok.Bytes), " \t\r\n"))
			if endsLine(tok) {
				next++
				end()
			}
			continue
		}
		w := words[next]
		next++
		switch {
		case w.is(hclsyntax.TokenEOF):
		case w.is(hclsyntax.TokenNewline):
			end()
			continue
		case w.close > 0 && (w.is(hclsyntax.TokenOQuote) || w.is(hclsyntax.TokenOHeredoc)):
			written = words[w.close].Range.End.Byte
			next = w.close + 1
			add(w, string(src[w.Range.Start.Byte:written]))
		default:
			if w.is(hclsyntax.TokenEqual) && w.place.linesCount() && w.first == first && line.assign < 0 {
				line.assign = len(line.pieces)
			}
			add(w, w.text())
		}
		if first < 0 {
			first = w.first
		}
	}
	if len(line.pieces) > 0 {
		end()
	}
	return lines
}

// withoutSpareLines leaves one empty line where there were more, and none at the edges of brackets and of the file.
func withoutSpareLines(lines []layoutLine) []layoutLine {
	var out []layoutLine
	empty := false
	for _, l := range lines {
		if len(l.pieces) == 0 {
			empty = true
			continue
		}
		if empty && len(out) > 0 && !endsOpen(out[len(out)-1]) && !isCloser(l.pieces[0].Type) {
			out = append(out, layoutLine{assign: -1})
		}
		out = append(out, l)
		empty = false
	}
	return out
}

// endsOpen tells whether the last thing on a line, comments aside, opens a bracket.
func endsOpen(l layoutLine) bool {
	for i := len(l.pieces) - 1; i >= 0; i-- {
		if p := l.pieces[i]; !p.isComment() {
			return p.isBracketOpener()
		}
	}
	return false
}

func (p piece) isBracketOpener() bool {
	switch p.Type {
	case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen:
		return true
	}
	return false
}

func (p piece) isBracketCloser() bool {
	switch p.Type {
	case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen:
		return true
	}
	return false
}

// indentLines gives a step for each line with brackets still open, however many it opened.
func indentLines(lines []layoutLine) {
	var open []int // lines of the open brackets
	for i := range lines {
		l := &lines[i]
		leading := true
		before := len(open)
		for _, p := range l.pieces {
			switch {
			case p.isBracketCloser() && len(open) > 0:
				open = open[:len(open)-1]
			case p.isBracketOpener():
				open = append(open, i)
			}
			if leading && !p.isBracketCloser() {
				leading = false
				l.indent = distinct(open, i)
			}
		}
		if leading {
			l.indent = distinct(open, i)
		}
		l.open = len(open) > before || len(open) > 0 && open[len(open)-1] == i
	}
}

// distinct counts the lines before limit in an ascending list.
func distinct(lines []int, limit int) int {
	n := 0
	for i, line := range lines {
		if line < limit && (i == 0 || lines[i-1] != line) {
			n++
		}
	}
	return n
}

// alignEquals puts the = of neighbouring lines below each other. Values that go on below stand by themselves.
func alignEquals(lines []layoutLine) {
	for i := 0; i < len(lines); {
		if lines[i].assign < 0 || lines[i].open {
			i++
			continue
		}
		from, widest := i, 0
		for ; i < len(lines) && lines[i].assign >= 0 && !lines[i].open && lines[i].indent == lines[from].indent; i++ {
			widest = max(widest, lines[i].width(lines[i].assign))
		}
		for k := from; k < i; k++ {
			l := lines[k]
			l.pieces[l.assign].space = widest - l.width(l.assign) + 1
		}
	}
}

// alignComments puts comments behind code below each other.
func alignComments(lines []layoutLine) {
	for i := 0; i < len(lines); {
		if !lines[i].hasTail() {
			i++
			continue
		}
		from, widest := i, 0
		for ; i < len(lines) && lines[i].hasTail(); i++ {
			widest = max(widest, lines[i].indent*2+lines[i].width(len(lines[i].pieces)-1))
		}
		for k := from; k < i; k++ {
			l := lines[k]
			n := len(l.pieces) - 1
			l.pieces[n].space = widest - l.indent*2 - l.width(n) + 1
		}
	}
}

// hasTail tells whether a line ends with a comment behind code.
func (l layoutLine) hasTail() bool {
	n := len(l.pieces)
	return n > 1 && l.pieces[n-1].isComment() && !l.pieces[n-2].isComment()
}
