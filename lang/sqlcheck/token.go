package sqlcheck

import "strings"

// token is a word of a statement.
type token struct {
	text  string
	start int
	sort  sort
}

type sort int

const (
	word sort = iota
	quoted
	text
	param
	sign
)

// is reports whether the token is a keyword.
func (t token) is(keyword string) bool { return t.sort == word && strings.EqualFold(t.text, keyword) }

// name is the name that a word is, without its quotation marks.
func (t token) name() string {
	if t.sort == quoted && len(t.text) >= 2 {
		return t.text[1 : len(t.text)-1]
	}
	return t.text
}

// tokens splits a statement as SQLite does, without spaces and comments.
func tokens(sql string) (list []token) {
	for i := 0; i < len(sql); {
		n, s := next(sql[i:])
		if s >= 0 {
			list = append(list, token{sql[i : i+n], i, s})
		}
		i += n
	}
	return list
}

// next is the length of the first token and its sort, -1 for what counts as a space.
func next(s string) (int, sort) {
	switch c := s[0]; {
	case strings.IndexByte(" \t\r\n\f", c) >= 0:
		return 1, -1
	case strings.HasPrefix(s, "--"):
		return until(s, 2, "\n"), -1
	case strings.HasPrefix(s, "/*"):
		return until(s, 2, "*/"), -1
	case c == '\'':
		return quotation(s, '\''), text
	case c == '"' || c == '`':
		return quotation(s, c), quoted
	case c == '[':
		return until(s, 1, "]"), quoted
	case c == '?':
		return 1 + run(s[1:], digit), param
	case letter(c):
		return run(s, letterOrDigit), word
	case digit(c):
		return run(s, letterOrDigit), sign
	}
	return 1, sign
}

func until(s string, from int, end string) int {
	if i := strings.Index(s[from:], end); i >= 0 {
		return from + i + len(end)
	}
	return len(s)
}

// quotation is the length of a text in quotation marks; two of them stand for one.
func quotation(s string, mark byte) int {
	for i := 1; i < len(s); i++ {
		if s[i] != mark {
			continue
		}
		if i+1 == len(s) || s[i+1] != mark {
			return i + 1
		}
		i++
	}
	return len(s)
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

func letterOrDigit(c byte) bool { return letter(c) || digit(c) || c == '$' }

// Length is how long the word at a place is, for pointing at it.
func Length(sql string, offset int) int {
	if offset < 0 || offset >= len(sql) {
		return 0
	}
	n, _ := next(sql[offset:])
	return n
}

// Bound reports whether a parameter stands at a place: not inside quotation marks, nor
// in a comment.
func Bound(sql string, offset int) bool {
	for _, t := range tokens(sql) {
		if t.start == offset {
			return t.sort == param
		}
	}
	return false
}

// find is where a name stands first, -1 where it does not.
func find(sql, name string) int {
	for _, t := range tokens(sql) {
		if (t.sort == word || t.sort == quoted) && strings.EqualFold(t.name(), name) {
			return t.start
		}
	}
	return -1
}

// behindDots is where the last name of weather.temp stands.
func behindDots(sql string, offset int) int {
	list := tokens(sql)
	for i, t := range list {
		if t.start == offset && i+2 < len(list) && list[i+1].text == "." {
			offset = list[i+2].start
		}
	}
	return offset
}

// Verb is the first word in capitals: SELECT.
func Verb(sql string) string {
	for _, t := range tokens(sql) {
		return strings.ToUpper(t.text)
	}
	return ""
}
