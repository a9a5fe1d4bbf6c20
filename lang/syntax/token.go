package syntax

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// lex gives the tokens of a file. HCL's lexer knows no recursion and cannot fail; what it dislikes
// it marks in the tokens, and the parser tells it again.
func lex(name string, src []byte) hclsyntax.Tokens {
	tokens, _ := hclsyntax.LexConfig(src, name, hcl.InitialPos)
	return tokens
}

// endsLine tells whether a token takes the line end with it: comments from # or // do.
func endsLine(tok hclsyntax.Token) bool {
	n := len(tok.Bytes)
	return n > 0 && tok.Bytes[n-1] == '\n' && (tok.Type == hclsyntax.TokenNewline || tok.Type == hclsyntax.TokenComment)
}

// startsLine tells whether a token after before is the first of its line.
func startsLine(before hclsyntax.Token) bool {
	return before.Type == 0 || endsLine(before)
}

func opensBracket(t hclsyntax.TokenType) bool {
	switch t {
	case hclsyntax.TokenOBrace, hclsyntax.TokenOBrack, hclsyntax.TokenOParen, hclsyntax.TokenOQuote,
		hclsyntax.TokenOHeredoc, hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
		return true
	}
	return false
}

// isCloser tells whether a token ends a bracket of any sort.
func isCloser(t hclsyntax.TokenType) bool {
	switch t {
	case hclsyntax.TokenCBrace, hclsyntax.TokenCBrack, hclsyntax.TokenCParen, hclsyntax.TokenCQuote,
		hclsyntax.TokenCHeredoc, hclsyntax.TokenTemplateSeqEnd:
		return true
	}
	return false
}

// closesBracket tells whether closer ends what opener began.
func closesBracket(opener, closer hclsyntax.TokenType) bool {
	switch opener {
	case hclsyntax.TokenOBrace:
		return closer == hclsyntax.TokenCBrace
	case hclsyntax.TokenOBrack:
		return closer == hclsyntax.TokenCBrack
	case hclsyntax.TokenOParen:
		return closer == hclsyntax.TokenCParen
	case hclsyntax.TokenOQuote:
		return closer == hclsyntax.TokenCQuote
	case hclsyntax.TokenOHeredoc:
		return closer == hclsyntax.TokenCHeredoc
	case hclsyntax.TokenTemplateInterp, hclsyntax.TokenTemplateControl:
		return closer == hclsyntax.TokenTemplateSeqEnd
	}
	return false
}

// endsOperand tells whether a value may end with this token, so that a minus after it subtracts.
func endsOperand(t hclsyntax.TokenType) bool {
	switch t {
	case hclsyntax.TokenIdent, hclsyntax.TokenNumberLit, hclsyntax.TokenCParen, hclsyntax.TokenCBrack,
		hclsyntax.TokenCBrace, hclsyntax.TokenCQuote, hclsyntax.TokenCHeredoc:
		return true
	}
	return false
}

// startsOperand tells whether a value may begin with this token, a sign left aside.
func startsOperand(t hclsyntax.TokenType) bool {
	switch t {
	case hclsyntax.TokenIdent, hclsyntax.TokenNumberLit, hclsyntax.TokenOParen, hclsyntax.TokenOBrack,
		hclsyntax.TokenOBrace, hclsyntax.TokenOQuote, hclsyntax.TokenOHeredoc:
		return true
	}
	return false
}

// isBinary tells whether a token can stand between two values; a minus can also be a sign.
func isBinary(t hclsyntax.TokenType) bool {
	switch t {
	case hclsyntax.TokenPlus, hclsyntax.TokenMinus, hclsyntax.TokenStar, hclsyntax.TokenSlash, hclsyntax.TokenPercent,
		hclsyntax.TokenEqualOp, hclsyntax.TokenNotEqual, hclsyntax.TokenLessThan, hclsyntax.TokenLessThanEq,
		hclsyntax.TokenGreaterThan, hclsyntax.TokenGreaterThanEq, hclsyntax.TokenAnd, hclsyntax.TokenOr:
		return true
	}
	return false
}

// blank overwrites src[from:to] with spaces and leaves line ends, so that everything else keeps its place.
func blank(src []byte, from, to int) {
	for i := from; i < to && i < len(src); i++ {
		if src[i] != '\n' {
			src[i] = ' '
		}
	}
}
