package web

import (
	"errors"
	"strings"
	"unicode/utf8"

	"flowc/rt/flow"
)

// longestText is how long a text in a point may be, by the database's own limit.
const longestText = 64 << 10

// appendPoint writes a point as line protocol has it, without its moment:
//
//	soil,bed=north\ wall moisture=41.5,battery=3.1
//
// Without a field there is no point, and no line.
func appendPoint(dst []byte, measurement string, tags, fields flow.Pairs) ([]byte, error) {
	dst, err := appendName(dst, measurement, "the measurement", ", ")
	if err != nil {
		return nil, err
	}
	for _, p := range tags {
		if p.Value == "" {
			continue
		}
		if dst, err = appendKey(append(dst, ','), p.Name); err != nil {
			return nil, err
		}
		if dst, err = appendName(append(dst, '='), p.Value, "the tag `"+p.Name+"`", ",= "); err != nil {
			return nil, err
		}
	}
	some := false
	for _, p := range fields {
		if p.As == flow.AsMissing {
			continue
		}
		sign := byte(',')
		if !some {
			sign, some = ' ', true
		}
		if dst, err = appendKey(append(dst, sign), p.Name); err != nil {
			return nil, err
		}
		if dst, err = appendField(append(dst, '='), p); err != nil {
			return nil, err
		}
	}
	if !some {
		return nil, nil
	}
	return dst, nil
}

// appendKey writes the name of a tag or a field.
func appendKey(dst []byte, name string) ([]byte, error) {
	if name == "time" {
		return nil, errors.New("`time` is the moment of a point; a tag or a field needs another name")
	}
	return appendName(dst, name, "the name `"+name+"`", ",= ")
}

// appendName writes a text without quotation marks; a backslash stands before what would
// end it. Nothing can stand before a line break, nor behind a backslash at its end.
func appendName(dst []byte, text, what, special string) ([]byte, error) {
	switch {
	case text == "":
		return nil, errors.New(what + " is empty")
	case text[0] == '_' && special == ", ", text[0] == '_' && strings.HasPrefix(what, "the name"):
		return nil, errors.New(what + " begins with `_`, which the database keeps for itself")
	case text[0] == '#' && special == ", ":
		return nil, errors.New(what + " begins with `#`, as a comment does")
	case strings.HasSuffix(text, `\`):
		return nil, errors.New(what + " ends with a backslash, which line protocol cannot write")
	case strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return nil, errors.New(what + " holds a line break or another control character")
	case len(text) > longestText:
		return nil, errors.New(what + " is longer than 64 KB")
	case !utf8.ValidString(text):
		return nil, errors.New(what + " is no valid text")
	}
	for i := range len(text) {
		if strings.IndexByte(special, text[i]) >= 0 {
			dst = append(dst, '\\')
		}
		dst = append(dst, text[i])
	}
	return dst, nil
}

// appendField writes what was measured.
func appendField(dst []byte, p flow.Pair) ([]byte, error) {
	switch p.As {
	case flow.AsInt:
		return append(append(dst, p.Value...), 'i'), nil
	case flow.AsNumber, flow.AsBool:
		return append(dst, p.Value...), nil
	}
	switch {
	case len(p.Value) > longestText:
		return nil, errors.New("the field `" + p.Name + "` is longer than 64 KB")
	case !utf8.ValidString(p.Value):
		return nil, errors.New("the field `" + p.Name + "` is no valid text")
	}
	dst = append(dst, '"')
	for i := range len(p.Value) {
		if c := p.Value[i]; c == '"' || c == '\\' {
			dst = append(dst, '\\')
		}
		dst = append(dst, p.Value[i])
	}
	return append(dst, '"'), nil
}
