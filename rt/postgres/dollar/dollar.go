// Package dollar reads statements as PostgreSQL does, as far as it takes to find the
// parameters in them: not inside texts, names or comments. The checker asks it where a
// parameter is one, and the runtime writes `$1` for `?1`.
package dollar

import "strings"

// Token is a piece of a statement that is no space and no comment.
type Token struct {
	// Start is where it begins, in bytes.
	Start int
	Text  string
	Sort  Sort
}

// Sort is what a token is.
type Sort int

// The sorts: a keyword or name, a name in quotation marks, a text, a parameter of the
// flow's (?1), one of PostgreSQL's own ($1), and any other sign or number.
const (
	Word Sort = iota
	Quoted
	Text
	Param
	Dollar
	Sign
)

// Is reports whether the token is a keyword.
func (t Token) Is(keyword string) bool { return t.Sort == Word && strings.EqualFold(t.Text, keyword) }

// Name is the name that a word is, without its quotation marks.
func (t Token) Name() string {
	if t.Sort == Quoted && len(t.Text) >= 2 {
		return strings.ReplaceAll(t.Text[1:len(t.Text)-1], `""`, `"`)
	}
	return t.Text
}

// Tokens takes a statement apart.
func Tokens(sql string) (list []Token) {
	for i := 0; i < len(sql); {
		n, s := next(sql[i:])
		if s >= 0 {
			list = append(list, Token{i, sql[i : i+n], s})
		}
		i += n
	}
	return list
}

// Numbered is a statement with $1 in the place of ?1.
func Numbered(sql string) string {
	var b strings.Builder
	from := 0
	for _, t := range Tokens(sql) {
		if t.Sort != Param {
			continue
		}
		b.WriteString(sql[from:t.Start])
		if t.Start > 0 && named(sql[t.Start-1]) {
			b.WriteByte(' ') // LIMIT$1 would be a name
		}
		b.WriteString("$" + t.Text[1:])
		if from = t.Start + len(t.Text); from < len(sql) && named(sql[from]) {
			b.WriteByte(' ')
		}
	}
	b.WriteString(sql[from:])
	return b.String()
}

// next is the length of the first token and its sort, -1 for what counts as a space.
func next(s string) (int, Sort) {
	c := s[0]
	switch {
	case strings.IndexByte(" \t\r\n\f\v", c) >= 0:
		return 1, -1
	case strings.HasPrefix(s, "--"):
		if i := strings.IndexByte(s, '\n'); i >= 0 {
			return i, -1
		}
		return len(s), -1
	case strings.HasPrefix(s, "/*"):
		return comment(s), -1
	case c == '\'':
		return quotation(s, c, false), Text
	case (c == 'e' || c == 'E') && strings.HasPrefix(s[1:], "'"):
		return 1 + quotation(s[1:], '\'', true), Text
	case c == '"':
		return quotation(s, c, false), Quoted
	case c == '?' && run(s[1:], digit) > 0:
		return 1 + run(s[1:], digit), Param
	case c == '$':
		return dollar(s)
	case letter(c):
		return run(s, named), Word
	case digit(c):
		return run(s, digit), Sign
	}
	return 1, Sign
}

// comment is the length of a comment; one may hold others.
func comment(s string) int {
	depth := 0
	for i := 0; i+1 < len(s); i++ {
		switch s[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			if depth--; depth == 0 {
				return i + 2
			}
			i++
		}
	}
	return len(s)
}

// quotation is the length of a text in quotation marks; two of them stand for one, and
// so does one behind a backslash where that escapes.
func quotation(s string, mark byte, escapes bool) int {
	for i := 1; i < len(s); i++ {
		switch {
		case escapes && s[i] == '\\':
			i++
		case s[i] != mark:
		case i+1 < len(s) && s[i+1] == mark:
			i++
		default:
			return i + 1
		}
	}
	return len(s)
}

// dollar is $1, or a text between $tag$ and $tag$.
func dollar(s string) (int, Sort) {
	if n := run(s[1:], digit); n > 0 {
		return 1 + n, Dollar
	}
	tag := 1
	for tag < len(s) && (letter(s[tag]) || digit(s[tag])) {
		tag++
	}
	if tag == len(s) || s[tag] != '$' {
		return 1, Sign
	}
	if end := strings.Index(s[tag+1:], s[:tag+1]); end >= 0 {
		return 2*(tag+1) + end, Text
	}
	return len(s), Text
}

func run(s string, ok func(byte) bool) int {
	n := 0
	for n < len(s) && ok(s[n]) {
		n++
	}
	return n
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func letter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}

func named(c byte) bool { return letter(c) || digit(c) || c == '$' }
