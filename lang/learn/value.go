package learn

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Sort is the sort of a JSON value.
type Sort uint8

// The sorts of JSON values.
const (
	Null Sort = iota
	Bool
	Number
	String
	Object
	List
)

// Value is a JSON value with its fields in the order of the text.
type Value struct {
	Sort Sort
	// Text is a string, or a number as it was written; "true" or "false".
	Text string
	// Names and Values are an object's; of a list only Values are used.
	Names  []string
	Values []Value
}

// maxDepth bounds how deep values may be nested.
const maxDepth = 100

// Read reads one JSON value or several, as JSON lines has them. name is told in errors, with the line.
func Read(name string, data []byte) ([]Value, error) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	r := reader{dec: json.NewDecoder(bytes.NewReader(data)), seen: map[string]int{}}
	r.dec.UseNumber()
	var list []Value
	for {
		v, err := r.value(0)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, problem(name, data, r.dec.InputOffset(), err)
		}
		list = append(list, v)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s holds no sample: it is empty", name)
	}
	return list, nil
}

// ReadOne reads exactly one JSON value; ok is false for anything else.
func ReadOne(data []byte) (v Value, ok bool) {
	list, err := Read("", data)
	if err != nil || len(list) != 1 {
		return Value{}, false
	}
	return list[0], true
}

type reader struct {
	dec  *json.Decoder
	seen map[string]int
}

type tooDeep struct{}

func (tooDeep) Error() string { return fmt.Sprintf("it is nested more than %d deep", maxDepth) }

func (r *reader) value(depth int) (Value, error) {
	if depth > maxDepth {
		return Value{}, tooDeep{}
	}
	t, err := r.dec.Token()
	if err != nil {
		return Value{}, err
	}
	switch t := t.(type) {
	case bool:
		return Value{Sort: Bool, Text: fmt.Sprint(t)}, nil
	case json.Number:
		return Value{Sort: Number, Text: t.String()}, nil
	case string:
		return Value{Sort: String, Text: t}, nil
	case json.Delim:
		return r.inside(t, depth)
	}
	return Value{}, nil // null
}

// inside reads what follows `{` or `[`, to the end of it.
func (r *reader) inside(open json.Delim, depth int) (Value, error) {
	v := Value{Sort: List}
	if open == '{' {
		v.Sort = Object
	}
	index := map[string]int{}
	for r.dec.More() {
		name := ""
		if v.Sort == Object {
			t, err := r.dec.Token()
			if err != nil {
				return v, unfinished(err)
			}
			name, _ = t.(string)
		}
		inner, err := r.value(depth + 1)
		if err != nil {
			return v, unfinished(err)
		}
		if at, twice := index[name]; twice && v.Sort == Object {
			v.Values[at] = inner // the last one counts, as everywhere
			continue
		}
		index[name] = len(v.Values)
		v.Names, v.Values = append(v.Names, name), append(v.Values, inner)
	}
	_, err := r.dec.Token()
	return v, unfinished(err)
}

// unfinished makes the end of the text inside a value an error of its own.
func unfinished(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// problem words what is wrong with a text that should be JSON, with its place.
func problem(name string, data []byte, offset int64, err error) error {
	what := "this is no JSON"
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, tooDeep{}):
		what = err.Error()
	case errors.Is(err, io.ErrUnexpectedEOF):
		what, offset = "the text ends inside a value", int64(len(data))
	case errors.As(err, &syntax):
		what += plainSyntax(syntax)
		for offset < int64(len(data)) && strings.IndexByte(" \t\r\n:,", data[offset]) >= 0 {
			offset++
		}
	}
	before := string(data[:min(int(offset), len(data))])
	line := strings.Count(before, "\n") + 1
	column := len([]rune(before[strings.LastIndex(before, "\n")+1:])) + 1
	return fmt.Errorf("%s:%d:%d: %s", name, line, column, what)
}

// expected is what encoding/json says of the place where a text stops being JSON, in plain words.
var expected = []struct{ says, means string }{
	{"looking for beginning of value", "a value should stand here"},
	{"looking for beginning of object key string", "a name in double quotes should stand here"},
	{"after object key:value pair", "a comma or `}` should stand here"},
	{"after object key", "a colon should stand here"},
	{"after array element", "a comma or `]` should stand here"},
	{"in string", "this text is not written as JSON has it"},
	{"in numeric literal", "this number is not written as JSON has it"},
	{"in literal", "only true, false and null are written without quotes"},
}

func plainSyntax(err *json.SyntaxError) string {
	for _, e := range expected {
		if strings.Contains(err.Error(), e.says) {
			return ": " + e.means
		}
	}
	return ""
}
