package web_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// dataPoint is a line as a database reads it; fields are int64, float64, bool or string.
type dataPoint struct {
	measurement string
	tags        map[string]string
	fields      map[string]any
	moment      int64
	timed       bool
}

// parseLines reads line protocol by its published grammar, more strictly than any server:
// every line ends, nothing is empty, no key comes twice, no control character is taken.
// It is written from the grammar and shares nothing with what writes.
func parseLines(text string) (list []dataPoint, err error) {
	if !utf8.ValidString(text) {
		return nil, errors.New("no UTF-8")
	}
	for text != "" {
		p := &lineParser{rest: text}
		d, err := p.line()
		if err != nil {
			return nil, fmt.Errorf("%w at %.40q", err, p.rest)
		}
		list, text = append(list, d), p.rest
	}
	return list, nil
}

type lineParser struct{ rest string }

// line = measurement *("," key "=" value) " " field *("," field) [" " moment] "\n"
func (p *lineParser) line() (d dataPoint, err error) {
	d.tags, d.fields = map[string]string{}, map[string]any{}
	if strings.HasPrefix(p.rest, "#") {
		return d, errors.New("a comment")
	}
	if d.measurement, err = p.word(", ", ", "); err != nil {
		return d, err
	}
	if d.measurement[0] == '_' {
		return d, errors.New("a reserved measurement")
	}
	for p.take(",") {
		key, value, err := p.tag()
		if err != nil {
			return d, err
		}
		if _, twice := d.tags[key]; twice {
			return d, errors.New("a tag twice")
		}
		d.tags[key] = value
	}
	if !p.take(" ") {
		return d, errors.New("no space before the fields")
	}
	for more := true; more; more = p.take(",") {
		key, err := p.word(",= ", "=")
		if err != nil {
			return d, err
		}
		if _, twice := d.fields[key]; twice || key == "time" {
			return d, errors.New("a field twice, or `time`")
		}
		p.take("=")
		if d.fields[key], err = p.value(); err != nil {
			return d, err
		}
	}
	if p.take(" ") {
		end := strings.IndexByte(p.rest, '\n')
		if d.moment, err = strconv.ParseInt(p.rest[:max(end, 0)], 10, 64); err != nil {
			return d, err
		}
		p.rest, d.timed = p.rest[end:], true
	}
	if !p.take("\n") {
		return d, errors.New("the line does not end")
	}
	return d, nil
}

func (p *lineParser) tag() (key, value string, err error) {
	if key, err = p.word(",= ", "="); err != nil {
		return "", "", err
	}
	p.take("=")
	value, err = p.word(",= ", ", ")
	if key[0] == '_' || key == "time" {
		err = errors.New("a reserved tag")
	}
	return key, value, err
}

func (p *lineParser) take(text string) bool {
	rest, ok := strings.CutPrefix(p.rest, text)
	if ok {
		p.rest = rest
	}
	return ok
}

// word reads up to a bare sign of ends; a backslash makes those of special plain, and
// itself stays where another sign follows.
func (p *lineParser) word(special, ends string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(p.rest); i++ {
		c := p.rest[i]
		switch {
		case c < ' ' || c == 0x7f:
			return "", errors.New("a control character")
		case c == '\\' && i+1 < len(p.rest) && strings.IndexByte(special, p.rest[i+1]) >= 0:
			i++
			b.WriteByte(p.rest[i])
		case strings.IndexByte(ends, c) >= 0:
			if b.Len() == 0 {
				return "", errors.New("an empty word")
			}
			p.rest = p.rest[i:]
			return b.String(), nil
		case strings.IndexByte(special, c) >= 0:
			return "", errors.New("a bare " + string(c))
		default:
			b.WriteByte(c)
		}
	}
	return "", errors.New("a word that does not end")
}

// value is "text", 12i, 12.5, true or false.
func (p *lineParser) value() (any, error) {
	if p.take(`"`) {
		return p.quoted()
	}
	end := strings.IndexAny(p.rest, ", \n")
	if end < 0 {
		return nil, errors.New("a field that does not end")
	}
	text := p.rest[:end]
	p.rest = p.rest[end:]
	if text == "true" || text == "false" {
		return text == "true", nil
	}
	if digits, ok := strings.CutSuffix(text, "i"); ok {
		return strconv.ParseInt(digits, 10, 64)
	}
	if strings.ContainsAny(text, "xXpP_nN") {
		return nil, errors.New("no number")
	}
	return strconv.ParseFloat(text, 64)
}

func (p *lineParser) quoted() (string, error) {
	var b strings.Builder
	for i := 0; i < len(p.rest); i++ {
		switch c := p.rest[i]; {
		case c == '\\' && i+1 < len(p.rest) && (p.rest[i+1] == '"' || p.rest[i+1] == '\\'):
			i++
			b.WriteByte(p.rest[i])
		case c == '"':
			p.rest = p.rest[i+1:]
			return b.String(), nil
		default:
			b.WriteByte(c)
		}
	}
	return "", errors.New("a text that does not end")
}
