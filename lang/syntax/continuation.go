package syntax

import "github.com/hashicorp/hcl/v2/hclsyntax"

// Where lines count, a value ends with its line. These tell where somebody meant it to go on.

// goesOn tells whether words[i], the first of its line, only makes sense as the continuation of a value.
func goesOn(words []word, i int) bool {
	switch words[i].Type {
	case hclsyntax.TokenDot, hclsyntax.TokenQuestion, hclsyntax.TokenColon:
		return true
	}
	return isBinary(words[i].Type)
}

// breaksOff tells whether words[i] is an operator at the end of a line.
func breaksOff(words []word, i int) bool {
	if i < 1 || i+1 >= len(words) {
		return false
	}
	w, before, next := words[i], words[i-1], words[i+1]
	switch {
	case !w.place.linesCount() || !next.is(hclsyntax.TokenNewline) || next.open != w.open || w.first == i:
		return false
	case w.is(hclsyntax.TokenPercent) && before.is(hclsyntax.TokenNumberLit): // 45% is a unit
		return false
	case w.is(hclsyntax.TokenStar) && before.is(hclsyntax.TokenDot): // a splat
		return false
	}
	return isBinary(w.Type) || w.is(hclsyntax.TokenQuestion) || w.is(hclsyntax.TokenColon)
}

// valueBelow tells whether words[i] is the = of a name whose value stands on the next line.
func valueBelow(words []word, i int) bool {
	w := words[i]
	if !w.is(hclsyntax.TokenEqual) || !w.place.linesCount() || i+1 >= len(words) || !words[i+1].is(hclsyntax.TokenNewline) {
		return false
	}
	k := skipLines(words, i+1)
	if k >= len(words) || words[k].open != w.open || !startsOperand(words[k].Type) && !isSign(words[k]) {
		return false
	}
	if !words[k].is(hclsyntax.TokenIdent) || k+1 >= len(words) {
		return true
	}
	switch words[k+1].Type { // another declaration begins here
	case hclsyntax.TokenEqual, hclsyntax.TokenOBrace, hclsyntax.TokenIdent, hclsyntax.TokenOQuote:
		return false
	}
	return true
}

func isSign(w word) bool { return w.is(hclsyntax.TokenMinus) || w.is(hclsyntax.TokenBang) }
