package syntax

import "github.com/hashicorp/hcl/v2/hclsyntax"

// spaceBetween is the number of spaces before the next piece of a line that has some already: none or one.
func spaceBetween(line []piece, next piece) int {
	n := len(line)
	last := line[n-1]
	var before piece
	if n > 1 {
		before = line[n-2]
	}
	if next.isComment() || last.isComment() {
		return 1
	}
	if sticksToLast(last, next) || sticksToNext(before, last) {
		return 0
	}
	return 1
}

// sticksToLast tells whether next follows last without a space.
func sticksToLast(last, next piece) bool {
	switch next.Type {
	case hclsyntax.TokenComma, hclsyntax.TokenDot, hclsyntax.TokenDoubleColon, hclsyntax.TokenEllipsis,
		hclsyntax.TokenCParen, hclsyntax.TokenCBrack:
		return true
	case hclsyntax.TokenCBrace:
		return last.is(hclsyntax.TokenOBrace)
	case hclsyntax.TokenColon:
		return next.isKeyEnd
	case hclsyntax.TokenOParen:
		return last.is(hclsyntax.TokenIdent) && !last.isKeyword()
	case hclsyntax.TokenOBrack:
		return last.endsValue()
	}
	return false
}

// sticksToNext tells whether what follows last has no space before it.
func sticksToNext(before, last piece) bool {
	switch last.Type {
	case hclsyntax.TokenDot, hclsyntax.TokenDoubleColon, hclsyntax.TokenOParen, hclsyntax.TokenOBrack, hclsyntax.TokenBang:
		return true
	case hclsyntax.TokenMinus: // a sign, unless it stands behind a value
		return !before.endsValue()
	}
	return false
}

// isKeyword tells whether a word belongs to a comprehension: no call and no index follows it.
func (p piece) isKeyword() bool {
	return p.place == inFor && (p.isName("in") || p.isName("if") || p.isName("for"))
}

// endsValue tells whether a value may end with this piece.
func (p piece) endsValue() bool {
	return (endsOperand(p.Type) || p.is(hclsyntax.TokenOQuote) || p.is(hclsyntax.TokenOHeredoc)) && !p.isKeyword()
}
