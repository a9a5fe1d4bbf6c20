package syntax

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// word is a token that knows the brackets around it. Comments are left out; those that take the line end
// with them leave a line end.
type word struct {
	hclsyntax.Token
	place place
	open  int // the word that opened the innermost bracket around this one, or -1
	close int // for an opener the word that closes it, or -1
	first int // the first word of the statement or object entry this one belongs to

	isKeyEnd bool // the : between key and value of an object entry
}

// place is what the innermost bracket around a word is for.
type place int

const (
	inBody    place = iota // statements: the top level and blocks
	inObject               // { key = value }
	inFor                  // [for … : …]
	inCall                 // f( … )
	inGroup                // ( … )
	inList                 // [ … ]
	inIndex                // x[ … ]
	inText                 // between quotes or in a heredoc
	inSegment              // ${ … } or %{ … }
)

// linesCount tells whether a line end means something here.
func (p place) linesCount() bool { return p == inBody || p == inObject }

func (w word) text() string { return string(w.Bytes) }

func (w word) is(t hclsyntax.TokenType) bool { return w.Type == t }

func (w word) isName(text string) bool {
	return w.Type == hclsyntax.TokenIdent && string(w.Bytes) == text
}

// touches tells whether next follows without a space.
func (w word) touches(next word) bool { return w.Range.End.Byte == next.Range.Start.Byte }

// wordsOf works on balanced tokens; a closer that fits nothing is an ordinary word.
func wordsOf(tokens hclsyntax.Tokens) []word {
	b := wordBuilder{words: make([]word, 0, len(tokens))}
	for _, tok := range tokens {
		if tok.Type == hclsyntax.TokenComment {
			if !endsLine(tok) {
				continue
			}
			tok = lineEndOf(tok)
		}
		b.add(tok)
	}
	return b.words
}

// lineEndOf is the line end a comment took with it.
func lineEndOf(comment hclsyntax.Token) hclsyntax.Token {
	end := comment.Range.End
	start := hcl.Pos{Line: comment.Range.Start.Line, Column: comment.Range.Start.Column, Byte: comment.Range.Start.Byte}
	return hclsyntax.Token{
		Type:  hclsyntax.TokenNewline,
		Bytes: comment.Bytes[len(comment.Bytes)-1:],
		Range: hcl.Range{Filename: comment.Range.Filename, Start: start, End: end},
	}
}

type wordBuilder struct {
	words []word
	stack []frame
	top   frame
}

// frame is one open bracket.
type frame struct {
	open     int
	place    place
	first    int  // first word of the current statement, or -1 before one
	hasEqual bool // the current statement has its =, or the : of an object entry
	choices  int  // ? of the current statement without their :
}

func (b *wordBuilder) frame() *frame {
	if len(b.stack) == 0 {
		if len(b.words) == 0 {
			b.top = frame{open: -1, place: inBody, first: -1}
		}
		return &b.top
	}
	return &b.stack[len(b.stack)-1]
}

func (b *wordBuilder) add(tok hclsyntax.Token) {
	i := len(b.words)
	f := b.frame()
	if n := len(b.stack); n > 0 && isCloser(tok.Type) && closesBracket(b.words[f.open].Type, tok.Type) {
		b.words[f.open].close = i
		b.stack = b.stack[:n-1]
		f = b.frame()
	}
	ends := tok.Type == hclsyntax.TokenNewline && f.place.linesCount() ||
		tok.Type == hclsyntax.TokenComma && f.place != inBody
	if f.first < 0 && !ends && tok.Type != hclsyntax.TokenNewline {
		f.first = i
	}
	w := word{Token: tok, place: f.place, open: f.open, close: -1, first: max(f.first, 0)}
	if f.first < 0 {
		w.first = i
	}
	if opensBracket(tok.Type) {
		inner := b.placeInside(tok, f)
		b.words = append(b.words, w)
		b.stack = append(b.stack, frame{open: i, place: inner, first: -1})
		return
	}
	b.words = append(b.words, w)
	b.settleFor(i, f)
	switch {
	case ends:
		f.first, f.hasEqual, f.choices = -1, false, 0
	case tok.Type == hclsyntax.TokenEqual:
		f.hasEqual = true
	case tok.Type == hclsyntax.TokenQuestion:
		f.choices++
	case tok.Type == hclsyntax.TokenColon && f.choices > 0:
		f.choices--
	case tok.Type == hclsyntax.TokenColon && f.place == inObject && !f.hasEqual:
		f.hasEqual = true
		b.words[i].isKeyEnd = true
	}
}

// placeInside tells what a bracket is for from what stands before it.
func (b *wordBuilder) placeInside(tok hclsyntax.Token, f *frame) place {
	var before word
	if n := len(b.words); n > 0 {
		before = b.words[n-1]
	}
	switch tok.Type {
	case hclsyntax.TokenOQuote, hclsyntax.TokenOHeredoc:
		return inText
	case hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
		return inSegment
	case hclsyntax.TokenOParen:
		if before.Type == hclsyntax.TokenIdent && before.Range.End.Byte == tok.Range.Start.Byte {
			return inCall
		}
		return inGroup
	case hclsyntax.TokenOBrack:
		if endsOperand(before.Type) && before.Range.End.Byte == tok.Range.Start.Byte {
			return inIndex
		}
		return inList
	}
	if f.place == inBody && !f.hasEqual {
		return inBody
	}
	return inObject
}

// settleFor turns a list or object into a comprehension when its first word is `for`.
func (b *wordBuilder) settleFor(i int, f *frame) {
	if (f.place == inObject || f.place == inList) && f.first == i && b.words[i].isName("for") {
		f.place = inFor
	}
}

// item is one declaration of the top level: words[from:to], the line end included.
type item struct{ from, to int }

// itemsOf divides a file. A brace or an operator at the beginning of a line belongs to the line before, as does what
// follows an operator: HCL sees it otherwise, but somebody put it there.
func itemsOf(words []word) []item {
	var items []item
	from, until := -1, -1 // until: line ends before it do not end the item
	for i, w := range words {
		switch {
		case w.open >= 0 || i < until:
		case w.is(hclsyntax.TokenEOF):
			if from >= 0 {
				items = append(items, item{from, i})
			}
			return items
		case w.is(hclsyntax.TokenNewline) && from >= 0:
			if next := skipLines(words, i); belongsTogether(words, i, next) {
				until = next
				continue
			}
			items = append(items, item{from, i + 1})
			from = -1
		case !w.is(hclsyntax.TokenNewline) && from < 0:
			from = i
		}
	}
	if from >= 0 {
		items = append(items, item{from, len(words)})
	}
	return items
}

// belongsTogether tells whether the line that ends at words[i] goes on at words[next].
func belongsTogether(words []word, i, next int) bool {
	if next >= len(words) || words[next].is(hclsyntax.TokenEOF) {
		return false
	}
	return words[next].is(hclsyntax.TokenOBrace) && !hasEqual(words[words[i].first:i]) || goesOn(words, next) ||
		breaksOff(words, i-1) || valueBelow(words, i-1)
}

func hasEqual(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool { return w.is(hclsyntax.TokenEqual) })
}

// skipLines is the first index from i that is no line end.
func skipLines(words []word, i int) int {
	for i < len(words) && words[i].is(hclsyntax.TokenNewline) {
		i++
	}
	return i
}
