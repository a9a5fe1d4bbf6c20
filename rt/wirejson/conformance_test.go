package wirejson

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// The public suite lies beside the repository, not in it.
const suite = "../../../shared/jsontestsuite/test_parsing"

// stricter are the messages RFC 8259 allows and this package does not.
var stricter = map[string]string{
	"y_object_duplicated_key.json":           "a field twice",
	"y_object_duplicated_key_and_value.json": "a field twice",
}

func TestJSONTestSuite(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(suite, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("the JSON test suite is not there")
	}
	for _, file := range files {
		name := filepath.Base(file)
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		problem := scan(string(data), (*Scanner).Skip)
		_, strict := stricter[name]
		switch {
		case name[0] == 'y' && !strict && problem != nil:
			t.Errorf("%s was refused: %v", name, problem)
		case (name[0] == 'n' || strict) && problem == nil:
			t.Errorf("%s passed", name)
		}
		// Data that nobody decodes is JSON as the RFC has it.
		raw := scan(string(data), func(s *Scanner) { s.Raw() })
		if name[0] == 'y' && raw != nil || name[0] == 'n' && raw == nil {
			t.Errorf("%s as the type json: %v", name, raw)
		}
		agree(t, data)
	}
	if len(files) < 300 {
		t.Errorf("only %d cases were found", len(files))
	}
}

// FuzzScanner compares the scanner with encoding/json, of which it accepts the
// messages that are also strict.
func FuzzScanner(f *testing.F) {
	for _, seed := range []string{
		string(soilPayload), `[1, 2.5e3, -0, "a\u00e9\ud83d\udca7", null, true, {"a": {"b": []}}]`,
		`{"a": 1, "\u0061": 2}`, `"\ud800"`, "\"\xff\"", ` 12.0 `, `9223372036854775807`, `[1e400]`, `{"":{"":0}}`,
	} {
		f.Add([]byte(seed))
	}
	files, _ := filepath.Glob(filepath.Join(suite, "*.json"))
	for _, file := range files {
		if data, err := os.ReadFile(file); err == nil && len(data) < 1000 {
			f.Add(data)
		}
	}
	f.Fuzz(agree)
}

// agree reports where the scanner and encoding/json see a message differently.
func agree(t *testing.T, data []byte) {
	t.Helper()
	want := json.Valid(data) && isStrict(data)
	var s Scanner
	s.Reset(data)
	s.Skip()
	err := s.End()
	if (err == nil) != want {
		t.Fatalf("%q: %v, but should it pass: %v", data, err, want)
	}
	if err != nil && (!utf8.ValidString(err.Error()) || err.Error() == "") {
		t.Fatalf("%q: the message is %q", data, err)
	}
	s.Reset(data)
	raw := s.Raw()
	if problem := s.End(); err == nil && (problem != nil || !bytes.Equal(raw, bytes.TrimSpace(data))) {
		t.Fatalf("%q is %q, %v without being decoded", data, raw, problem)
	} else if problem == nil && !json.Valid(data) {
		t.Fatalf("%q passed", data)
	}
	s.Reset(data)
	tree, fits := readTree(&s, t)
	if err := s.End(); (err == nil) != (want && fits) {
		t.Fatalf("%q: reading it gives %v, but should it pass: %v", data, err, want && fits)
	} else if err != nil {
		return
	}
	var theirs any
	if err := json.Unmarshal(data, &theirs); err != nil {
		t.Fatalf("%q: %v", data, err)
	}
	if !reflect.DeepEqual(tree, theirs) {
		t.Fatalf("%q was read as %#v, not %#v", data, tree, theirs)
	}
}

// isStrict reports whether a valid message is one without a name twice, with
// valid UTF-8 only, and within the bounds.
func isStrict(data []byte) bool {
	if !utf8.Valid(data) || len(data) > MaxBytes {
		return false
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	type object struct {
		names map[string]bool // nil for a list
		value bool            // a value is next, not a name
	}
	open := []object{}
	replaced := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return false
		}
		top := &object{}
		if len(open) > 0 {
			top = &open[len(open)-1]
		}
		if text, ok := token.(string); ok {
			replaced += strings.Count(text, "\ufffd")
			if top.names != nil && !top.value {
				if top.names[text] {
					return false
				}
				top.names[text], top.value = true, true
				continue
			}
		}
		switch token {
		case json.Delim('{'):
			top.value = false
			open = append(open, object{names: map[string]bool{}})
		case json.Delim('['):
			top.value = false
			open = append(open, object{})
		case json.Delim('}'), json.Delim(']'):
			open = open[:len(open)-1]
		default:
			top.value = false
		}
		if len(open) > MaxDepth {
			return false
		}
	}
	// encoding/json puts U+FFFD in the place of half a surrogate pair.
	return replaced == bytes.Count(data, []byte("\ufffd"))+countEscaped(data)
}

// countEscaped counts \ufffd in texts.
func countEscaped(data []byte) int {
	n := 0
	for i := 0; i+5 < len(data); i++ {
		if data[i] != '\\' {
			continue
		}
		if strings.EqualFold(string(data[i:i+6]), `\ufffd`) && data[i+1] == 'u' {
			n++
		}
		i++
	}
	return n
}

// readTree reads a message as encoding/json would into an any. fits is false
// where a number is too large.
func readTree(s *Scanner, t *testing.T) (tree any, fits bool) {
	fits = true
	switch s.peek() {
	case '{':
		m := map[string]any{}
		for o := s.Object(); s.Next(&o); {
			s.note(&o)
			key := string(s.Key())
			value, ok := readTree(s, t)
			m[key], fits = value, fits && ok
		}
		return m, fits
	case '[':
		list := []any{}
		for l := s.List(); s.More(&l); {
			value, ok := readTree(s, t)
			list, fits = append(list, value), fits && ok
		}
		return list, fits
	case '"':
		return s.Text(), true
	case 't', 'f':
		return s.Bool(), true
	case 'n':
		s.Null()
		return nil, true
	}
	checkInt(s, t)
	from := s.pos
	f := s.Float()
	if s.err != nil {
		_, err := strconv.ParseFloat(string(s.data[from:]), 64)
		return nil, !errors.Is(err, strconv.ErrRange) && s.err.Want == "a number"
	}
	return f, true
}

// checkInt compares Int with exact arithmetic on the number that begins here.
func checkInt(s *Scanner, t *testing.T) {
	probe := *s
	d, ok := probe.number()
	if !ok || d.exponent < -2000 || d.exponent > 2000 {
		return
	}
	text := string(s.data[s.pos:probe.pos])
	exact, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%s is no number", text)
	}
	probe = *s
	got := probe.Int()
	want := exact.IsInt() && exact.Num().IsInt64()
	if (probe.err == nil) != want || want && got != exact.Num().Int64() {
		t.Fatalf("%s is %d, %v, want %v", text, got, probe.err, exact)
	}
}
