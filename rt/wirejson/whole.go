package wirejson

import "bytes"

// ParseInt reads a message that is a whole number in plain text. As in JSON it
// may be written as 12.0 or 1.2e1; other than in JSON it may have spaces around
// it, and a plus sign or zeros before it.
func ParseInt(text []byte) (int64, error) {
	text = bytes.TrimSpace(text)
	var s Scanner
	s.Reset(plainNumber(text))
	n := s.Int()
	if s.End() != nil {
		return 0, &Error{Want: "a whole number", Found: Quoted(text)}
	}
	return n, nil
}

// plainNumber takes away what JSON does not allow before a number.
func plainNumber(text []byte) []byte {
	var sign byte
	if len(text) > 0 && (text[0] == '+' || text[0] == '-') {
		sign, text = text[0], text[1:]
	}
	if len(text) == 0 || !isDigit(text[0]) {
		return nil
	}
	for len(text) > 1 && text[0] == '0' && isDigit(text[1]) {
		text = text[1:]
	}
	if sign == '-' {
		return append([]byte{sign}, text...)
	}
	return text
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// Quoted shows text from outside in an error: shortened, in quotation marks, with
// nothing in it that could move the cursor of a terminal.
func Quoted(text []byte) string {
	if len(text) == 0 {
		return "nothing"
	}
	return `"` + harmless(string(text), longestFound) + `"`
}
