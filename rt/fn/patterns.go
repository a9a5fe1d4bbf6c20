package fn

import (
	"regexp"
	"regexp/syntax"
)

// A Pattern is a regular expression, which a flow writes as a constant text. The
// compiler parses it: a program keeps the result and never sees a wrong one.
type Pattern struct{ re *regexp.Regexp }

// ParsePattern reads a regular expression in the syntax of RE2, which never
// takes more than linear time. It fails with what is wrong in it.
func ParsePattern(text string) (Pattern, error) {
	if len(text) > maxPattern {
		return Pattern{}, Failure("a pattern has at most 1,000 characters")
	}
	re, err := regexp.Compile(text)
	if err == nil {
		return Pattern{re: re}, nil
	}
	if wrong, ok := err.(*syntax.Error); ok {
		return Pattern{}, Failure(patternFault(wrong))
	}
	return Pattern{}, Failure("this is no pattern")
}

const maxPattern = 1000

// patternFault says what is wrong in a pattern.
func patternFault(wrong *syntax.Error) string {
	part := shorten(wrong.Expr)
	switch wrong.Code {
	case syntax.ErrMissingParen:
		return "a ( in the pattern has no )"
	case syntax.ErrUnexpectedParen:
		return "a ) in the pattern has no ("
	case syntax.ErrMissingBracket:
		return "the [ in " + part + " has no ]"
	case syntax.ErrMissingRepeatArgument:
		return part + " in the pattern repeats nothing: for the sign itself write a \\ before it"
	case syntax.ErrInvalidRepeatOp:
		return part + " in the pattern repeats what is repeated already"
	case syntax.ErrInvalidRepeatSize:
		return part + " in the pattern is no number of times from 0 to 1000"
	case syntax.ErrInvalidEscape:
		return part + " in the pattern has no meaning"
	case syntax.ErrTrailingBackslash:
		return "the pattern ends in a \\ with nothing after it"
	case syntax.ErrInvalidCharRange:
		return part + " is no range of characters"
	case syntax.ErrInvalidPerlOp:
		return part + " is no part of a pattern here: there is no looking ahead or back"
	case syntax.ErrInvalidNamedCapture:
		return part + " is no name for a group: write (?P<name>…)"
	case syntax.ErrInvalidUTF8:
		return "the pattern is not valid UTF-8"
	}
	return part + " makes the pattern too large"
}

// Matches reports whether a pattern matches somewhere in a text; for the whole
// text put it between ^ and $. The pattern is a constant in the syntax of RE2.
//
//	matches("bed-12", "^bed-[0-9]+$")  # true
//	matches("Status: ok", "(?i)error") # false
//
//flow:func matches
func Matches(s string, pattern Pattern) bool {
	return pattern.re != nil && pattern.re.MatchString(s)
}

// ReplaceRe puts a text in the place of each match of a pattern. In it $1 or
// $name is what a group of the pattern matched, and $$ a dollar sign. It fails if
// the result would be longer than 1 MB, or for more than 100,000 matches.
//
//	replace_re("21,5 °C", "([0-9]+),([0-9]+).*", "$1.$2")  # "21.5"
//	replace_re("a  b   c", " +", " ")                      # "a b c"
//
//flow:func replace_re
func ReplaceRe(s string, pattern Pattern, by string) (string, error) {
	if pattern.re == nil {
		return s, nil
	}
	found := pattern.re.FindAllStringSubmatchIndex(s, MaxItems+1)
	if len(found) > MaxItems {
		return "", Failure("replace_re: the pattern matches more than 100,000 times")
	}
	var dst []byte
	end := 0
	for _, m := range found {
		dst = append(dst, s[end:m[0]]...)
		dst = pattern.re.ExpandString(dst, by, s, m)
		end = m[1]
		if len(dst) > MaxText {
			return "", tooLong("replace_re")
		}
	}
	if len(dst)+len(s)-end > MaxText {
		return "", tooLong("replace_re")
	}
	return string(append(dst, s[end:]...)), nil
}
